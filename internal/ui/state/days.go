package state

import "time"

// WholeDays is a long time in whole days, rounded: what is left of a sign-in reads
// the same on the screen and on the command line.
func WholeDays(left time.Duration) int {
	const day = 24 * time.Hour
	return int(left.Round(day) / day)
}
