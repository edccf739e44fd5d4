package main

import (
	"strings"

	"zoomtui/internal/config"
)

// meant says what a mistyped word was likely to be, where one is near, and what
// there is, without the full stop: "Did you mean list? There is list, manifest".
func meant(word string, known []string) string {
	all := "There is " + strings.Join(known, ", ")
	if near := config.Nearest(word, known); near != "" {
		return "Did you mean " + near + "? " + all
	}
	return all
}
