package main

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// dayDuration is the value of a flag that takes a length of time in days ("7d"), or
// as Go writes it ("36h"), or both ("1d12h").
type dayDuration time.Duration

// errDuration tells how such a length is written.
var errDuration = errors.New("write a length of time as 7d, 36h or 1d12h")

const day = 24 * time.Hour

// Set reads the value of the flag.
func (d *dayDuration) Set(text string) error {
	days, rest, found := strings.Cut(text, "d")
	if !found {
		days, rest = "0", text
	}
	n, err := strconv.ParseUint(days, 10, 16)
	if err != nil || text == "" {
		return errDuration
	}
	var more time.Duration
	if rest != "" {
		if more, err = time.ParseDuration(rest); err != nil || more < 0 {
			return errDuration
		}
	}
	*d = dayDuration(time.Duration(n)*day + more)
	return nil
}

// String is the length as it was written.
func (d *dayDuration) String() string {
	whole, rest := time.Duration(*d)/day, time.Duration(*d)%day
	switch {
	case whole == 0:
		return brief(rest)
	case rest == 0:
		return strconv.Itoa(int(whole)) + "d"
	default:
		return strconv.Itoa(int(whole)) + "d" + brief(rest)
	}
}

// brief is a length of time without the zeros at its end.
func brief(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// Type names the value in the help.
func (d *dayDuration) Type() string { return "duration" }
