package vault

import (
	"testing"
	"time"
)

func TestCalibration(t *testing.T) {
	tests := []struct {
		name   string
		floor  time.Duration // what three passes over 64 MiB take
		pace   time.Duration
		passes uint32
		memory uint32
	}{
		{"no pace asked", 100 * time.Millisecond, 0, 3, 64 << 10},
		{"a slow laptop keeps the floor", 3 * time.Second, time.Second, 3, 64 << 10},
		{"a laptop of ten years", 600 * time.Millisecond, time.Second, 5, 64 << 10},
		{"memory grows first", 300 * time.Millisecond, time.Second, 5, 128 << 10},
		{"then passes", 100 * time.Millisecond, time.Second, 7, 256 << 10},
		{"a fast one", 20 * time.Millisecond, time.Second, 37, 256 << 10},
		{"a clock that does not run", 0, time.Second, 64, 256 << 10},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			k := calibratedKDF(tt.pace, func(kdf) time.Duration { return tt.floor })
			if k.T != tt.passes || k.M != tt.memory {
				t.Errorf("%d passes over %d KiB, want %d over %d", k.T, k.M, tt.passes, tt.memory)
			}
			if err := k.check(); err != nil {
				t.Error(err)
			}
		})
	}
}
