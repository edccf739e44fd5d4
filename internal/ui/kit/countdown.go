package kit

import (
	"fmt"
	"strconv"
	"time"

	"zoomtui/internal/ui/state"
)

// Countdown is the time left as mm:ss below an hour, h:mm:ss above, and days
// from two days on. It never goes below zero.
func Countdown(left time.Duration) string {
	if left < 0 {
		left = 0
	}
	if left >= 48*time.Hour {
		return fmt.Sprintf("%d d", int(left.Hours()/24))
	}
	s := int(left / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Days is a time left in whole days; below two days in whole hours.
func Days(left time.Duration) string {
	if left < 48*time.Hour {
		return strconv.Itoa(max(int(left/time.Hour), 0)) + " h"
	}
	return strconv.Itoa(state.WholeDays(left)) + " d"
}
