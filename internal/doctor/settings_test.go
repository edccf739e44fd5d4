package doctor

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"zoomtui/internal/explain"
)

func TestApp(t *testing.T) {
	t.Parallel()
	file := map[string]string{"client_id": "file", "kind": "file"}
	for name, tt := range map[string]struct {
		settings Settings
		want     expect
	}{
		"public": {Settings{Profile: "work", Kind: "public", ClientID: "abcdefWXYZ", Sources: file}, expect{state: OK, says: "a public app (PKCE, no secret), client id …WXYZ; client_id, kind from config.toml"}},
		"of the environment": {
			Settings{Profile: "default", Kind: "s2s", ClientID: "abcdefWXYZ", Sources: map[string]string{"client_id": "ZOOM_CLIENT_ID", "account_id": "ZOOM_ACCOUNT_ID"}},
			expect{state: OK, says: "account_id from ZOOM_ACCOUNT_ID; client_id from ZOOM_CLIENT_ID; the rest by default"},
		},
		"same client id": {Settings{Profile: "work", Kind: "public", ClientID: "x", Same: []string{"home"}}, expect{state: Warning, says: "Profile home has the same client id", do: "zoomtui profile add"}},
		"unusable": {
			Settings{Trouble: &Trouble{Brief: "some kind", What: "The settings cannot be used.", Why: "client_secret is missing.", Steps: []string{"Correct it in /c"}, Class: explain.Usage}},
			expect{Failure, "client_secret is missing.", "Correct it in /c", explain.Usage},
		},
		"a token of the environment": {Settings{Fixed: true}, expect{state: Skipped, says: "No app is needed"}},
		"unread":                     {Settings{Unread: true}, expect{state: Skipped, says: "is not known"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := App(tt.settings)
			tt.want.verify(t, c)
			if strings.Contains(c.What, "abcdef") {
				t.Errorf("the whole client id is told: %s", c.What)
			}
		})
	}
}

func TestSettingsFile(t *testing.T) {
	t.Parallel()
	there := File{Path: "/c/config.toml", There: true, Mode: 0o600}
	expect{state: OK, says: "2 profiles"}.verify(t, SettingsFile(ConfigFile{File: there, Names: []string{"a", "b"}}))
	expect{state: OK, says: "There is no /c/config.toml"}.verify(t, SettingsFile(ConfigFile{File: File{Path: "/c/config.toml"}}))
	open := Trouble{Brief: "some kind", What: "It is open to others.", Steps: []string{"chmod 600 /c/config.toml"}, Class: explain.Store}
	expect{Failure, "open to others", "chmod 600", explain.Store}.verify(t, SettingsFile(ConfigFile{File: there, Trouble: &open}))
}

func TestReturnAddress(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		redirect Redirect
		want     expect
	}{
		"public":              {Redirect{URI: "http://127.0.0.1:8976/callback", Kind: "public"}, expect{state: OK, says: `letter by letter in both fields of the app, "OAuth Redirect URL" and "OAuth Allow List"`}},
		"IPv6":                {Redirect{URI: "http://[::1]/callback", Kind: "public"}, expect{state: OK}},
		"localhost":           {Redirect{URI: "http://LocalHost:8976/callback", Kind: "public"}, expect{Failure, "refuses localhost", "redirect_uri = \"http://127.0.0.1:8976/callback\"", explain.Usage}},
		"another host":        {Redirect{URI: "http://192.168.1.7/callback", Kind: "public"}, expect{Failure, "127.0.0.1 and [::1] only", "127.0.0.1", explain.Usage}},
		"no address":          {Redirect{URI: "callback", Kind: "public"}, expect{Failure, "no address", "redirect_uri", explain.Usage}},
		"loopback and secret": {Redirect{URI: "http://127.0.0.1:8976/callback", Kind: "confidential"}, expect{state: Warning, says: "want https", do: "zoomtui bounce"}},
		"slash":               {Redirect{URI: "http://127.0.0.1:8976/callback/", Kind: "public"}, expect{state: Warning, says: "slash"}},
		"no path":             {Redirect{URI: "http://127.0.0.1:8976", Kind: "public"}, expect{state: Warning, says: "slash"}},
		"capital host":        {Redirect{URI: "https://App.Example.com/callback", Kind: "confidential"}, expect{state: Warning, says: "capital", do: "https://app.example.com/callback"}},
		"capital path":        {Redirect{URI: "http://127.0.0.1:8976/Callback", Kind: "public"}, expect{state: Warning, says: "capital", do: "/callback"}},
		"capital scheme":      {Redirect{URI: "HTTP://127.0.0.1:8976/callback", Kind: "public"}, expect{state: Warning, says: "capital", do: "http://127"}},
		"https":               {Redirect{URI: "https://app.example.com/callback", Kind: "confidential"}, expect{state: OK, says: "comes back to 127.0.0.1:8976 by the page"}},
		"tunnel":              {Redirect{URI: "https://app.example.com/callback", Kind: "confidential", Listen: "127.0.0.1:9000"}, expect{state: OK}},
		"nobody signs in":     {Redirect{URI: "http://127.0.0.1:8976/callback", Kind: "s2s"}, expect{state: Skipped, says: "Nobody signs in"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.want.verify(t, ReturnAddress(tt.redirect))
		})
	}
}

func TestWithoutUser(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://bob:pw@example.com/cb":       "https://example.com/cb",
		"https://bob:p@w@example.com?x=@y":    "https://example.com?x=@y",
		"https://bob:p%zzw@example.com/cb":    "https://example.com/cb", // which package url cannot read
		"bob:pw@example.com/cb":               "example.com/cb",
		"http://127.0.0.1:8976/callback?to=@": "http://127.0.0.1:8976/callback?to=@",
		"https://example.com/@bob/cb":         "https://example.com/@bob/cb",
		"":                                    "",
	} {
		if got := WithoutUser(address); got != want {
			t.Errorf("%q becomes %q, want %q", address, got, want)
		}
	}
}

