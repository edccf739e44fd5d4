package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// cached PROFILE hosted|invited AGE FILE puts a list of meetings into a profile's
// cache, as if Zoom had been asked so long ago. In the file a start is written as
// the time until it: "start_time": "+13m30s".
func cmdCached(ts *testscript.TestScript, _ bool, args []string) {
	now := time.Now()
	age, err := time.ParseDuration(args[2])
	ts.Check(err)
	starts := regexp.MustCompile(`"[+-][0-9a-z]+"`).ReplaceAllStringFunc(ts.ReadFile(args[3]), func(text string) string {
		until, err := time.ParseDuration(text[1 : len(text)-1])
		ts.Check(err)
		return now.Add(until).UTC().Format(`"` + time.RFC3339 + `"`)
	})
	var meetings []any
	ts.Check(json.Unmarshal([]byte(starts), &meetings))
	kept := cache{filepath.Join(ts.Getenv("XDG_CACHE_HOME"), "zoomtui", args[0])}
	ts.Check(writeCache(kept, args[1], now.Add(-age), meetings))
}
