package auth

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestDeviceAnswer(t *testing.T) {
	t.Parallel()
	const start = `{"device_code":"dc","user_code":"abcd1234","verification_uri":"https://zoom.us/oauth_device"`
	long := strings.Repeat("a", maxDeviceURI)
	tests := []struct {
		name, body     string
		ok             bool
		complete       string
		life, interval time.Duration
	}{
		{"Zoom's", start + `,"verification_uri_complete":"https://zoom.us/oauth/device/complete/abcd1234","expires_in":900,"interval":5}`, true, "https://zoom.us/oauth/device/complete/abcd1234", 15 * time.Minute, 5 * time.Second},
		{"only what must be there", start + `}`, true, "", 15 * time.Minute, 5 * time.Second},
		{"numbers as strings", start + `,"expires_in":"600","interval":"7.5"}`, true, "", 10 * time.Minute, 7500 * time.Millisecond},
		{"absurd numbers", start + `,"expires_in":1e30,"interval":86400}`, true, "", time.Hour, time.Minute},
		{"nothing and less", start + `,"expires_in":-5,"interval":0}`, true, "", 15 * time.Minute, 5 * time.Second},
		{"complete at another host", start + `,"verification_uri_complete":"https://evil.example/x"}`, true, "", 15 * time.Minute, 5 * time.Second},
		{"complete in the clear", start + `,"verification_uri_complete":"http://zoom.us/x"}`, true, "", 15 * time.Minute, 5 * time.Second},
		{"complete is a script", start + `,"verification_uri_complete":"javascript:alert(1)"}`, true, "", 15 * time.Minute, 5 * time.Second},
		{"complete is endless", start + `,"verification_uri_complete":"https://zoom.us/` + long + `"}`, true, "", 15 * time.Minute, 5 * time.Second},
		{"in the clear", `{"device_code":"dc","user_code":"a","verification_uri":"http://zoom.us/x"}`, false, "", 0, 0},
		{"on this machine", `{"device_code":"dc","user_code":"a","verification_uri":"http://127.0.0.1:1/x"}`, true, "", 15 * time.Minute, 5 * time.Second},
		{"another name of the address", `{"device_code":"dc","user_code":"a","verification_url":"https://zoom.us/x"}`, true, "", 15 * time.Minute, 5 * time.Second},
		{"a user name", `{"device_code":"dc","user_code":"a","verification_uri":"https://zoom.us@evil.example/"}`, false, "", 0, 0},
		{"escapes in the code", `{"device_code":"dc","user_code":"\u001b[2Jab","verification_uri":"https://zoom.us/x"}`, false, "", 0, 0},
		{"an endless code", `{"device_code":"dc","user_code":"` + long + `","verification_uri":"https://zoom.us/x"}`, false, "", 0, 0},
		{"no code for the polls", `{"user_code":"a","verification_uri":"https://zoom.us/x"}`, false, "", 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f, _ := readFields([]byte(test.body))
			d, ok := f.device()
			if ok != test.ok || d.complete != test.complete || d.life != test.life || d.interval != test.interval {
				t.Errorf("%v %+v", ok, d)
			}
		})
	}
}

func FuzzDeviceAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"device_code":"dc","user_code":"abcd1234","verification_uri":"https://zoom.us/oauth_device","verification_uri_complete":"https://zoom.us/oauth/device/complete/abcd1234","expires_in":900,"interval":5}`,
		`{"device_code":1,"user_code":2,"verification_uri":"https://[::1]/","expires_in":"NaN","interval":1e400}`, `[]`, `{`, `{"user_code":"\u202e"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		fields, _ := readFields(body)
		d, ok := fields.device()
		if !ok {
			return
		}
		if d.code == "" || !userCodeLike(d.userCode) || d.life <= 0 || d.life > longestDevice || d.interval < time.Second || d.interval > longestInterval {
			t.Fatalf("accepted %+v", d)
		}
		for _, raw := range []string{d.uri, d.complete} {
			u, err := url.Parse(raw)
			if err != nil || raw != "" && (u.Host == "" || u.User != nil || u.Scheme != "https" && !loopback(u.Hostname())) || strings.ContainsFunc(raw, notToken) {
				t.Fatalf("address %q", raw)
			}
		}
	})
}
