package setup

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/marketplace"
	"zoomtui/internal/ui/kit"
)

// callLimit bounds one conversation with Zoom or one write, a command that
// prints the secret included: it may ask a person for a passphrase.
const callLimit = 60 * time.Second

type (
	namesRead struct {
		known []Known
		err   error
	}
	checked struct {
		run int
		err error
	}
	saved struct {
		run     int
		profile string
		err     error
	}
	manifestMade struct {
		run  int
		text string
		err  error
	}
)

// work makes a command of its own time; the one before is given up.
func (m *Model) work(do func(ctx context.Context, run int) tea.Msg) tea.Cmd {
	m.halt()
	run, ctx := m.run, m.ctx
	ctx, m.stop = context.WithTimeout(ctx, callLimit)
	return func() tea.Msg { return do(ctx, run) }
}

// halt gives the newest command up.
func (m *Model) halt() {
	m.run++
	if m.stop != nil {
		m.stop()
		m.stop = nil
	}
}

func (m *Model) readNames() tea.Cmd {
	apps := m.opts.Apps
	return m.work(func(ctx context.Context, _ int) tea.Msg {
		known, err := apps.Names(ctx)
		return namesRead{known: known, err: err}
	})
}

// test asks Zoom about the app before anything is written.
func (m *Model) test() tea.Cmd {
	m.phase, m.problem, m.part = asking, nil, ""
	apps, app := m.opts.Apps, tidied(*m.app)
	return m.work(func(ctx context.Context, run int) tea.Msg {
		return checked{run: run, err: apps.Check(ctx, app)}
	})
}

func (m *Model) onChecked(msg checked) tea.Cmd {
	if msg.run != m.run || m.phase != asking {
		return nil
	}
	if msg.err == nil {
		return m.save()
	}
	switch explain.Of(msg.err).Class() {
	case explain.Network, explain.RateLimit:
		m.phase = untested
		m.fail(msg.err)
	case explain.Cancelled:
		m.phase = registering
	default:
		m.refused(msg.err)
	}
	return nil
}

func (m *Model) save() tea.Cmd {
	m.phase, m.problem = saving, nil
	apps, app := m.opts.Apps, tidied(*m.app)
	return m.work(func(ctx context.Context, run int) tea.Msg {
		return saved{run: run, profile: app.Profile, err: apps.Save(ctx, app)}
	})
}

func (m *Model) onSaved(msg saved) tea.Cmd {
	switch {
	case msg.run != m.run:
		return nil
	case msg.err != nil:
		m.phase = unsaved
		m.fail(msg.err)
		return nil
	}
	m.phase = done
	m.app.Secret = "" // it is kept now, and not needed here any more
	return kit.Ask(Done{Profile: msg.profile})
}

func (m *Model) makeManifest() tea.Cmd {
	apps, app := m.opts.Apps, tidied(*m.app)
	return m.work(func(_ context.Context, run int) tea.Msg {
		text, err := apps.Manifest(app)
		return manifestMade{run: run, text: text, err: err}
	})
}

func (m *Model) onManifest(msg manifestMade) {
	if msg.run != m.run || m.phase != registering {
		return
	}
	if msg.err != nil {
		m.fail(msg.err)
		return
	}
	m.phase, m.manifest, m.pager, m.problem = manifesting, msg.text, kit.Pager{}, nil
}

// partOf is the part that was refused. Where the error does not say, Zoom's
// words do as far as they go.
func partOf(err error, app App, f explain.Facts) Part {
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		return refusal.Part
	}
	says := strings.ToLower(f.Message + " " + f.Cause)
	switch {
	case f.Code == 4700 && strings.Contains(says, "redirect"), f.Code == 4709, strings.Contains(says, "redirect"):
		return PartRedirect
	case app.Kind == marketplace.S2S && strings.Contains(says, "account"):
		return PartAccount
	case app.Kind == marketplace.Public:
		return PartClientID
	default:
		return PartCredentials
	}
}
