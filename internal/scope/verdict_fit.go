package scope

import (
	"cmp"
	"slices"
	"strings"
)

// alternatives judges each name for an app, and sorts: what the app can have
// first, then what it has, then its own style, for a call that reads what only
// reads, and within these as Zoom lists it.
func (c *Catalogue) alternatives(method string, names []string, app App) []Alternative {
	var list []Alternative
	for _, name := range names {
		if name == "" || slices.ContainsFunc(list, func(a Alternative) bool { return a.Name == name }) {
			continue
		}
		list = append(list, Alternative{
			Name: name, Style: c.NameStyle(name), Level: LevelOf(name),
			Held: app.ScopesKnown && Holds(app.Scopes, name),
		})
	}
	judgeFits(list, app)
	slices.SortStableFunc(list, func(a, b Alternative) int {
		return cmp.Or(rank(a, app)-rank(b, app), reach(method, a.Name)-reach(method, b.Name))
	})
	sayBest(list)
	return list
}

// sayBest leaves "this one fits" to one alternative: the one to add, or none where
// the token has one.
func sayBest(list []Alternative) {
	best := slices.IndexFunc(list, func(a Alternative) bool { return a.Fit.OK })
	for i := range list {
		a := &list[i]
		if i != best && a.Fit.OK && !a.Held && a.Style == list[best].Style && a.Level == list[best].Level {
			a.Fit.Reason = "would do too"
		}
	}
}

// rank sorts alternatives: the smaller, the nearer to the app.
func rank(a Alternative, app App) int {
	rank := map[Level]int{LevelUser: 0, LevelAdmin: 1, LevelMaster: 2}[a.Level]
	if a.Style != mainStyle(app) {
		rank += 4
	}
	if !a.Held {
		rank += 8
	}
	if !a.Fit.OK {
		rank += 16
	}
	return rank
}

// mainStyle is the style of an app; one that is not known counts as granular, as
// all apps made since March 2024 are.
func mainStyle(app App) Style {
	if app.Style == Classic {
		return Classic
	}
	return Granular
}

// judgeFits says of each alternative whether the app can have it. Those of the
// app's own style go before. One of the other style is the one, with the reason,
// where an app can get there: a classic app by being migrated, a granular one where
// no granular scope is named at all, which may be a gap of the documents.
func judgeFits(list []Alternative, app App) {
	style := mainStyle(app)
	own := fitting(list, style, app)
	level := own
	if level == nil && (app.Style != Granular || !speaks(list, Granular)) {
		level = fitting(list, "", app)
	}
	for i := range list {
		a := &list[i]
		switch {
		case a.Style != style && (own != nil || level == nil && fitsOwn(list, *a, app)):
			a.Fit.Reason = styleReason(a.Style)
		case level == nil || !level(a.Level):
			a.Fit.Reason = levelReason(a.Level, app)
		case own != nil:
			a.Fit = Fit{OK: true, Reason: fitReason(a.Level, app)}
		default:
			a.Fit = Fit{OK: true, Reason: styleReason(a.Style) + "; none of your app's style is named"}
		}
		if own == nil && a.Fit.OK && app.Style == UnknownStyle {
			a.Fit.Reason = styleReason(a.Style) + "; no other is named"
		}
		if a.Held {
			a.Fit = Fit{OK: true, Reason: "your token has it"}
		}
	}
}

// speaks tells whether a list has scopes of a style.
func speaks(list []Alternative, style Style) bool {
	return slices.ContainsFunc(list, func(a Alternative) bool { return a.Style == style })
}

// fitsOwn tells whether an alternative would be one for such an app of its style.
func fitsOwn(list []Alternative, a Alternative, app App) bool {
	level := fitting(list, a.Style, app)
	return level != nil && level(a.Level)
}

// fitting gives the levels of a style that an app can have, or nil where the list
// has none of them. An empty style stands for all.
func fitting(list []Alternative, style Style, app App) func(Level) bool {
	has := func(level Level) bool {
		return slices.ContainsFunc(list, func(a Alternative) bool { return a.Level == level && (style == "" || a.Style == style) })
	}
	only := func(levels ...Level) func(Level) bool {
		return func(l Level) bool { return slices.Contains(levels, l) }
	}
	account := app.Type == AdminManaged || app.Type == ServerToServer
	master := slices.ContainsFunc(app.Scopes, func(name string) bool { return LevelOf(name) == LevelMaster })
	switch {
	case account && has(LevelAdmin) && master:
		return only(LevelAdmin, LevelMaster)
	case account && has(LevelAdmin):
		return only(LevelAdmin)
	case account && master && has(LevelMaster):
		return only(LevelMaster)
	case has(LevelUser): // an app of an account has the bare name where there is no other
		return only(LevelUser)
	case app.Type == UnknownType && has(LevelAdmin):
		return only(LevelAdmin)
	}
	return nil
}

// fitReason is why an alternative is the one.
func fitReason(level Level, app App) string {
	switch {
	case app.Type != UnknownType:
		return "this one fits your app"
	case level == LevelUser:
		return "this one fits a user-managed app"
	}
	return "for admin-managed and Server-to-Server apps"
}

// levelReason is why an app cannot have a level.
func levelReason(level Level, app App) string {
	switch {
	case level == LevelMaster:
		return "for sub accounts of a master account"
	case level == LevelUser:
		return "for user-managed apps"
	case app.Type == UserManaged:
		return "not for user-managed apps"
	}
	return "for admin-managed and Server-to-Server apps"
}

// styleReason is which apps have a style.
func styleReason(style Style) string {
	if style == Classic {
		return "classic: apps made before March 2024"
	}
	return "granular: apps made since March 2024, or migrated"
}

// listed names up to four scopes in a sentence.
func listed(names []string) string {
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " …"
	}
	return strings.Join(names, ", ")
}
