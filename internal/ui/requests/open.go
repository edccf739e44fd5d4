package requests

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// callOpened is one call, made ready to be drawn.
type callOpened struct {
	asked int
	call  *detail // nil: it is no longer kept
}

// open shows one call of the log. Its bodies may be large: they are looked
// through in the command.
func (m *Model) open(seq int) tea.Cmd {
	m.asked++
	traffic, asked := m.traffic, m.asked
	return func() tea.Msg {
		x, ok := traffic.Exchange(seq)
		if !ok {
			return callOpened{asked: asked}
		}
		return callOpened{asked: asked, call: newDetail(x)}
	}
}

func (m *Model) onOpened(msg callOpened) tea.Cmd {
	switch {
	case msg.asked != m.asked:
		return nil
	case msg.call == nil:
		return kit.Ask(kit.Notify{Text: "This call is no longer kept: only the newest are."})
	}
	m.call = msg.call
	return nil
}

// examine takes a call to the verdict on its scope, with what Zoom has answered.
func (m *Model) examine(seq int) tea.Cmd {
	traffic := m.traffic
	return func() tea.Msg {
		x, ok := traffic.Exchange(seq)
		switch {
		case !ok:
			return kit.Notify{Text: "This call is no longer kept: only the newest are."}
		case x.Step != "":
			return kit.Notify{Text: "This was a step of the sign-in: no scope is needed for it."}
		case x.OtherToken: // what Zoom said to that token is nothing about yours
			return kit.Examine{Method: x.Method, Path: pathOnly(x.Path)}
		}
		return kit.Examine{Method: x.Method, Path: pathOnly(x.Path), Live: live(x)}
	}
}

// live is Zoom's answer as the verdict needs it; nil for a good one.
func live(x Exchange) *scope.Live {
	if x.Err == nil || x.Status == 0 {
		return nil
	}
	f := explain.Of(x.Err).Facts
	return &scope.Live{
		Status: x.Status, Code: f.Code, Message: f.Message, Scopes: f.MissingScopes, TrackingID: x.TrackingID, At: x.At,
	}
}

// export writes every call to a file, and tells the person which.
func (m *Model) export() tea.Cmd {
	traffic := m.traffic
	return func() tea.Msg {
		done, err := traffic.Export()
		if err != nil {
			return kit.Notify{Text: "No file could be written. " + kit.Words(explain.Of(err))}
		}
		text := counted(done.Calls, "call is", "calls are") + " in " + kit.CleanText(done.Path) + ", without anything secret."
		if done.Note != "" {
			text = done.Note + " " + text
		}
		return kit.Notify{Text: text}
	}
}

// copyCurl copies a call as a line for a shell.
func (m *Model) copyCurl(seq int) tea.Cmd {
	traffic := m.traffic
	return func() tea.Msg {
		x, ok := traffic.Exchange(seq)
		if !ok {
			return kit.Notify{Text: "This call is no longer kept: only the newest are."}
		}
		command, note := traffic.TokenCommand()
		line, hidden := Curl(x, command)
		var notes []string
		if hidden {
			notes = append(notes, placeholder+" stands for what is not kept")
		}
		if note != "" && !x.OtherToken {
			notes = append(notes, note)
		}
		what := "a curl line"
		if len(notes) > 0 {
			what += " (" + strings.Join(notes, "; ") + ")"
		}
		return kit.CopyText{Text: line, What: what}
	}
}
