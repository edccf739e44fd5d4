package config

import "strings"

// Nearest gives the candidate with the smallest edit distance to word, the
// first of equals; empty when there is none to choose from. Case is ignored,
// as a dash or a blank for an underscore would be a likely slip too.
func Nearest(word string, candidates []string) string {
	best, least := "", -1
	for _, c := range candidates {
		if d := distance(fold(word), fold(c)); least < 0 || d < least {
			best, least = c, d
		}
	}
	return best
}

func fold(s string) string {
	const most = 256 // a hostile key must not cost quadratic time
	s = s[:min(len(s), most)]
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '_' {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// distance is the optimal string alignment distance: insert, delete, replace,
// and swap of two neighbours each cost one.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
