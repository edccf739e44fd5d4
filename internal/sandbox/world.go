package sandbox

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// fallbackDuration is how long a meeting without a duration counts as running.
const fallbackDuration = 60 * time.Minute

// Types of meeting. Source: https://developers.zoom.us/docs/api/meetings/
const (
	typeInstant        = 1
	typeScheduled      = 2
	typeRecurring      = 3 // no fixed time
	typePersonalRoom   = 4
	typeRecurringFixed = 8
	typeScreenShare    = 10
)

// meeting is a meeting as it was scheduled. It does not change: another one takes its place in the world.
type meeting struct {
	id          int64
	uuid        string
	host        *user
	topic       string
	typ         int
	start       time.Time // zero: none
	duration    int       // minutes; 0: Zoom does not say
	agenda      string
	created     time.Time
	pmi         string // the personal meeting id, when the meeting uses it
	passcode    string
	invited     []string    // ids of users
	occurrences []sitting   // of a recurring meeting with fixed times
	recurs      *recurrence // how they recur
	allDay      bool

	zone     string         // empty: the host's
	settings map[string]any // where they differ from the usual ones
	source   string         // creation_source; empty: the web portal
	ended    time.Time      // when the host ended it; zero: not
	waits    bool           // made by a call, for later: at Zoom it runs when its host starts it, and here nobody does
}

// sitting is one occurrence.
type sitting struct {
	id        string // the start that it was scheduled with, as milliseconds since 1970
	start     time.Time
	duration  int // minutes; 0: the meeting's
	agenda    string
	cancelled bool
}

// timezone is the meeting's own zone, or its host's.
func (m *meeting) timezone() string { return cmp.Or(m.zone, m.host.Timezone) }

// row is a meeting at one time: recurring meetings have several rows with the same id.
type row struct {
	meeting  *meeting
	start    time.Time
	uuid     string
	duration int // minutes; 0: Zoom does not say
}

// end is when the meeting is over: as planned, or before, when its host has ended it.
func (r row) end() time.Time {
	d := time.Duration(r.duration) * time.Minute
	if d == 0 {
		d = fallbackDuration
	}
	planned := r.start.Add(d)
	if ended := r.meeting.ended; !ended.Before(r.start) && ended.Before(planned) {
		return ended
	}
	return planned
}

// live tells whether the meeting runs. The hosts of this world start theirs on time.
func (r row) live(now time.Time) bool {
	return !r.meeting.waits && !r.start.IsZero() && !r.start.After(now) && r.end().After(now)
}

// world is the made-up account. Its users do not change; its meetings do, see world_change.go.
type world struct {
	base  string
	seed  string // the day the server was started: same day, same ids
	users []*user

	mu       sync.RWMutex
	meetings []*meeting
	deleted  map[int64]*meeting // what can be recovered
	made     int                // how many meetings were made by calls
}

// owner is the user who signs in.
func (w *world) owner() *user { return w.users[0] }

// user finds by id or e-mail address; nil when there is none.
func (w *world) user(id string) *user {
	for _, u := range w.users {
		if u.ID == id || strings.EqualFold(u.Email, id) {
			return u
		}
	}
	return nil
}

// meeting finds by meeting id; nil when there is none.
func (w *world) meeting(id int64) *meeting {
	for _, m := range w.all() {
		if m.id == id {
			return m
		}
	}
	return nil
}

// hosted are the rows of a user's own meetings, sorted by start, those without one at the end.
func (w *world) hosted(userID string) []row {
	return w.rows(func(m *meeting) bool { return m.host.ID == userID })
}

// attended are the rows of the meetings that a user hosts or is invited to.
func (w *world) attended(userID string) []row {
	return w.rows(func(m *meeting) bool { return m.host.ID == userID || slices.Contains(m.invited, userID) })
}

func (w *world) rows(wanted func(*meeting) bool) []row {
	var out []row
	for _, m := range w.all() {
		if instant := m.typ == typeInstant || m.typ == typeScreenShare; !instant && wanted(m) {
			out = append(out, w.rowsOf(m)...)
		}
	}
	slices.SortStableFunc(out, func(a, b row) int {
		if a.start.IsZero() != b.start.IsZero() {
			return map[bool]int{true: 1, false: -1}[a.start.IsZero()]
		}
		return a.start.Compare(b.start)
	})
	return out
}

// rowsOf are the times of one meeting, without those that were cancelled.
func (w *world) rowsOf(m *meeting) []row {
	if len(m.occurrences) == 0 {
		return []row{{meeting: m, start: m.start, uuid: m.uuid, duration: m.duration}}
	}
	var out []row
	for _, at := range m.occurrences {
		if !at.cancelled {
			out = append(out, w.rowAt(m, at))
		}
	}
	return out
}

// rowAt is one occurrence as a row.
func (w *world) rowAt(m *meeting, at sitting) row {
	return row{meeting: m, start: at.start, uuid: w.uuid(m.uuid + at.id), duration: cmp.Or(at.duration, m.duration)}
}

// occurrenceID is the start as milliseconds since 1970.
func occurrenceID(at time.Time) string { return strconv.FormatInt(at.UnixMilli(), 10) }

// joinURL leads to a page of this server and never to a stranger's meeting.
func (w *world) joinURL(m *meeting) string {
	id := strconv.FormatInt(m.id, 10)
	if m.pmi != "" {
		id = m.pmi
	}
	if m.passcode == "" {
		return w.base + "/j/" + id
	}
	return w.base + "/j/" + id + "?" + url.Values{"pwd": {w.text("pwd"+m.passcode, 26) + ".1"}}.Encode()
}

// digest is 32 bytes that depend on the day and a name.
func (w *world) digest(name string) [32]byte { return sha256.Sum256([]byte(w.seed + "\x00" + name)) }

// meetingID is an 11-digit id.
func (w *world) meetingID(name string) int64 {
	d := w.digest("id" + name)
	return 80_000_000_000 + int64(binary.BigEndian.Uint64(d[:8])%9_999_999_999)
}

// uuid has the form of Zoom's meeting UUIDs: base64 of 16 bytes, so that + and / and = occur.
func (w *world) uuid(name string) string {
	d := w.digest("uuid" + name)
	return base64.StdEncoding.EncodeToString(d[:16])
}

// text is n letters and digits.
func (w *world) text(name string, n int) string {
	d := w.digest("text" + name)
	var b strings.Builder
	for i := range n {
		b.WriteByte(lettersAndDigits[int(d[i%len(d)])%len(lettersAndDigits)])
	}
	return b.String()
}

// passcode is six digits.
func (w *world) passcode(name string) string {
	d := w.digest("passcode" + name)
	return strconv.Itoa(100_000 + int(binary.BigEndian.Uint32(d[:4])%900_000))
}
