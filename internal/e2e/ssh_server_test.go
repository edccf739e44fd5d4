//go:build linux

package e2e

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The ports of the server: a line for the first one must name it.
const (
	sshPort  = 2222
	sshUsual = 22
)

// remote is a laptop and a server that know each other over SSH only. Both reach
// Zoom, at the same address.
type remote struct {
	t              *testing.T
	laptop, server *network
	user           string
	bin            string // with the `ssh` that a person on the laptop has
	opened         string // exists once something was opened on the server
}

// newRemote starts Debian's SSH server on the server. env is the environment of
// those who come.
func newRemote(t *testing.T, zoom string, env []string) *remote {
	t.Helper()
	need(t, "ssh")
	need(t, "ssh-keygen")
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	r := &remote{t: t, laptop: newNetwork(t), server: newNetwork(t), user: me.Username, bin: filepath.Join(dir, "bin"), opened: filepath.Join(dir, "opened")}
	r.laptop.lead(zoom, nil)
	r.server.lead(zoom, nil)
	for _, name := range []string{"host", "person"} {
		r.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", filepath.Join(dir, name))
	}
	key, err := os.ReadFile(filepath.Join(dir, "host.pub"))
	if err != nil {
		t.Fatal(err)
	}
	hosts := fmt.Sprintf("127.0.0.1 %s[127.0.0.1]:%d %s", key, sshPort, key)
	client := "IdentityFile " + filepath.Join(dir, "person") + "\nIdentitiesOnly yes\nBatchMode yes\nStrictHostKeyChecking yes\n" +
		"GlobalKnownHostsFile none\nUserKnownHostsFile " + r.file(dir, "known_hosts", hosts, 0o600) + "\n"
	r.file(r.bin, "ssh", "#!/bin/sh\nexec "+need(t, "ssh")+" -F "+r.file(dir, "client", client, 0o600)+` "$@"`+"\n", 0o700)
	r.startServer(dir, env)
	return r
}

// startServer writes the configuration and starts sshd with it.
func (r *remote) startServer(dir string, env []string) {
	r.t.Helper()
	sshd := need(r.t, "sshd", "/usr/sbin/sshd")
	needPrivilegeSeparation(r.t)
	openers := r.openers(filepath.Join(dir, "openers"))
	set := map[string]string{} // sshd takes the first of a name, we the last
	for _, line := range append(env, "PATH="+openers+":"+os.Getenv("PATH"), "BROWSER="+filepath.Join(openers, "browser")) {
		name, value, _ := strings.Cut(line, "=")
		set[name] = value
	}
	delete(set, "TERM") // it comes from the laptop
	var config strings.Builder
	fmt.Fprintf(&config, "Port %d\nPort %d\nListenAddress 127.0.0.1\nHostKey %s\nAuthorizedKeysFile %s\nPidFile none\n",
		sshPort, sshUsual, filepath.Join(dir, "host"), filepath.Join(dir, "person.pub"))
	config.WriteString("StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nPermitUserRC no\nX11Forwarding no\nAllowTcpForwarding yes\n")
	config.WriteString("PrintMotd no\nPrintLastLog no\nSetEnv")
	for name, value := range set {
		fmt.Fprintf(&config, " %q", name+"="+value)
	}
	config.WriteString("\n")
	server := exec.Command(sshd, "-D", "-e", "-f", r.file(dir, "server", config.String(), 0o600))
	p := onPipes(r.t, r.server.inside(server))
	for _, port := range []int{sshPort, sshUsual} {
		p.awaits("Server listening on 127.0.0.1 port " + strconv.Itoa(port))
		r.laptop.lead("127.0.0.1:"+strconv.Itoa(port), r.server)
	}
}

// needPrivilegeSeparation makes the empty directory that Debian's sshd wants,
// and that the service makes where it is used.
func needPrivilegeSeparation(t *testing.T) {
	t.Helper()
	const dir = "/run/sshd"
	err := os.Mkdir(dir, 0o755)
	switch {
	case err == nil:
		t.Cleanup(func() { _ = os.Remove(dir) })
	case !errors.Is(err, fs.ErrExist):
		lack(t, "sshd needs "+dir+": "+err.Error())
	}
}

// openers is a directory with the programs that open a browser. Each leaves a
// mark instead.
func (r *remote) openers(dir string) string {
	r.t.Helper()
	for _, name := range []string{"browser", "xdg-open", "sensible-browser", "x-www-browser", "www-browser", "gio", "firefox", "chromium", "google-chrome", "w3m", "lynx"} {
		r.file(dir, name, "#!/bin/sh\necho \"$0\" >>'"+r.opened+"'\n", 0o700)
	}
	return dir
}

// file writes a file and gives its path.
func (r *remote) file(dir, name, text string, mode fs.FileMode) string {
	r.t.Helper()
	path := filepath.Join(dir, name)
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = os.WriteFile(path, []byte(text), mode)
	}
	if err != nil {
		r.t.Fatal(err)
	}
	return path
}

func (r *remote) run(name string, args ...string) {
	r.t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		r.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// types is what a person types into a terminal window of the laptop: the line as
// it is goes through a shell.
func (r *remote) types(line string, cols, rows uint16) *process {
	r.t.Helper()
	cmd := exec.Command("sh", "-c", line)
	cmd.Env = []string{"PATH=" + r.bin + ":" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + r.t.TempDir()}
	return onTerminal(r.t, r.laptop.inside(cmd), cols, rows)
}

// checkNothingOpened looks for the mark of a browser on the server.
func (r *remote) checkNothingOpened() {
	r.t.Helper()
	switch data, err := os.ReadFile(r.opened); {
	case err == nil:
		r.t.Errorf("opened on the server, in front of nobody: %s", data)
	case !errors.Is(err, fs.ErrNotExist):
		r.t.Error(err)
	}
}
