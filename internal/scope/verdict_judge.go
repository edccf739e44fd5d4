package scope

import "slices"

// Judge answers a question. Zoom's live answer beats the table. Nothing is called
// missing unless the token answer named scopes or Zoom itself says so.
func (c *Catalogue) Judge(q Question) Verdict {
	v := Verdict{Question: q, Source: "Zoom's documents of " + c.Date()}
	v.Question.App.Scopes = c.Joined(q.App.Scopes)
	if q.Path != "" {
		v.Endpoint, v.Known = c.Find(q.Method, q.Path)
	}
	names := v.Endpoint.accepts()
	if v.NamesUser() {
		names = slices.DeleteFunc(names, func(name string) bool { return slices.Contains(ofOneself(), name) })
	}
	reply := q.Live.read()
	if reply.says == saysMissing && len(reply.scopes) > 0 {
		v.Disagrees = c.disagreement(q, v.Endpoint, reply.scopes)
		names = slices.Concat(reply.scopes, c.unnamed(names, reply.scopes, q.App))
	}
	v.FromZoom = reply.decides()
	v.Alternatives = c.alternatives(q.Method, names, v.Question.App)
	v.Kind = v.decide(reply)
	if v.Kind == NotAScope {
		v.Reason, v.FromZoom = reply.reason, true
	}
	if v.FromZoom {
		v.Source = source(q)
	}
	v.explain(c, reply)
	return v
}

// unnamed are the documented classic names for a classic app to which Zoom has
// named granular ones alone: by its documents either style is enough, and a classic
// app has no other.
func (c *Catalogue) unnamed(documented, live []string, app App) []string {
	classic := func(name string) bool { return c.NameStyle(name) == Classic }
	if app.Style != Classic || slices.ContainsFunc(live, classic) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(documented), func(name string) bool { return !classic(name) })
}

// ofOneself are the scopes that open nothing but one's own profile: they count
// with /users/me alone.
func ofOneself() []string { return []string{"user_profile", "user_info:read"} }

// decide chooses the kind, from what Zoom has answered and what the token holds.
func (v *Verdict) decide(reply reply) Kind {
	app := v.Question.App
	switch reply.says {
	case saysYes:
		return HasIt
	case saysUnknownPath:
		return UnknownEndpoint
	case saysOther:
		if live := v.Question.Live; !v.Known && v.Question.Path != "" && live.Status == 404 && live.Code == 0 {
			return UnknownEndpoint // no word of a thing that is not there: the path is not
		}
		return NotAScope
	case saysMissing:
		if app.ScopesKnown && v.held() != "" {
			return OldSignIn
		}
		if reply.vague && (!app.ScopesKnown || len(v.Alternatives) == 0) {
			return Unknown
		}
		return v.addOne()
	}
	switch {
	case !v.Known:
		return UnknownEndpoint
	case !app.ScopesKnown || len(v.Alternatives) == 0:
		return Unknown
	case v.held() == "":
		return v.addOne()
	case reply.says == saysUnclear:
		return NotAScope
	}
	return HasIt
}

// addOne is ADD ONE, or WRONG APP TYPE where no alternative is of a level that
// the app can have.
func (v *Verdict) addOne() Kind {
	if len(v.Alternatives) > 0 && v.best() == "" {
		return WrongAppType
	}
	return AddOne
}

// held is the first alternative that the token has.
func (v *Verdict) held() string {
	for _, a := range v.Alternatives {
		if a.Held {
			return a.Name
		}
	}
	return ""
}

// best is the first alternative that the app can have.
func (v *Verdict) best() string {
	for _, a := range v.Alternatives {
		if a.Fit.OK {
			return a.Name
		}
	}
	return ""
}

// disagreement says how a list of Zoom's differs from the table's, within the
// styles that Zoom has named. It often names one style only, and the table lacks
// the documents of master accounts; neither is a difference.
func (c *Catalogue) disagreement(q Question, e Endpoint, live []string) string {
	documented := e.accepts()
	if len(documented) == 0 {
		return ""
	}
	differs := false
	var styles []Style
	for _, name := range live {
		styles = append(styles, c.NameStyle(name))
		differs = differs || !slices.Contains(documented, name) && LevelOf(name) != LevelMaster
	}
	var others []string
	for _, name := range documented {
		if slices.Contains(styles, c.NameStyle(name)) || differs {
			others = append(others, name)
		}
		if slices.Contains(styles, c.NameStyle(name)) && !slices.Contains(live, name) && LevelOf(name) != LevelMaster {
			differs = true
		}
	}
	if !differs {
		return ""
	}
	if len(others) == 0 {
		others = documented
	}
	return source(q) + " names " + listed(live) + "; the documents of " + c.Date() + " name " + listed(others) + "."
}

// source is "Zoom's answer of 13:47:20", in the zone of the question's clock.
func source(q Question) string {
	if q.Live == nil || q.Live.At.IsZero() {
		return "Zoom's answer"
	}
	return "Zoom's answer of " + q.local(q.Live.At).Format("15:04:05")
}
