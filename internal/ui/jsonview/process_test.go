package jsonview_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/api"
	"zoomtui/internal/har"
	"zoomtui/internal/jsontree"
	"zoomtui/internal/ui/jsonview"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/uitest"
)

const (
	largeAnswer = 50 << 20  // bytes of the answer
	mostMemory  = 300 << 10 // kB that a process that shows it may ever hold
	childServer = "ZOOMTUI_TEST_LARGE_ANSWER"
)

// TestLargeAnswerInARealProcess: a process that asks for an answer of 50 MB, keeps
// it with its secrets hidden, opens it as a tree, walks in it, searches it, asks for
// it again and exports all never holds more than 300 MB.
func TestLargeAnswerInARealProcess(t *testing.T) {
	if address := os.Getenv(childServer); address != "" {
		useLargeAnswer(t, address)
		return
	}
	if runtime.GOOS != "linux" || testing.Short() || raceDetector() {
		t.Skip("the memory of a process is read from /proc, takes some seconds to fill, and the race detector multiplies it")
	}
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(serveLarge))
	defer server.Close()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLargeAnswerInARealProcess$", "-test.v")
	child.Env = append(os.Environ(), childServer+"="+server.URL)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if _, words, ok := strings.Cut(line, "measured: "); ok {
			t.Log(strings.TrimSpace(words))
		}
	}
}

// raceDetector tells whether this test was built with it.
func raceDetector() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// serveLarge answers with meetings, as Zoom writes them.
func serveLarge(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	out := bufio.NewWriter(w)
	defer out.Flush()
	sent, _ := io.WriteString(out, `{"page_count":1,"page_size":300,"next_page_token":"abc","meetings":[`)
	for i := 0; sent < largeAnswer; i++ {
		if i > 0 {
			_ = out.WriteByte(',')
		}
		n, _ := fmt.Fprintf(out, `{"uuid":"4444AAAiAAAAAiAiAiiAii==","id":%d,"host_id":"30R7kT7bTIKSNUFEuH_Qlg","topic":"週次 planning","type":2,"start_time":"2026-11-22T10:00:00Z","duration":60,"password":"SECRET%d","join_url":"https:\/\/us02web.zoom.us\/j\/%d?pwd=SECRET","start_url":"https:\/\/us02web.zoom.us\/s\/1?zak=SECRET"}`, i, i, i)
		sent += n
	}
	_, _ = io.WriteString(out, "]}")
}

// useLargeAnswer does in a process of its own what a person would.
func useLargeAnswer(t *testing.T, address string) {
	r := api.NewRecorder(nil, api.RecorderOptions{})
	r.KeepBodies(64 << 20)
	client := &http.Client{Transport: r}
	c := kit.Context{Keys: kit.NewKeys(), Styles: kit.NewStyles(true)}
	for n := 1; n <= 2; n++ {
		began := time.Now()
		res, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		read := time.Since(began)
		began = time.Now()
		e, ok := r.Exchange(n)
		if !ok || e.BodyNote != "" || bytes.Contains(e.Body, []byte("SECRET")) {
			t.Fatalf("the body: %d bytes, %q", len(e.Body), e.BodyNote)
		}
		m := openLarge(t, c, e.Body)
		opened := time.Since(began)
		t.Logf("measured: answer %d of %d MB: %v to read, %v to the first window, %v the longest key and frame", n, len(e.Body)>>20, read.Round(time.Millisecond), opened.Round(time.Millisecond), walk(t, c, m).Round(time.Microsecond))
		held(t)
	}
	list := []api.Exchange{}
	for _, call := range r.Calls() {
		e, _ := r.Exchange(call.Seq)
		list = append(list, e)
	}
	if err := har.Write(io.Discard, list, "zoomtui", "test"); err != nil {
		t.Fatal(err)
	}
	if peak := held(t); peak > mostMemory {
		t.Errorf("the process held %d kB, more than %d", peak, mostMemory)
	}
}

// held is the most memory that this process has ever held, in kB.
func held(t *testing.T) (peak int) {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, words, _ := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscan(words, &peak); err != nil {
		t.Fatal(err)
	}
	t.Logf("measured: the process held %d MB at most", peak>>10)
	return peak
}

func openLarge(t *testing.T, c kit.Context, body []byte) *jsonview.Model {
	t.Helper()
	doc, err := jsontree.Parse(body)
	if err != nil {
		t.Fatal(err)
	}
	m := jsonview.New(doc)
	if f := m.View(c, 120, 40); len(f.Lines) < 5 {
		t.Fatalf("%d lines", len(f.Lines))
	}
	return m
}

// walk presses keys and searches; it gives the longest time that one key and its
// frame took.
func walk(t *testing.T, c kit.Context, m *jsonview.Model) (longest time.Duration) {
	t.Helper()
	press := func(name string) tea.Cmd {
		began := time.Now()
		cmd, _ := m.Update(uitest.Key(name), c)
		_ = m.Bindings(c.Keys)
		_ = m.View(c, 120, 40)
		longest = max(longest, time.Since(began))
		return cmd
	}
	for _, k := range strings.Fields("j j j j l j l G g E G pgdown g C G enter E h h / n o w h e r e") {
		press(k)
	}
	for cmd := press("enter"); cmd != nil; {
		msg := cmd()
		began := time.Now()
		cmd, _ = m.Update(msg, c)
		_ = m.View(c, 120, 40)
		longest = max(longest, time.Since(began))
	}
	return longest
}
