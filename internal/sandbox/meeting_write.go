package sandbox

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// meetingsADay is how many meetings may be made or changed for one host in a day of UTC.
// Source: https://developers.zoom.us/docs/api/rate-limits/
const meetingsADay = 100

// createMeeting is POST /users/{userId}/meetings.
func createMeeting(c apiCall) (any, *apiError) {
	host, refusal := c.target(1001)
	if refusal != nil {
		return nil, refusal
	}
	f, refusal := readForm(c.r)
	if refusal != nil {
		return nil, refusal
	}
	m := meeting{
		host: host, topic: "My Meeting", typ: typeScheduled, duration: defaultMinutes, zone: host.Timezone,
		start: c.now, created: c.now, source: "open_api",
	}
	f.kind(&m.typ)
	m.waits = m.typ != typeInstant
	m.change(f)
	generate := true
	f.truth("default_password", &generate)
	if refusal := f.refusal(); refusal != nil {
		return nil, refusal
	}
	m.settle(c.now)
	if refusal := c.s.spendChange(host.ID, c.now); refusal != nil {
		return nil, refusal
	}
	made := c.s.world.schedule(m, generate && m.passcode == "")
	d, refusal := c.s.world.detail(made, url.Values{"show_previous_occurrences": {"true"}}, c.now)
	if refusal != nil {
		return nil, refusal
	}
	return created{d}, nil
}

// change takes over what a form says of a meeting.
func (m *meeting) change(f *meetingForm) {
	f.text("topic", &m.topic, maxTopic)
	f.text("agenda", &m.agenda, maxAgenda)
	f.number("duration", &m.duration, 1, maxMinutes)
	f.zone(&m.zone)
	f.when("start_time", &m.start, m.timezone())
	f.passcode(&m.passcode)
	if f.has("recurrence") && m.typ == typeRecurringFixed {
		m.recurs = f.recurrence()
	} else if m.typ == typeRecurringFixed && m.recurs == nil {
		f.refuse("recurrence", "Invalid field.")
	}
	m.set(f)
}

// set takes over the settings that this account has. The others are dropped without a word, as at Zoom.
func (m *meeting) set(f *meetingForm) {
	if !f.has("settings") {
		return
	}
	var wished map[string]any
	if json.Unmarshal(f.members["settings"], &wished) != nil {
		f.refuse("settings", "Invalid field.")
		return
	}
	known := (&world{}).settings(&meeting{})
	kept := maps.Clone(m.settings)
	if kept == nil {
		kept = map[string]any{}
	}
	for name, value := range wished {
		if _, ok := known[name]; ok {
			kept[name] = value
		}
	}
	m.settings = kept
	if usePMI, _ := kept["use_pmi"].(bool); usePMI && m.typ == typeScheduled {
		m.pmi = strconv.FormatInt(m.host.PMI, 10)
	}
}

// settle makes the times fit the type: what has passed begins now, what has no fixed time has none.
func (m *meeting) settle(now time.Time) {
	now = now.Truncate(time.Second)
	if m.typ == typeInstant || m.typ == typeScreenShare || m.start.Before(now) {
		m.start = now
	}
	m.occurrences = nil
	switch m.typ {
	case typeRecurring:
		m.start, m.recurs = time.Time{}, nil
	case typeRecurringFixed:
		m.occurrences = m.recurs.occurrences(m.start, m.timezone())
	default:
		m.recurs = nil
	}
}

// spendChange counts one meeting made or changed, or refuses it with the words that clients have quoted.
func (s *Server) spendChange(hostID string, now time.Time) *apiError {
	day := now.UTC().Format(time.DateOnly) + " " + hostID
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.changes, func(of string, _ int) bool { return of[:len(time.DateOnly)] != day[:len(time.DateOnly)] })
	if s.changes[day] >= meetingsADay {
		return refuseAPI(http.StatusTooManyRequests, 429,
			"You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.")
	}
	s.changes[day]++
	return nil
}

