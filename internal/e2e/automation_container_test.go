//go:build linux

package e2e

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"zoomtui/internal/sandbox"
)

// image is what the Dockerfile of the document makes.
type image struct {
	root       string
	env        []string
	user       string // UID:GID
	entrypoint []string
}

// buildImage does what build.sh and the Dockerfile say, without a container
// engine: a directory is the root of the image.
func buildImage(t *testing.T) image {
	t.Helper()
	context := t.TempDir()
	script := exampleNamed(t, "build.sh", "image", context, "-trimpath", "-buildvcs=false -trimpath")
	script, engine, _ := strings.Cut(script, "docker build ")
	if strings.TrimSpace(engine) != "-t zoomtui -f Dockerfile "+context {
		t.Errorf("builds with %q", engine)
	}
	build := exec.Command("sh", "-euc", script)
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build.sh: %v\n%s", err, out)
	}
	made := image{root: t.TempDir()}
	if err := os.Chmod(made.root, 0o755); err != nil { // whatever the umask: its user has to enter it
		t.Fatal(err)
	}
	for line := range strings.Lines(exampleNamed(t, "Dockerfile")) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		made.instruct(t, context, words)
	}
	return made
}

// instruct follows one line of the Dockerfile.
func (i *image) instruct(t *testing.T, context string, words []string) {
	t.Helper()
	var err error
	switch words[0] {
	case "FROM":
		if words[1] != "scratch" {
			t.Fatalf("from %s, and no registry is asked here", words[1])
		}
	case "COPY":
		owner, chown := strings.CutPrefix(words[1], "--chown=")
		from, to := words[len(words)-2], filepath.Join(i.root, words[len(words)-1])
		if err = os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			break
		}
		err = exec.Command("cp", "-a", filepath.Join(context, from), to).Run()
		if err == nil && chown {
			err = exec.Command("chown", "-R", owner, to).Run()
		}
	case "ENV":
		i.env = append(i.env, words[1:]...)
	case "USER":
		i.user = words[1]
	case "ENTRYPOINT":
		err = json.Unmarshal([]byte(strings.Join(words[1:], " ")), &i.entrypoint)
	default:
		t.Fatalf("the Dockerfile says %q, which this test does not know", words)
	}
	if err != nil {
		t.Fatalf("%q: %v", words, err)
	}
}

// isolated is what `docker run --read-only` does with root $1, volume $2 (may be
// empty), its mode $3 and user $4: nothing can be written but the volume, and all
// privileges are gone.
const isolated = `mount --bind "$1" "$1"
if [ -n "$2" ]; then
  mount --bind "$2" "$1/data"
  mount -o "remount,bind,$3" "$1/data"
fi
mount -o remount,bind,ro "$1"
root=$1 user=$4
shift 4
exec chroot --userspec="$user" --groups= "$root" "$@"`

