package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
)

// maxEdited is the largest text that is taken back from an editor, in bytes.
const maxEdited = 16 << 20

// Edit opens the person's editor on a copy of the text. The copy lies in a
// directory of its own, which goes with what the editor leaves beside it; with the
// program too, as bodies hold passcodes.
func (t traffic) Edit(ctx context.Context, text []byte, done func([]byte, error) tea.Msg) tea.Cmd {
	editor, err := t.editor()
	if err != nil {
		return func() tea.Msg { return done(nil, err) }
	}
	return func() tea.Msg {
		dir, err := os.MkdirTemp("", "zoomtui-body-") // 0700
		if err != nil {
			return done(nil, fmt.Errorf("make a place for the body: %w", err))
		}
		remove := func() error { return os.RemoveAll(dir) }
		unlink := context.AfterFunc(ctx, func() { _ = remove() }) // nobody is left to be told
		file := filepath.Join(dir, "body.json")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			unlink()
			return done(nil, errors.Join(fmt.Errorf("write the body: %w", err), remove()))
		}
		return tea.ExecProcess(editorCommand(editor, file), func(err error) tea.Msg {
			edited, err := editedText(editor, file, err)
			unlink()
			return done(edited, errors.Join(err, remove()))
		})()
	}
}

// editedText reads what the editor has left.
func editedText(editor, file string, ended error) ([]byte, error) {
	if ended != nil {
		return nil, pastFailure{explain.Facts{
			Place: explain.PlaceLocal, Class: explain.Other, Op: "edit the body",
			Cause: fmt.Sprintf("the editor %q ended with %s; the body stays as it was", editor, ended),
		}}
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxEdited+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the body: %w", err)
	case len(text) > maxEdited:
		return nil, errors.New("the body is larger than 16 MiB")
	}
	return text, nil
}

// editor is the editor that the environment names (POSIX.1-2017, XBD 8.1 and the
// custom of VISUAL before EDITOR), or one that is there on most machines.
func (t traffic) editor() (string, error) {
	if named := cmp.Or(strings.TrimSpace(t.cli.getenv("VISUAL")), strings.TrimSpace(t.cli.getenv("EDITOR"))); named != "" {
		return named, nil
	}
	for _, name := range []string{"vi", "nano"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", pastFailure{explain.Facts{
		Place: explain.PlaceLocal, Class: explain.Usage, Op: "edit the body",
		Cause: "there is no editor: set VISUAL or EDITOR to one before zoomtui is started",
	}}
}

// editorCommand runs an editor on a file. As with git, its name is a piece of
// shell, since it often comes with options: "code --wait".
func editorCommand(editor, file string) *exec.Cmd {
	if sh, err := exec.LookPath("sh"); err == nil {
		return exec.Command(sh, "-c", editor+` "$@"`, editor, file)
	}
	words := append(strings.Fields(editor), file)
	return exec.Command(words[0], words[1:]...)
}
