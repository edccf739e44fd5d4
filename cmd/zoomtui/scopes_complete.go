package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/config"
	"zoomtui/internal/scope"
)

// completeQuery offers scopes and paths.
func (c *cli) completeQuery(_ *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 { // words, or what follows a method
		return c.completePaths(word), cobra.ShellCompDirectiveNoFileComp
	}
	return append(c.completePaths(word), c.completeScopes(word)...), cobra.ShellCompDirectiveNoFileComp
}

// completePaths offers the paths that begin with a word. The table is loaded for
// that alone.
func (c *cli) completePaths(word string) []string {
	catalogue, err := c.table.get()
	if err != nil || !strings.HasPrefix(word, "/") {
		return nil
	}
	var paths []string
	for _, e := range catalogue.Endpoints() {
		path := e.Path
		if strings.HasPrefix(word, "/users/me") {
			path = strings.Replace(path, "/users/{userId}", "/users/me", 1)
		}
		if strings.HasPrefix(path, word) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// completeScopes offers the scopes that begin with a word, without those that hold
// a blank, which no shell would keep together.
func (c *cli) completeScopes(word string) []string {
	catalogue, err := c.table.get()
	if err != nil || strings.HasPrefix(word, "/") {
		return nil
	}
	var names []string
	for _, name := range catalogue.Scopes() {
		if strings.HasPrefix(name, word) && !strings.Contains(name, " ") {
			names = append(names, name)
		}
	}
	return names
}

// nearestScope is the known scope that a name is likely meant to be; empty: it is
// one itself, has not the form of one, or is like none. The product alone must be
// near too: read, write and admin are in most names.
func nearestScope(catalogue *scope.Catalogue, name string) string {
	names := catalogue.Scopes()
	product, _, ok := strings.Cut(name, ":")
	if slices.Contains(names, name) || !ok {
		return ""
	}
	return config.Nearest(name, slices.DeleteFunc(slices.Clone(names), func(known string) bool {
		own, _, _ := strings.Cut(known, ":")
		return config.Nearest(product, []string{own}) == ""
	}))
}
