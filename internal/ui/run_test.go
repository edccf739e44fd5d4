package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/setup"
)

// runSetup runs the setup screen in a real loop that reads the given keys.
func runSetup(ctx context.Context, t *testing.T, d SetupDeps, keys string) (string, error) {
	t.Helper()
	keyboard, typist := io.Pipe()
	t.Cleanup(func() { _ = typist.Close() })
	go func() { // a letter at a time: the loop must not see them before it runs
		for _, r := range keys {
			if _, err := typist.Write([]byte(string(r))); err != nil {
				return
			}
		}
	}()
	return RunSetup(ctx, d, tea.WithInput(keyboard), tea.WithOutput(&bytes.Buffer{}), tea.WithWindowSize(80, 24), tea.WithoutSignals())
}

func TestSetupAsAProgramOfItsOwn(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	a := &apps{}
	preset := setup.App{Profile: "work", Kind: "confidential", ClientID: "id", SecretCmd: "pass show zoom", Secret: secret, RedirectURI: "https://a.test/z"}
	saved, err := runSetup(ctx, t, SetupDeps{Apps: a, Preset: preset, Clock: time.Now}, strings.Repeat("\r", 8))
	if err != nil || saved != "work" || len(a.saved) != 1 {
		t.Fatalf("saved %q %v, error %v", saved, a.saved, err)
	}
	if got := a.saved[0]; got.Secret != "" || got.SecretCmd != "pass show zoom" || got.Kind != "confidential" {
		t.Errorf("saved %+v", got)
	}
}

func TestSetupThatIsLeftOrEnded(t *testing.T) {
	t.Parallel()
	a := &apps{}
	saved, err := runSetup(t.Context(), t, SetupDeps{Apps: a, Clock: time.Now}, "qy")
	if saved != "" || err != nil {
		t.Errorf("left: %q, %v", saved, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := runSetup(ctx, t, SetupDeps{Apps: a, Clock: time.Now}, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("ended by its context: %v", err)
	}
	if len(a.saved) != 0 {
		t.Errorf("saved %v", a.saved)
	}
}
