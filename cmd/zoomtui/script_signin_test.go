package main

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zoomtui/internal/lan"
	"zoomtui/internal/sandbox"
)

// hasLAN tells whether this machine has an address that a phone could open.
func hasLAN() bool {
	known, err := lan.Addresses()
	if err != nil {
		return false
	}
	_, err = choose(known, "")
	return err == nil
}

// event waits for a line of `login --json` in FILE and gives it.
func event(ts *testscript.TestScript, file, name string) map[string]any {
	var found map[string]any
	waitFor(ts, "the event "+name+" in "+file, func() bool {
		data, err := os.ReadFile(ts.MkAbs(file))
		if err != nil {
			return false
		}
		lines := bufio.NewScanner(strings.NewReader(string(data)))
		for lines.Scan() {
			var line map[string]any
			if json.Unmarshal(lines.Bytes(), &line) == nil && line["event"] == name {
				found = line // the newest counts
			}
		}
		return found != nil
	})
	return found
}

// device allow|decline|enter FILE plays the person on another device, with the
// short code of `login --device --json`.
func cmdDevice(ts *testscript.TestScript, _ bool, args []string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	code := event(ts, args[1], "device")
	complete, uri, typed := code["verification_uri_complete"].(string), code["verification_uri"].(string), code["user_code"].(string)
	var browser sandbox.Browser
	switch args[0] {
	case "allow":
		ts.Check(browser.Allow(ctx, complete))
	case "decline":
		ts.Check(browser.Decline(ctx, complete))
	case "enter":
		ts.Check(browser.Enter(ctx, uri, typed))
	default:
		ts.Fatalf("device %s?", args[0])
	}
}

// phone FILE ADDRESS pastes the address that stands in the file ADDRESS into the
// page of `login --lan --json`, and keeps the answer as stdout.
func cmdPhone(ts *testscript.TestScript, _ bool, args []string) {
	page := event(ts, args[0], "lan")["url"].(string)
	form := url.Values{"address": {ts.ReadFile(args[1])}}
	client := http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.PostForm(page, form)
	ts.Check(err)
	defer resp.Body.Close()
	var text strings.Builder
	_, err = bufio.NewReader(resp.Body).WriteTo(&text)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("phone.html"), []byte(text.String()), 0o600))
}

// pollFast is how often the scripts' sandbox lets a short code be asked for.
const pollFast = 10 * time.Millisecond
