package words

import (
	"fmt"
	"strings"
)

// FileSize writes a number of bytes: "340 octets", "12 ko", "3,4 Mo".
func FileSize(bytes int64) string {
	const kilo, mega, giga = 1 << 10, 1 << 20, 1 << 30
	switch {
	case bytes < kilo:
		return T("size.bytes", bytes)
	case bytes < mega:
		return T("size.kilobytes", (bytes+kilo-1)/kilo)
	case bytes < giga:
		return T("size.megabytes", Number(fmt.Sprintf("%.1f", float64(bytes)/mega)))
	}
	return T("size.gigabytes", Number(fmt.Sprintf("%.1f", float64(bytes)/giga)))
}

// Number writes a number that has a decimal point as the language does.
func Number(digits string) string {
	if Language() == "fr" {
		return strings.Replace(digits, ".", ",", 1)
	}
	return digits
}
