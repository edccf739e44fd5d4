package scope

import (
	"slices"
	"strings"
)

// TypeOf tells how an app is managed. kind is that of config.toml (public,
// confidential, s2s); the scopes of its token tell user- from admin-managed. With
// no scopes known a general app is UnknownType.
func TypeOf(kind string, scopes []string) AppType {
	switch {
	case kind == "s2s":
		return ServerToServer
	case len(scopes) == 0:
		return UnknownType
	case slices.ContainsFunc(scopes, func(name string) bool { return LevelOf(name) != LevelUser }):
		return AdminManaged
	}
	return UserManaged
}

// StyleOf is the style that a token speaks: of the majority of its scopes by the
// table, granular between equals; UnknownStyle without any.
func (c *Catalogue) StyleOf(scopes []string) Style {
	classic, granular := 0, 0
	for _, name := range scopes {
		switch c.NameStyle(name) {
		case Classic:
			classic++
		case Granular:
			granular++
		}
	}
	switch {
	case classic+granular == 0:
		return UnknownStyle
	case classic > granular:
		return Classic
	}
	return Granular
}

// LevelOf is how far a scope reaches. A few classic names say it in the middle:
// meeting_token:read:admin:local_recording.
func LevelOf(name string) Level {
	parts := strings.Split(name, ":")
	for i := len(parts) - 1; i > 0; i-- {
		switch Level(parts[i]) {
		case LevelAdmin:
			return LevelAdmin
		case LevelMaster:
			return LevelMaster
		}
	}
	return LevelUser
}

// Group is the granted scopes of one product.
type Group struct {
	Product string // the first part of the names
	Scopes  []string
}

// Groups sorts scopes by product, and the scopes of each by name. One that is
// there twice counts once.
func Groups(scopes []string) []Group {
	sorted := slices.Clone(scopes)
	slices.Sort(sorted)
	byProduct := map[string]*Group{}
	var products []string
	for _, name := range slices.Compact(sorted) {
		product, _, _ := strings.Cut(name, ":")
		if byProduct[product] == nil {
			byProduct[product] = &Group{Product: product}
			products = append(products, product)
		}
		byProduct[product].Scopes = append(byProduct[product].Scopes, name)
	}
	slices.Sort(products)
	groups := make([]Group, 0, len(products))
	for _, product := range products {
		groups = append(groups, *byProduct[product])
	}
	return groups
}

// Joined puts names that hold a blank together again, as the scopes of a token
// answer are split at blanks (RFC 6749 section 3.3), and Zoom has such names:
// contact_center:write:queue disposition:admin.
func (c *Catalogue) Joined(scopes []string) []string {
	joined := slices.Clone(scopes)
	names := c.Scopes()
	for _, name := range names {
		if !strings.Contains(name, " ") || slices.Contains(joined, name) || !Holds(joined, name) {
			continue
		}
		words := strings.Fields(name)
		joined = slices.DeleteFunc(joined, func(word string) bool {
			return slices.Contains(words, word) && !slices.Contains(names, word)
		})
		joined = append(joined, name)
	}
	return joined
}

// Holds tells whether a scope is among those of a token. The order of the pieces
// of a name with a blank is not asked for: who has split them may have sorted them.
func Holds(scopes []string, name string) bool {
	if slices.Contains(scopes, name) {
		return true
	}
	words := strings.Fields(name)
	for _, word := range words {
		if !slices.Contains(scopes, word) {
			return false
		}
	}
	return len(words) > 1
}