// updateMeeting is PATCH /meetings/{meetingId}: the meeting, or one of its occurrences.
func updateMeeting(c apiCall) (any, *apiError) {
	old, refusal := c.ownMeeting()
	if refusal != nil {
		return nil, refusal
	}
	f, refusal := readForm(c.r)
	if refusal != nil {
		return nil, refusal
	}
	m := *old
	if id := c.r.URL.Query().Get("occurrence_id"); id != "" {
		refusal = m.changeOccurrence(f, id)
	} else {
		refusal = m.changeAll(f, c.now)
	}
	if refusal == nil {
		refusal = c.s.spendChange(m.host.ID, c.now)
	}
	if refusal == nil && !c.s.world.replace(m) {
		refusal = errNoMeeting(c.id)
	}
	if refusal != nil {
		return nil, refusal
	}
	return noContent{}, nil
}

// changeAll changes the meeting. Its times are worked out anew only where the form speaks of them.
func (m *meeting) changeAll(f *meetingForm, now time.Time) *apiError {
	typ := m.typ
	f.kind(&m.typ)
	m.change(f)
	if refusal := f.refusal(); refusal != nil {
		return refusal
	}
	if m.typ != typ || f.has("start_time") || f.has("recurrence") {
		m.settle(now)
	}
	return nil
}

// changeOccurrence changes what an occurrence can have of its own.
func (m *meeting) changeOccurrence(f *meetingForm, id string) *apiError {
	i := m.occurrence(id)
	if i < 0 || m.occurrences[i].cancelled {
		return errOccurrence()
	}
	at := m.occurrences[i]
	at.duration = cmp.Or(at.duration, m.duration)
	f.number("duration", &at.duration, 1, maxMinutes)
	f.text("agenda", &at.agenda, maxAgenda)
	f.when("start_time", &at.start, m.timezone())
	if refusal := f.refusal(); refusal != nil {
		return refusal
	}
	m.occurrences = slices.Clone(m.occurrences)
	m.occurrences[i] = at
	return nil
}

// errOccurrence is for an occurrence that the meeting does not have.
func errOccurrence() *apiError {
	return refuseAPI(http.StatusBadRequest, 3000, "Invalid occurrence_id.")
}

// deleteMeeting is DELETE /meetings/{meetingId}: without occurrence_id the whole series.
func deleteMeeting(c apiCall) (any, *apiError) {
	m, refusal := c.ownMeeting()
	if refusal != nil {
		return nil, refusal
	}
	id := c.r.URL.Query().Get("occurrence_id")
	i := m.occurrence(id)
	switch {
	case m.typ == typePersonalRoom:
		return nil, refuseAPI(http.StatusBadRequest, 3018, "Not allowed to delete PMI.")
	case id != "" && (i < 0 || m.occurrences[i].cancelled):
		return nil, errOccurrence()
	case id == "" && slices.ContainsFunc(c.s.world.rowsOf(m), func(r row) bool { return r.live(c.now) }):
		return nil, refuseAPI(http.StatusBadRequest, 3002, "Sorry, you cannot delete this meeting since it is in progress.")
	case id != "":
		less := *m
		less.occurrences = slices.Clone(m.occurrences)
		less.occurrences[i].cancelled = true
		c.s.world.replace(less)
	default:
		c.s.world.remove(m.id)
	}
	return noContent{}, nil
}

// setMeetingStatus is PUT /meetings/{meetingId}/status. Zoom's words for ending what is not in progress are
// not known.
func setMeetingStatus(c apiCall) (any, *apiError) {
	f, refusal := readForm(c.r)
	if refusal != nil {
		return nil, refusal
	}
	action := ""
	f.text("action", &action, 20)
	if action == "recover" {
		return c.recoverMeeting()
	}
	m, refusal := c.ownMeeting()
	switch {
	case refusal != nil:
		return nil, refusal
	case action != "end":
		return nil, invalidField("action", "Invalid field.")
	case !slices.ContainsFunc(c.s.world.rowsOf(m), func(r row) bool { return r.live(c.now) }):
		return nil, refuseAPI(http.StatusBadRequest, 3000, "This meeting is not in progress.")
	}
	over := *m
	over.ended = c.now
	c.s.world.replace(over)
	return noContent{}, nil
}

// recoverMeeting puts a deleted meeting back.
func (c apiCall) recoverMeeting() (any, *apiError) {
	others := c.heldForOthers()
	id, err := strconv.ParseInt(c.id, 10, 64)
	if err != nil || !c.s.world.recover(id, func(host *user) bool { return others || host.ID == c.grant.userID }) {
		return nil, errNoMeeting(c.id)
	}
	return noContent{}, nil
}
