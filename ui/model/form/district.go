package form

import "slices"

// districtRows are the districts of Rennes as tiles, roughly as on the ground,
// from north to south; then what lies in none.
var districtRows = [][]string{
	{"q10", "q04", "q05"},
	{"q03", "q01", "q02", "q06"},
	{"q09", "q08", "q07"},
	{"q12", "q11"},
	{"q00", "q99"},
}

// areDistricts reports whether a list is that of the districts.
func areDistricts(options []Option) bool {
	for _, row := range districtRows[:len(districtRows)-1] {
		for _, code := range row {
			if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == code }) {
				return false
			}
		}
	}
	return true
}

// DistrictRows places the answers of a question about districts on the map;
// those that lie in none stand below, as far as the question has them.
func (i Item) DistrictRows() [][]Option {
	var rows [][]Option
	for _, codes := range districtRows {
		var row []Option
		for _, code := range codes {
			if at := slices.IndexFunc(i.Choices, func(o Option) bool { return o.Value == code }); at >= 0 {
				row = append(row, i.Choices[at])
			}
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}