func TestAwaited(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ uri, listen, want string }{
		{"http://127.0.0.1:8976/callback", "", "127.0.0.1:8976"},
		{"http://127.0.0.1/callback", "", "127.0.0.1:8976"},
		{"http://[::1]:7/callback", "", "[::1]:7"},
		{"https://app.example.com/callback", "", "127.0.0.1:8976"},
		{"https://app.example.com/callback", "127.0.0.1:9", "127.0.0.1:9"},
		{"\x00", "", "127.0.0.1:8976"},
	} {
		if got := (Redirect{URI: tt.uri, Listen: tt.listen}).Awaited(); got != tt.want {
			t.Errorf("%q with listen %q is awaited at %s, want %s", tt.uri, tt.listen, got, tt.want)
		}
	}
}

func TestCallback(t *testing.T) {
	t.Parallel()
	// answers gives what each address answers; nil for those not named.
	answers := func(by map[string]error) func(context.Context, string) error {
		return func(_ context.Context, addr string) error { return by[addr] }
	}
	nobody := func(string) (string, bool) { return "", false }
	somebody := func(string) (string, bool) { return "python3 (pid 41)", true }
	const at = "127.0.0.1:8976"
	used := map[string]error{at: syscall.EADDRINUSE}
	twice := map[string]error{at: syscall.EADDRINUSE, "127.0.0.1:8977": syscall.EADDRINUSE}
	for name, tt := range map[string]struct {
		port Port
		want expect
	}{
		"free":         {Port{Address: at, Listen: answers(nil), Owner: nobody}, expect{state: OK, says: "is free"}},
		"any":          {Port{Address: "127.0.0.1:0", Listen: answers(nil), Owner: nobody}, expect{state: OK, says: "Any free port"}},
		"taken":        {Port{Address: at, Follows: true, Listen: answers(used), Owner: somebody}, expect{state: Warning, says: "taken by python3 (pid 41). A sign-in would use 127.0.0.1:8977"}},
		"two taken":    {Port{Address: at, Follows: true, Listen: answers(twice), Owner: nobody}, expect{state: Warning, says: "another program. A sign-in would use 127.0.0.1:8978"}},
		"tunnel":       {Port{Address: at, Listen: answers(used), Owner: nobody}, expect{state: Warning, says: "where your tunnel does not lead", do: "End the program"}},
		"rights":       {Port{Address: "127.0.0.1:80", Listen: answers(map[string]error{"127.0.0.1:80": syscall.EACCES}), Owner: nobody}, expect{state: Warning, says: "need rights", do: "8976"}},
		"not ours":     {Port{Address: "192.0.2.1:8976", Listen: answers(map[string]error{"192.0.2.1:8976": &net.OpError{Op: "listen", Err: syscall.EADDRNOTAVAIL}}), Owner: nobody}, expect{Failure, "cannot assign", "listen =", explain.Usage}},
		"no host:port": {Port{Address: "8976", Listen: answers(nil), Owner: nobody}, expect{Failure, "is not host:port", "listen =", explain.Usage}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.want.verify(t, Callback(t.Context(), tt.port))
		})
	}
}

// A real port, of this very process.
func TestPortIsTakenByUs(t *testing.T) {
	t.Parallel()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	address := ln.Addr().String()
	if err := TryListen(t.Context(), address); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken gives %v", err)
	}
	owner, known := PortOwner(address)
	if want := "(pid " + strconv.Itoa(os.Getpid()) + ")"; runtime.GOOS == "linux" && (!known || !strings.HasSuffix(owner, want)) {
		t.Errorf("the port is said to be held by %q (%v), want %s", owner, known, want)
	}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	if err := TryListen(t.Context(), address); err != nil {
		t.Errorf("a free port gives %v", err)
	}
	if owner, known := PortOwner("127.0.0.1:1"); known {
		t.Errorf("port 1 is said to be held by %s", owner)
	}
	if _, known := PortOwner("nonsense"); known {
		t.Error("no port has an owner")
	}
}

func TestDirectory(t *testing.T) {
	t.Parallel()
	cache := Dir{Name: "cache", For: "the last answers", File: File{Path: "/c/zoomtui", There: true, Mode: os.ModeDir | 0o700, Owner: os.Geteuid()}}
	expect{state: OK, says: "/c/zoomtui can be written"}.verify(t, Directory(cache))
	lacks := cache
	lacks.File = File{Path: "/c/zoomtui", Owner: -1}
	expect{state: OK, says: "is made when"}.verify(t, Directory(lacks))
	lacks.Err = errors.Join(syscall.EROFS)
	expect{state: Warning, says: "cannot be written", do: "ls -ld /c"}.verify(t, Directory(lacks))
	closed := cache
	closed.Err, closed.File.Mode = syscall.EACCES, os.ModeDir|0o500
	expect{state: Warning, says: "permission denied", do: "chmod 700 /c/zoomtui"}.verify(t, Directory(closed))
	foreign := cache
	foreign.Err, foreign.File.Owner = syscall.EACCES, os.Geteuid()+1
	expect{state: Warning, do: "sudo chown"}.verify(t, Directory(foreign))
	open := cache
	open.File.Mode = os.ModeDir | 0o777
	expect{state: Warning, says: "Others can write", do: "chmod 700 /c/zoomtui"}.verify(t, Directory(open))
}

func TestWritable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{dir: true, filepath.Join(dir, "not", "there"): true, file: false, filepath.Join(file, "below"): false} {
		if err := Writable(path); (err == nil) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("something was left behind: %v %v", entries, err)
	}
}
