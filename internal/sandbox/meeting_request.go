package sandbox

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of a meeting. Source: https://developers.zoom.us/docs/api/meetings/
const (
	maxTopic    = 200
	maxAgenda   = 2000
	maxMinutes  = 1440
	maxPasscode = 10
)

// defaultMinutes is the duration of a meeting for which none is asked.
const defaultMinutes = 60

// meetingForm reads the JSON body of a call that makes or changes a meeting, and collects what is wrong with
// it. Members that Zoom does not know are ignored.
type meetingForm struct {
	members map[string]json.RawMessage
	wrong   []fieldError
}

// readForm reads a JSON object. Anything else is refused with the words that Zoom's developer forum quotes.
func readForm(r *http.Request) (*meetingForm, *apiError) {
	notAnObject := refuseAPI(http.StatusBadRequest, 300, "Request Body should be a valid JSON object.")
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return nil, notAnObject
	}
	body, err := io.ReadAll(r.Body)
	f := &meetingForm{}
	if err != nil || json.Unmarshal(body, &f.members) != nil || f.members == nil {
		return nil, notAnObject
	}
	return f, nil
}

// has tells whether a member is there and not null.
func (f *meetingForm) has(name string) bool {
	raw, ok := f.members[name]
	return ok && string(raw) != "null"
}

// refuse notes that a field is not valid.
func (f *meetingForm) refuse(name, message string) {
	f.wrong = append(f.wrong, fieldError{Field: name, Message: message})
}

// refusal is Zoom's answer if a field is not valid.
func (f *meetingForm) refusal() *apiError {
	if len(f.wrong) == 0 {
		return nil
	}
	e := refuseAPI(http.StatusBadRequest, 300, "Validation Failed.")
	e.Errors = f.wrong
	return e
}

// text reads a string of at most so many characters.
func (f *meetingForm) text(name string, into *string, longest int) {
	if !f.has(name) {
		return
	}
	var value string
	switch {
	case json.Unmarshal(f.members[name], &value) != nil:
		f.refuse(name, "Invalid field.")
	case utf8.RuneCountInString(value) > longest:
		f.refuse(name, "The value that you entered for the "+name+" field is too long. Enter fewer than "+strconv.Itoa(longest+1)+" characters.")
	default:
		*into = value
	}
}

// number reads a whole number between two bounds.
func (f *meetingForm) number(name string, into *int, lowest, highest int) {
	if !f.has(name) {
		return
	}
	var value int
	if json.Unmarshal(f.members[name], &value) != nil || value < lowest || value > highest {
		f.refuse(name, "The value that you entered for the "+name+" field is invalid. Enter a number from "+strconv.Itoa(lowest)+" to "+strconv.Itoa(highest)+".")
		return
	}
	*into = value
}

// truth reads true or false.
func (f *meetingForm) truth(name string, into *bool) {
	if f.has(name) && json.Unmarshal(f.members[name], into) != nil {
		f.refuse(name, "Invalid field.")
	}
}

// kind reads the type of the meeting.
func (f *meetingForm) kind(into *int) {
	if !f.has("type") {
		return
	}
	var value int
	allowed := []int{typeInstant, typeScheduled, typeRecurring, typeRecurringFixed, typeScreenShare}
	if json.Unmarshal(f.members["type"], &value) != nil || !slices.Contains(allowed, value) {
		f.refuse("type", "Invalid field.")
		return
	}
	*into = value
}

// passcode reads the password.
func (f *meetingForm) passcode(into *string) {
	value := *into
	f.text("password", &value, maxPasscode)
	if strings.Trim(value, lettersAndDigits+"@-_*!") != "" {
		f.refuse("password", "Invalid field.")
		return
	}
	*into = value
}

// zone reads the time zone's name.
func (f *meetingForm) zone(into *string) {
	value := *into
	f.text("timezone", &value, 64)
	if _, ok := location(value); !ok {
		f.refuse("timezone", "Invalid field.")
		return
	}
	*into = value
}

// when reads a time: UTC with a Z, or a time in the meeting's zone. An offset is no form that Zoom documents.
func (f *meetingForm) when(name string, into *time.Time, zone string) {
	if !f.has(name) {
		return
	}
	var text string
	if json.Unmarshal(f.members[name], &text) == nil {
		if t, err := time.Parse(apiTime, text); err == nil {
			*into = t
			return
		}
		loc, ok := location(zone)
		if t, err := time.ParseInLocation("2006-01-02T15:04:05", text, loc); ok && err == nil {
			*into = t
			return
		}
	}
	f.refuse(name, "Invalid field.")
}

// location is a time zone. The user's own needs no zone database.
func location(name string) (*time.Location, bool) {
	if name == tokyo().String() {
		return tokyo(), true
	}
	if name == "" || name == "Local" {
		return nil, false
	}
	loc, err := time.LoadLocation(name)
	return loc, err == nil
}
