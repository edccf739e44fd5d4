package login

import (
	"slices"
	"strconv"
)

// difference returns the members of a that b lacks, in a's order.
func difference(a, b []string) []string {
	var out []string
	for _, s := range a {
		if !slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}

func count(n int) string { return strconv.Itoa(n) }