// command is a run of the image, with a volume at /data or without.
func (i image) command(t *testing.T, volume, mode string, env []string, args ...string) *exec.Cmd {
	t.Helper()
	line := append([]string{"--mount", "--propagation", "private", "sh", "-euc", isolated, "sh", i.root, volume, mode, i.user}, i.entrypoint...)
	cmd := exec.Command(need(t, "unshare"), append(line, args...)...)
	// Only root's programs look at PATH, before the root directory is another.
	cmd.Env = append(append([]string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"}, i.env...), env...)
	return cmd
}

// run runs the image to its end.
func (i image) run(t *testing.T, volume, mode string, env []string, args ...string) ran {
	t.Helper()
	cmd := i.command(t, volume, mode, env, args...)
	return job{t: t, home: t.TempDir()}.run(cmd.Env, cmd.Path, cmd.Args[1:]...)
}

// newVolume is an empty volume with the owner of the image's /data, as engines
// make it.
func (i image) newVolume(t *testing.T) string {
	t.Helper()
	volume := t.TempDir()
	uid, gid, _ := strings.Cut(i.user, ":")
	u, err := strconv.Atoi(uid)
	g, err2 := strconv.Atoi(gid)
	if err := errors.Join(err, err2, os.Chown(volume, u, g)); err != nil {
		t.Fatal(err)
	}
	return volume
}

func TestDocumentedContainer(t *testing.T) {
	t.Parallel()
	if out, err := exec.Command(need(t, "unshare"), "--mount", "true").CombinedOutput(); err != nil || os.Geteuid() != 0 {
		t.Skipf("a mount namespace may not be made here: %s", out) // nobody can install that
	}
	i := buildImage(t)
	t.Run("server to server, without a volume", func(t *testing.T) {
		t.Parallel()
		j := newJob(t, sandbox.KindS2S)
		for range 2 {
			got := i.run(t, "", "", j.whole(), "token").wants(t, 0)
			if !strings.HasPrefix(got.out, "eyJ") || strings.Count(got.talk, "\n") != 1 || !strings.Contains(got.talk, "not stored") {
				t.Errorf("not a token, and one line about the store:\n%s%s", got.out, got.talk)
			}
		}
		j.asked("token.account_credentials", 2)
	})
	t.Run("server to server, with a volume", func(t *testing.T) {
		t.Parallel()
		j, volume := newJob(t, sandbox.KindS2S), i.newVolume(t)
		env := append(j.whole(), "TZ=Asia/Tokyo")
		first, second := i.run(t, volume, "rw", env, "token").wants(t, 0), i.run(t, volume, "rw", env, "token").wants(t, 0)
		if first != second || first.talk != "" {
			t.Errorf("not the same token:\n%v\n%v", first, second)
		}
		j.asked("token.account_credentials", 1)
	})
	t.Run("a person's sign-in", func(t *testing.T) {
		t.Parallel()
		testContainerOfAPerson(t, i)
	})
	t.Run("no HOME", func(t *testing.T) {
		t.Parallel()
		testContainerWithoutHome(t, i)
	})
}

func testContainerOfAPerson(t *testing.T, i image) {
	j, volume := newJob(t, sandbox.KindPublic), i.newVolume(t)
	refused := i.run(t, "", "", j.whole(), "login").wants(t, 7)
	if strings.Contains(refused.out+refused.talk, "/oauth/authorize") {
		t.Errorf("leads to Zoom, and could keep nothing:\n%s", refused.talk)
	}

	login := onTerminal(t, i.command(t, volume, "rw", j.whole(), "login"), 200, 50)
	var link []string
	login.until("a link", func() bool {
		link = regexp.MustCompile(`(http://[^\s\x07\x1b]+/oauth/authorize\?[^\s\x07\x1b]+)[\s\x07\x1b]`).FindStringSubmatch(login.out.String())
		return link != nil
	})
	address, err := sandbox.Browser{}.Answer(t.Context(), link[1], "allow")
	if err != nil {
		t.Fatal(err)
	}
	login.types(address + "\r")
	login.ended(0)
	for range 2 {
		i.run(t, volume, "rw", j.whole(), "token", "--force").wants(t, 0)
	}
	j.asked("token.refresh", 2)

	// Mounted read-only by mistake: what is there is used, and nothing is spent.
	i.run(t, volume, "ro", j.whole(), "token").wants(t, 0)
	i.run(t, volume, "ro", j.whole(), "token", "--force").wants(t, 7)
	j.asked("token.refresh", 2)
	i.run(t, volume, "rw", j.whole(), "token", "--force").wants(t, 0)
}

// testContainerWithoutHome: the password database knows the home directory.
func testContainerWithoutHome(t *testing.T, i image) {
	j, volume := newJob(t, sandbox.KindS2S), i.newVolume(t)
	root := t.TempDir()
	if out, err := exec.Command("cp", "-a", i.root+"/.", root).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	uid, gid, _ := strings.Cut(i.user, ":")
	passwd := "job:x:" + uid + ":" + gid + "::/data/home:/sbin/nologin\n"
	if err := os.MkdirAll(filepath.Join(root, "etc"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "etc", "passwd"), []byte(passwd), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, home := range map[string][]string{"no HOME": nil, "an empty one": {"HOME="}, "a relative one": {"HOME=home"}} {
		bare := image{root: root, env: home, user: i.user, entrypoint: i.entrypoint}
		if got := bare.run(t, volume, "rw", j.whole(), "token").wants(t, 0); got.talk != "" {
			t.Errorf("%s: %s", name, got.talk)
		}
	}
	info, err := os.Stat(filepath.Join(volume, "home", ".config", "zoomtui", "tokens", "default.json"))
	if err != nil {
		t.Fatal(err)
	}
	if owner := info.Sys().(*syscall.Stat_t).Uid; strconv.Itoa(int(owner)) != uid {
		t.Errorf("the token file is of user %d", owner)
	}
	j.asked("token.account_credentials", 1)
}
