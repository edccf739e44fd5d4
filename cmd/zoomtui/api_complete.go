package main

import (
	"cmp"
	"slices"
	"strings"
)

// completeCall offers methods, and the paths of the catalogue with what they are for.
// Of a path the part up to the next slash is not enough: most have few continuations.
func (c *cli) completeCall(flag string, args []string, start string) []string {
	method := flag
	switch {
	case len(args) == 1 && slices.Contains(apiMethods(), strings.ToUpper(args[0])):
		method = args[0]
	case len(args) > 0:
		return nil
	}
	var out []string
	if len(args) == 0 && flag == "" {
		for _, name := range apiMethods() {
			if strings.HasPrefix(name, strings.ToUpper(start)) {
				out = append(out, name)
			}
		}
	}
	return append(out, c.completePath(strings.ToUpper(cmp.Or(method, "GET")), start)...)
}

// completePath offers the paths of a method that begin so.
func (c *cli) completePath(method, start string) []string {
	table, err := c.table.get()
	if err != nil {
		return nil // a shell has no place for words
	}
	var out []string
	for _, e := range table.Endpoints() {
		path := strings.ReplaceAll(e.Path, "{userId}", "me")
		if e.Method == method && strings.HasPrefix(path, start) {
			out = append(out, path+"\t"+e.Summary)
		}
	}
	return out
}
