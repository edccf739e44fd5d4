package term

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// openGrace is how long Open waits for the browser command to fail: xdg-open needs some hundred milliseconds to find out
// that there is no browser.
const openGrace = 2 * time.Second

// ErrNoBrowser is the reason of every Open that had no browser to open; its message says which reason.
var ErrNoBrowser = errors.New("no browser to open here")

// Opener opens web pages in the person's browser, where there is one.
type Opener struct {
	machine Machine
	find    func(name string) (string, error)                    // exec.LookPath
	start   func(command []string) (<-chan error, error)         // starts a program, reports its end
	after   func(limit time.Duration) (expired <-chan time.Time) // time.After
}

// NewOpener makes an Opener for the given machine. Nothing is looked up before it is needed.
func NewOpener(machine Machine) *Opener {
	return &Opener{machine: machine, find: exec.LookPath, start: startDetached, after: time.After}
}

// CanOpen reports whether Open has a browser to start, and if not, why, in words that fit after "no browser opened:".
func (o *Opener) CanOpen() (ok bool, reason string) {
	_, reason = o.command()
	return reason == "", reason
}

// Open shows url in a browser. It takes https addresses and, for our own pages, http addresses of this machine's
// loopback interface; anything else is refused. The browser is started detached from the terminal and without a shell,
// and outlives ctx and the program. Errors: ErrNoBrowser (see CanOpen), a refused address, a program that could not be
// started or that failed at once.
func (o *Opener) Open(ctx context.Context, url string) error {
	if err := checkPage(url); err != nil {
		return err
	}
	command, reason := o.command()
	if reason != "" {
		return fmt.Errorf("open the browser: %w: %s", ErrNoBrowser, reason)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("open the browser: %w", err)
	}
	ended, err := o.start(withURL(command, url))
	if err != nil {
		return fmt.Errorf("start %s: %w", command[0], err)
	}
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("open the browser with %s: %w", command[0], err)
		}
	case <-o.after(openGrace):
	case <-ctx.Done():
	}
	return nil
}

// command is the program to start, with its arguments, or the reason why there is none.
func (o *Opener) command() (command []string, reason string) {
	switch {
	case o.machine.SSH:
		return nil, "this is an SSH connection, a browser would open on the machine at its other end"
	case o.machine.Browser != "":
		if command, named := o.fromBrowser(); command != nil {
			return command, ""
		} else if named {
			return nil, "BROWSER names no program that is installed here"
		}
	}
	if !o.machine.Display {
		return nil, "this machine has no graphical display"
	}
	command = systemOpener(o.machine.OS)
	if _, err := o.find(command[0]); err != nil {
		return nil, command[0] + " is not installed"
	}
	return command, ""
}

// fromBrowser picks the first graphical browser that is installed from BROWSER, a list separated like PATH whose
// entries may have arguments and %s for the address. named tells whether it lists one at all: a list of text browsers
// is as good as none.
func (o *Opener) fromBrowser() (command []string, named bool) {
	for _, entry := range strings.Split(o.machine.Browser, string(listSeparator(o.machine.OS))) {
		words := strings.Fields(entry)
		if len(words) == 0 || isTextBrowser(words[0]) {
			continue
		}
		named = true
		if _, err := o.find(words[0]); err == nil {
			return words, true
		}
	}
	return nil, named
}

func listSeparator(goos string) rune {
	if goos == "windows" {
		return ';'
	}
	return ':'
}

// isTextBrowser reports browsers that run in a terminal: ours is taken.
func isTextBrowser(program string) bool {
	name := program[strings.LastIndexAny(program, `/\`)+1:]
	switch strings.TrimSuffix(name, ".exe") {
	case "w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh", "carbonyl", "chawan", "cha", "netrik", "retawq", "edbrowse":
		return true
	}
	return false
}

// systemOpener is the command that hands an address to the desktop's default browser, as an argument and not as a command line.
func systemOpener(goos string) []string {
	switch goos {
	case "darwin":
		return []string{"open"}
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	return []string{"xdg-open"}
}

// withURL puts the address where the command has %s, else at its end.
func withURL(command []string, url string) []string {
	full := slices.Clone(command)
	placed := false
	for i, word := range full[1:] {
		if strings.Contains(word, "%s") {
			full[i+1] = strings.ReplaceAll(word, "%s", url)
			placed = true
		}
	}
	if !placed {
		full = append(full, url)
	}
	return full
}

// startDetached starts a program in a session of its own, with none of our terminal, and reports its end.
func startDetached(command []string) (<-chan error, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.SysProcAttr = detached()
	cmd.Env = slices.DeleteFunc(os.Environ(), func(variable string) bool {
		// We have followed BROWSER ourselves; xdg-open would go on to the text browsers we left out. ZOOM_CLIENT_SECRET and
		// ZOOM_ACCESS_TOKEN are no business of a browser, which outlives us and starts programs of its own.
		return strings.HasPrefix(variable, "BROWSER=") || strings.HasPrefix(variable, "ZOOM")
	})
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	return ended, nil
}
