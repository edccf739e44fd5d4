package api

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := testTime() // 2026-11-21T18:12:44Z
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		value string
		want  time.Time
	}{
		{"3", now.Add(3 * time.Second)},
		{" 0 ", now},
		{"Sun, 22 Nov 2026 00:00:00 GMT", day},
		{"2026-11-22T00:00:00Z", day},
		{"2026-11-22T00:00:00.000Z", day},
		{"2026-11-22T09:00:00+09:00", day},
		{"2026-11-22T00:00:00+0000", day},
		{"2026-11-22T00:00:00", day},
		{"2026-11-22 00:00:00", day},
		{"2026-11-22", day},
		{"", time.Time{}},
		{"soon", time.Time{}},
		{"-5", time.Time{}},
		{"99999999999999999999", time.Time{}},
		{"9999999", time.Time{}},
		{"2026-11-21T00:00:00Z", time.Time{}},
		{"2036-11-21T00:00:00Z", time.Time{}},
		{strings.Repeat("1", 100), time.Time{}},
	}
	for _, tt := range tests {
		got := parseRetryAfter(tt.value, now)
		if !got.Equal(tt.want) || !got.IsZero() && got.Location() != now.Location() {
			t.Errorf("parseRetryAfter(%q) = %v, want %v", tt.value, got, tt.want)
		}
	}
}

func TestReadFailure(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		code       int
		message    string
	}{
		{"api", `{"code":124,"message":"Invalid access token."}`, 124, "Invalid access token."},
		{"number as text", `{"code":"300","message":"x"}`, 300, "x"},
		{"number with fraction", `{"code":300.0,"message":"x"}`, 300, "x"},
		{"authorize", `{"status":false,"errorCode":4700,"errorMessage":"Invalid redirect url","result":null}`, 4700, "Invalid redirect url"},
		{"oauth", `{"reason":"Invalid Token!","error":"invalid_grant"}`, 0, "Invalid Token!"},
		{"proxy", `{"error":"invalid_grant"}`, 0, "invalid_grant"},
		{"nested", `{"error":{"code":7,"message":"deep"}}`, 7, "deep"},
		{"byte order mark", "\ufeff{\"code\":1}", 1, ""},
		{"nothing", ``, 0, ""},
		{"list", `[]`, 0, ""},
		{"null", `null`, 0, ""},
		{"text", `oops`, 0, ""},
		{"fields of another shape", `{"code":300,"errors":"x"}`, 300, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			code, message := readFailure([]byte(tt.body))
			if code != tt.code || message != tt.message {
				t.Errorf("readFailure = %d %q, want %d %q", code, message, tt.code, tt.message)
			}
		})
	}
}

// FuzzReadFailure: no body makes trouble, and the words stay bounded.
func FuzzReadFailure(f *testing.F) {
	f.Add([]byte(`{"code":300,"message":"Validation Failed.","errors":[{"field":"a","message":"b"}]}`))
	f.Add([]byte(`{"code":4711,"message":"does not contain scopes:[a, b"}`))
	f.Add([]byte(`{"error":{"code":1e99}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		_, message := readFailure(body)
		if len(message) > maxMessage || !utf8.ValidString(message) {
			t.Errorf("message of %d bytes, valid %v", len(message), utf8.ValidString(message))
		}
		_ = codeIn(body)
	})
}

func FuzzRetryAfter(f *testing.F) {
	f.Add("3600")
	f.Add("Sun, 22 Nov 2026 00:00:00 GMT")
	f.Add("2026-11-22T00:00:00Z")
	f.Fuzz(func(t *testing.T, value string) {
		now := testTime()
		if at := parseRetryAfter(value, now); !at.IsZero() && (at.Before(now) || at.After(now.Add(maxPause))) {
			t.Errorf("parseRetryAfter(%q) = %v", value, at)
		}
	})
}
