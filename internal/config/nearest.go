package config

import (
	"cmp"
	"strings"
)

// Nearest gives the candidate that a word was likely meant to be: the one with the
// smallest edit distance, the first of equals. Empty where none is near, as a guess
// at random would send people the wrong way: more than a third of the letters
// differ, and none begins or ends with the word. Case is ignored, as a dash or a
// blank for an underscore would be a likely slip too.
func Nearest(word string, candidates []string) string {
	best, least := "", -1
	word = fold(word)
	for _, c := range candidates {
		folded := fold(c)
		if d := distance(word, folded); (least < 0 || d < least) && near(word, folded, d) {
			best, least = c, d
		}
	}
	return best
}

// near tells a slip from another word; d is the distance of the two.
func near(word, candidate string, d int) bool {
	const piece = 3 // what two words have in common by chance is shorter
	if len(word) >= piece && (strings.HasPrefix(candidate, word) || strings.HasSuffix(candidate, word)) {
		return true
	}
	return 3*d <= max(len([]rune(word)), len([]rune(candidate)))
}

// meant ends a sentence that says what is known: with what a word was likely meant
// to be, or with nothing.
func meant(word string, known []string) string {
	if near := Nearest(word, known); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// meantKey ends a sentence about an unknown key: with what it was likely meant to
// be, or with the keys that there are.
func meantKey(key string, known []string) string {
	return cmp.Or(meant(key, known), "; there is "+strings.Join(known, ", "))
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
