package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/api"
)

// TestNextInTmux draws a topic that is full of tmux's own language in a real
// status line: what a person reads there is the topic.
func TestNextInTmux(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("tmux"); err != nil && os.Getenv("ZOOMTUI_TEST_NO_SKIP") == "" {
		t.Skip("tmux is not installed")
	}
	const topic, drawn = "#S ##S #[fg=red]x ##[bold]y #(id) %H #{host} #h a#", "#S #S #[fg=red]x #[bold]y #(id) %H #{host} #h a#"
	home := t.TempDir()
	meeting := api.Meeting{ID: 1, Topic: topic, Type: 2, Start: time.Now().Add(30*time.Hour + 10*time.Minute)}
	if err := writeCache(cache{filepath.Join(home, "cache", "zoomtui", "default")}, cacheHosted, time.Now(), []api.Meeting{meeting}); err != nil {
		t.Fatal(err)
	}
	command, err := exec.LookPath("zoomtui")
	if err != nil {
		t.Fatal(err)
	}
	conf := filepath.Join(home, "tmux.conf")
	lines := []string{
		"set -g status-left ''", "set -g status-right-length 100", "set -g status-interval 1", "set -g window-status-current-format ''",
		"set -g status-right '<#(" + command + " next --format tmux --max 80)>'",
	}
	if err := os.WriteFile(conf, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{
		"HOME=" + home, "TMPDIR=" + home, "TMUX_TMPDIR=" + home, "XDG_CONFIG_HOME=" + home + "/config", "XDG_CACHE_HOME=" + home + "/cache",
		"XDG_STATE_HOME=" + home + "/state", "ZOOM_CLIENT_ID=x", "ZOOM_CLIENT_SECRET=y", "ZOOM_ACCOUNT_ID=z", "LC_ALL=C.UTF-8",
	}
	socket := filepath.Join(home, "tmux")
	s := inTerminal(t, 120, 6, env, exec.Command("tmux", "-S", socket, "-f", conf, "new-session", "sleep", "60"))
	t.Cleanup(func() { _ = exec.Command("tmux", "-S", socket, "kill-server").Run() })
	s.awaits("<30 h " + drawn + ">")
}
