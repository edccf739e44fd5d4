package main

import (
	"context"

	"zoomtui/internal/auth"
	"zoomtui/internal/history"
	"zoomtui/internal/ui/state"
)

// tokenHistory shows the history of a profile's sign-in.
type tokenHistory struct{ *opened }

// History gives the newest entries first.
func (h tokenHistory) History(context.Context) ([]state.HistoryRow, error) {
	entries, err := h.cli.history(h.profile.Name).Read(0)
	if err != nil {
		return nil, err
	}
	rows := make([]state.HistoryRow, len(entries))
	for i, e := range entries {
		rows[i] = historyRow(e)
	}
	return rows, nil
}

// historyRow is an entry as the screen shows it. An app without refresh tokens has
// access tokens alone to be told apart by.
func historyRow(e history.Entry) state.HistoryRow {
	row := state.HistoryRow{
		At: e.At, Action: e.Action, Command: e.Command, PID: e.PID, Result: e.Result, Cause: e.Cause, Tried: e.Tried,
		CutOff: e.CutOff, Generation: e.Generation, OldFingerprint: e.OldFingerprint, NewFingerprint: e.NewFingerprint,
		ScopesAdded: e.ScopesAdded, ScopesRemoved: e.ScopesRemoved, ScopesUnnamed: e.ScopesUnnamed,
	}
	if row.OldFingerprint == "" && row.NewFingerprint == "" {
		row.NewFingerprint = e.AccessFingerprint
	}
	return row
}

// newsRoom is how many sentences wait for the screen; what is beyond is one line
// less, and the history has it.
const newsRoom = 8

// news makes what is to be said of the tokens go to the screen instead of to
// stderr, where it would be drawn over. It must come before anything is asked.
func (o *opened) news() <-chan string {
	news := make(chan string, newsRoom)
	tell := func(text string) {
		select {
		case news <- text:
		default:
		}
	}
	o.keys.say = tell
	o.heard = func(e auth.Event) {
		for _, note := range o.eventNotes(e) {
			tell(note)
		}
	}
	return news
}
