package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
	"zoomtui/internal/history"
)

// history is what is remembered of a profile's sign-in.
func (c *cli) history(profile string) *history.Log {
	return history.Open(filepath.Join(c.paths.State, "history"), profile)
}

// record keeps an event of the tokens in the history, and says what a person
// should know of it, unless the dashboard is told and says it itself. It is called
// before the tokens are handed out, and nothing that fails here is a failure of
// theirs.
func (o *opened) record(e auth.Event) {
	err := o.cli.history(o.profile.Name).Append(entryOf(e))
	if o.heard != nil {
		o.heard(e)
		return
	}
	for _, note := range o.eventNotes(e) {
		o.cli.say("%s", note)
	}
	if err != nil && e.Unstored == nil { // where nothing can be kept, that was said
		o.told.unwritten.Do(func() {
			o.cli.say("The history could not be written; the tokens are not affected. (%s)", clean(err.Error()))
		})
	}
}

// told is what has been said and need not be said again.
type told struct{ unwritten, cutOff sync.Once }

// entryOf is an event as the history keeps it.
func entryOf(e auth.Event) history.Entry {
	entry := history.Entry{
		At: e.At, Action: string(e.Action), Command: e.Command, PID: e.PID, Result: resultOf(e.Err), Tried: e.Tried,
		Generation: e.Generation, OldFingerprint: e.OldFingerprint, NewFingerprint: e.NewFingerprint,
		AccessFingerprint: e.AccessFingerprint, ScopesAdded: e.Scopes.Added, ScopesRemoved: e.Scopes.Removed,
	}
	if entry.ScopesUnnamed = unnamedOf(e); entry.ScopesUnnamed != "" {
		entry.ScopesAdded, entry.ScopesRemoved = nil, nil
	}
	if e.CutOff != nil {
		entry.CutOff = e.CutOff.At
	}
	switch {
	case e.Err != nil:
		entry.Cause = causeOf(e.Err)
	case e.Unstored != nil:
		entry.Cause = "kept in memory only: " + causeOf(e.Unstored)
	}
	return entry
}

// unnamedOf tells which token answer named no scopes, so that nobody knows what
// changed. Where there were no tokens before, all scopes are new.
func unnamedOf(e auth.Event) string {
	replaces := e.OldFingerprint != "" || e.Generation > 1 // a refresh token, or one of account credentials
	switch d := e.Scopes; {
	case d.Unnamed:
		return history.UnnamedNow
	case replaces && len(d.Added) > 0 && len(d.Kept)+len(d.Removed) == 0:
		return history.UnnamedBefore
	}
	return ""
}

// resultOf is the one word for what came of a request.
func resultOf(err error) string {
	switch {
	case err == nil:
		return history.ResultOK
	case errors.Is(err, auth.ErrGrantEnded):
		return history.ResultEnded
	}
	e, ok := errors.AsType[*auth.Error](err)
	switch class := explain.Of(err).Class(); {
	case class == explain.Store:
		return history.ResultStore
	case class == explain.RateLimit:
		return history.ResultLimited
	case class == explain.Network:
		return history.ResultNetwork
	case ok && e.HTTPStatus != 0:
		return history.ResultRefused
	default:
		return history.ResultFailed
	}
}

// causeOf is a failure in few words. The texts of package auth hold no secret, and
// what they quote of Zoom's is tamed and bounded.
func causeOf(err error) string {
	e, ok := errors.AsType[*auth.Error](err)
	if !ok {
		return clean(err.Error())
	}
	short := *e
	short.Op, short.Fix = "", ""
	if errors.Is(err, auth.ErrGrantEnded) { // what it tells of earlier is in the entries before
		short.Cause = ""
	}
	return clean(strings.TrimPrefix(short.Error(), ": "))
}

// eventNotes are sentences about an event of the tokens that a person should hear
// of. There are none of a failure, which is told as one.
func (o *opened) eventNotes(e auth.Event) []string {
	var notes []string
	if e.CutOff != nil && e.Err == nil && e.Action == auth.ActionRefresh {
		o.told.cutOff.Do(func() { notes = append(notes, o.cutOffNote(e)) }) // it may have taken two events to mend it
	}
	if e.IgnoredAPIURL != "" {
		notes = append(notes, fmt.Sprintf("Zoom named %s as the address of its API. That is no host of Zoom's, so it is ignored; Zoom's usual address is used.", clean(e.IgnoredAPIURL)))
	}
	if e.Unstored != nil && e.Err == nil {
		notes = append(notes, fmt.Sprintf("The access token is not stored, so the next command fetches another one. Zoom allows that for a Server-to-Server app. (%s)", causeOf(e.Unstored)))
	}
	return notes
}

// cutOffNote tells of a refresh that was cut off and mended.
func (o *opened) cutOffNote(e auth.Event) string {
	came := "the stored token was tried and works"
	switch e.Tried {
	case auth.TriedLeftover:
		came = "its answer had been written down already and is used"
	case auth.TriedPrevious:
		came = "the stored token was tried and is used up; the previous one works"
	}
	return fmt.Sprintf("A refresh was cut off at %s (%s); %s.", o.minute(e.CutOff.At), starter(e.CutOff.Command, e.CutOff.PID), came)
}

// minute is a time to the minute in the profile's zone, with the day unless that
// is today.
func (o *opened) minute(at time.Time) string {
	return minuteOf(at.In(o.profile.Location()), o.cli.clock().In(o.profile.Location()))
}

// minuteOf is a time to the minute, with the day unless that is now's.
func minuteOf(at, now time.Time) string {
	if at.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return at.Format("15:04")
	}
	return at.Format("2006-01-02 15:04")
}

// starter names a process of this program by its command.
func starter(command string, pid int) string {
	name := "zoomtui"
	if command != "" {
		name += " " + clean(command)
	}
	return fmt.Sprintf("%s, pid %d", name, pid)
}
