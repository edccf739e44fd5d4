package auth_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// startProvider starts the authorization server for the length of the test, or
// skips where this machine cannot.
func startProvider(t *testing.T) (issuer string) {
	t.Helper()
	modules := providerModules(t)
	node := exec.Command("node", filepath.Join("testdata", "oidc-provider", "server.mjs"), modules)
	var said bytes.Buffer
	node.Stderr = &said
	in, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err == nil {
		err = node.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	slow := time.AfterFunc(time.Minute, func() { _ = node.Process.Kill() })
	t.Cleanup(func() {
		slow.Stop()
		_ = in.Close() // by which it ends
		_ = node.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = node.Process.Kill()
		_ = node.Wait()
		t.Fatalf("the authorization server does not start: %v\n%s", err, said.String())
	}
	slow.Stop()
	return strings.TrimSpace(line)
}

// providerModules is the directory with the server's packages: the one that
// ZOOMTUI_OIDC_MODULES names, or one that npm fills from the lock file.
func providerModules(t *testing.T) string {
	t.Helper()
	const oldest = 20
	version, err := exec.CommandContext(t.Context(), "node", "--version").Output()
	if err != nil {
		missing(t, "Node.js is not installed")
	}
	major, _, _ := strings.Cut(strings.TrimPrefix(string(version), "v"), ".")
	if n, err := strconv.Atoi(major); err != nil || n < oldest {
		t.Skipf("Node.js is too old for the authorization server: %s", version) // as a distribution has it
	}
	if dir := os.Getenv("ZOOMTUI_OIDC_MODULES"); dir != "" {
		return dir
	}
	if _, err := exec.LookPath("npm"); err != nil {
		missing(t, "npm is not installed")
	}
	dir := t.TempDir()
	for _, name := range []string{"package.json", "package-lock.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", "oidc-provider", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")
	npm.Dir = dir
	if out, err := npm.CombinedOutput(); err != nil {
		missing(t, fmt.Sprintf("npm cannot fetch the authorization server: %v\n%s", err, out))
	}
	return dir
}

// missing ends a test that this machine cannot run.
func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("ZOOMTUI_TEST_NO_SKIP") != "" {
		t.Fatal(reason + ", and ZOOMTUI_TEST_NO_SKIP allows no skipping")
	}
	t.Skip(reason)
}
