package api

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// veiled gives a text to a veil in pieces of the sizes, again and again.
func veiled(text string, sizes ...int) string {
	v := newVeil(1 << 30)
	for i := 0; text != ""; i++ {
		n := min(max(sizes[i%len(sizes)], 1), len(text))
		v.write([]byte(text[:n]))
		text = text[n:]
	}
	return string(v.close())
}

func TestVeilJSON(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", longToken)
	tests := []struct{ name, in, want string }{
		{"stays as it is", ` { "a" : [ 1 , true , "x" , { } , [ ] ] , "b" : null } `, ` { "a" : [ 1 , true , "x" , { } , [ ] ] , "b" : null } `},
		{"string", `{"access_token":"SECRET","id":1}`, `{"access_token":"[redacted]","id":1}`},
		{"number stays JSON", `{"password": 123456 }`, `{"password": "[redacted]" }`},
		{"list stays JSON", `{"token":["]","SECRET",{"a":"SECRET\"]"}],"id":1}`, `{"token":"[redacted]","id":1}`},
		{"nothing to hide", `{"password":"","token":null,"zak":true}`, `{"password":"","token":null,"zak":true}`},
		{"escaped key", `{"pass\u0077ord":"SECRET"}`, `{"pass\u0077ord":"[redacted]"}`},
		{"key with blanks", `{"Start URL":"SECRET","Refresh Token ":"SECRET"}`, `{"Start URL":"[redacted]","Refresh Token ":"[redacted]"}`},
		{"key that is a secret", `{"https://h/s?zak=SECRET1":1}`, `{"https://h/s?zak=[redacted]":1}`},
		{"address", `{"join_url":"https://us02web.zoom.us/j/1?pwd=SECRET","id":1}`, `{"join_url":"https://us02web.zoom.us/j/1?pwd=[redacted]","id":1}`},
		{"single quote hides its own string only", `{"a":"token='x","b":"seen"}`, `{"a":"token='[redacted]","b":"seen"}`},
		{"zoom's number stays", `{"code":4711,"message":"m"}`, `{"code":4711,"message":"m"}`},
		{"code that is a code", `{"code":"SECRET"}`, `{"code":"[redacted]"}`},
		{"json in json", `{"b":"{\"access_token\":\"SE\\\"CRET\",\"id\":1}"}`, `{"b":"{\"access_token\":\"[redacted]\",\"id\":1}"}`},
		{"json in json in json", `{"b":"{\"c\":\"{\\\"token\\\":\\\"SE\\\\\\\"CRET\\\",\\\"id\\\":1}\"}"}`, `{"b":"{\"c\":\"{\\\"token\\\":\\\"[redacted]\\\",\\\"id\\\":1}\"}"}`},
		{"web token behind an escape", `{"a":"\neyJSECRETSECRET.SECRET"}`, `{"a":"\n[redacted]"}`},
		{"header line in a string", `{"a":"{\"b\":\"Authorization: Bearer SECRET\"}"}`, `{"a":"{\"b\":\"Authorization: [redacted]\"}"}`},
		{"header line two levels in", `{"a":"{\"b\":\"{\\\"c\\\":\\\"Cookie: SECRET\\\"}\"}"}`, `{"a":"{\"b\":\"{\\\"c\\\":\\\"Cookie: [redacted]\\\"}\"}"}`},
		{"string alone", `"{\"token\":\"SECRET\"}"`, `"{\"token\":\"[redacted]\"}"`},
		{"PIN", `{"pin":"SECRET","PIN Code":471100,"pinned":"seen","is_pin":"seen"}`, `{"pin":"[redacted]","PIN Code":"[redacted]","pinned":"seen","is_pin":"seen"}`},
		{"pair", `[{"key":"access_token","n":{"value":"seen"},"value":"SECRET"},{"name":"Authorization","Value":["SECRET"]},{"key":"zone","value":"seen"}]`, `[{"key":"access_token","n":{"value":"seen"},"value":"[redacted]"},{"name":"Authorization","Value":"[redacted]"},{"key":"zone","value":"seen"}]`},
		{"pair that ends", `[{"key":"zak"},{"value":"seen"},{"key":"zak","a":[{"value":"seen"}]}]`, `[{"key":"zak"},{"value":"seen"},{"key":"zak","a":[{"value":"seen"}]}]`},
		{"pair in json in json", `{"b":"[{\"key\":\"zak\",\"value\":\"SECRET\"}]"}`, `{"b":"[{\"key\":\"zak\",\"value\":\"[redacted]\"}]"}`},
		{"invitation", `{"invitation":"Passcode: SECRET"}`, `{"invitation":"[redacted]"}`},
		{"broken off in a secret", `{"id":1,"pass\u0077ord":"SECR`, `{"id":1,"pass\u0077ord":"[redacted]`},
		{"broken off in a number", `{"password":123`, `{"password":"[redacted]`},
		{"broken off behind a secret", `{"password":"SECRET"`, `{"password":"[redacted]"`},
		{"broken off in a hidden list", `{"token":["SECRET`, `{"token":"[redacted]"`},
		{"long string", `{"a":"` + long + `&pwd=SECRET&b=1","token":"y"}`, `{"a":"` + long + `&pwd=[redacted]&b=1","token":"[redacted]"}`},
		{"long secret", `{"token":"` + long + `\"SECRET","b":"` + long + `"}`, `{"token":"[redacted]","b":"` + long + `"}`},
		{"no JSON after all", `[info] Authorization: Basic SECRET==` + "\nnext", `[info] Authorization: [redacted]` + "\nnext"},
		{"loose JSON", `{access_token: SECRET, "token": SECRET, id: 1}`, `{access_token: [redacted], "token": [redacted], id: 1}`},
		{"one value, then another", `{"a":1} {"token":"SECRET"}`, `{"a":1} {"token":"[redacted]"}`},
		{"list with a colon", `["token":"SECRET"]`, `["token":"[redacted]"]`},
		{"deep", strings.Repeat("[", 20000) + `"Bearer SECRETSECRETSECRET1"`, strings.Repeat("[", 20000) + `"Bearer [redacted]"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, size := range []int{1, 7, 4096, len(tt.in)} {
				if got := veiled(tt.in, size); got != tt.want {
					t.Errorf("in pieces of %d, %.80q\n got %.300q\nwant %.300q", size, tt.in, got, tt.want)
				}
			}
		})
	}
}

// TestVeilText: the size of the pieces makes no difference, and the result is that
// of hideSecrets.
func TestVeilText(t *testing.T) {
	t.Parallel()
	fill := strings.Repeat("lorem ipsum dolor ", lookahead/8)
	word := strings.Repeat("QUJD", 10*lookahead)
	texts := map[string]string{
		"short":             "a&token=SECRET&b",
		"log":               strings.Repeat("GET /x?code=SECRET HTTP\nAuthorization: Bearer SECRET\n", 2000),
		"at every place":    fill + "pwd=SECRET&" + fill[1:] + "pwd=SECRET&" + fill[2:] + "%3Fpwd%3DSECRET ",
		"word without end":  fill + word + "&token=SECRET&" + word,
		"long name":         word + "_token=SECRET&x " + word + "xtoken: y " + fill,
		"long secret":       "token=" + word + "&a=1 " + fill,
		"long quote":        `"token": "` + word + `", "a": 1` + fill,
		"web token":         "x eyJ" + word + "." + word + " y " + fill,
		"glued base64":      word + "eyJ" + word + " y",
		"quote without end": `token='` + fill + fill,
		"names only":        strings.Repeat("token:pass:code:", lookahead),
		"names in brackets": strings.Repeat("token:[pass:{", lookahead) + "SECRET",
		"no passcode":       strings.Repeat("pass:"+strings.Repeat("pass:", 40)+"x ", 200),
		"encoded":           strings.Repeat("%22pwd%22%3A%22SECRET%22%2C%22id%22%3A1%2C", lookahead/4),
		"pairs":             strings.Repeat(`"key":"pwd","value":"SECRET",`, lookahead/4),
		"empty":             "",
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := hideSecrets(text)
			if strings.Contains(want, "SECRET") {
				t.Fatalf("hideSecrets lets it out: %.200q", want)
			}
			for _, sizes := range [][]int{{len(text)}, {32 << 10}, {4096, 1, 777}, {100}} {
				if got := veiled("x"+text, sizes...); got != hideSecrets("x"+text) {
					t.Errorf("in pieces of %v: %d bytes, not %d", sizes, len(got), len(want))
				}
			}
		})
	}
}

// TestVeilHidesNoLess: whatever JSON secrets are put into, they come out of
// neither way, and the veil's JSON stays JSON.
func TestVeilHidesNoLess(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		text, err := json.Marshal(secretive(r, 4))
		if err != nil {
			t.Fatal(err)
		}
		got := veiled(string(text), 1+r.IntN(60), 1+r.IntN(5000))
		for way, out := range map[string]string{"the veil": got, "hideSecrets": hideSecrets(string(text))} {
			if i := strings.Index(out, "zQ7"); i >= 0 {
				t.Fatalf("seed %d: %s lets a secret out: …%s… of\n%s", seed, way, out[max(0, i-60):min(len(out), i+30)], text)
			}
		}
		if !json.Valid([]byte(got)) {
			t.Fatalf("seed %d: no JSON any more:\n%s\nof\n%s", seed, got, text)
		}
	}
}

// secretive makes a value with secrets in all the places that Zoom puts them.
func secretive(r *rand.Rand, depth int) any {
	secret := fmt.Sprintf("zQ7Value%dx", r.IntN(1e6))
	switch kind := r.IntN(14); {
	case kind < 4 && depth > 0:
		box := map[string]any{}
		for i := range r.IntN(5) {
			box[fmt.Sprint("k", i)] = secretive(r, depth-1)
		}
		for _, name := range []string{"start_url", "passcode", "password", "zak", "access_token", "refresh_token", "encrypted_passcode", "host_key", "Token"} {
			if r.IntN(3) == 0 {
				box[name] = secret
			}
		}
		return box
	case kind < 6 && depth > 0:
		list := []any{}
		for range r.IntN(4) {
			list = append(list, secretive(r, depth-1))
		}
		return list
	case kind < 8 && depth > 0:
		inner, _ := json.Marshal(secretive(r, depth-1))
		return string(inner)
	case kind == 8:
		return "https://us02web.zoom.us/j/1?pwd=" + secret + "&uname=x"
	case kind == 9:
		return "https://h/cb?a=1&u=https%3A%2F%2Fh%3Fzak%3D" + secret
	case kind == 10:
		return "sent Authorization: Bearer " + secret + ".abcdef-1"
	case kind == 11:
		return "eyJ" + secret + "." + secret
	case kind == 12:
		return r.IntN(1000)
	}
	return "it's \"quoted\" \\ 会議"
}

// FuzzVeil: pieces make no difference, what comes out is hidden, and JSON stays JSON.
func FuzzVeil(f *testing.F) {
	f.Add(`{"access_token":"a","b":[1,{"password":2}]}`, 3)
	f.Add(`{"a":"{\"token\":\"x\"}"}`, 1)
	f.Add(`[1,2`, 2)
	f.Add("token=a&b", 1)
	f.Add("Passcode: ab12, and", 3)
	f.Add(`{"token":["]",{`, 5)
	f.Fuzz(func(t *testing.T, text string, size int) {
		whole := veiled(text, max(len(text), 1))
		if got := veiled(text, size); got != whole {
			t.Errorf("in pieces of %d %q, whole %q", size, got, whole)
		}
		if json.Valid([]byte(text)) && !json.Valid([]byte(whole)) {
			t.Errorf("%q is JSON, %q is not", text, whole)
		}
	})
}

// BenchmarkHostile: texts that are nothing but names of secrets, and so are looked
// at closest, as a text and as strings of JSON that are short enough to be held.
func BenchmarkHostile(b *testing.B) {
	fill := strings.Repeat("pass:", passcodeLook/5-1) + " "
	for _, part := range []string{"token:", "pass:", "code:", "token:[token:[", "pass:[", `pass:"`, `code":[`, "%22pass%22%3A", "pass%3A", fill} {
		text := strings.Repeat(part, (60<<10)/len(part))
		list, err := json.Marshal([]string{text, text, text, text})
		if err != nil {
			b.Fatal(err)
		}
		for way, whole := range map[string]string{"text": "x " + strings.Repeat(text, 4), "json": string(list)} {
			b.Run(way+"/"+part[:min(len(part), 15)], func(b *testing.B) {
				b.SetBytes(int64(len(whole)))
				for b.Loop() {
					_ = veiled(whole, 32<<10)
				}
			})
		}
	}
}

func BenchmarkVeil(b *testing.B) {
	meeting := `{"uuid":"4444AAAiAAAAAiAiAiiAii==","id":1234567890,"host_id":"30R7kT7bTIKSNUFEuH_Qlg","topic":"Weekly planning with everybody","type":2,"start_time":"2026-11-22T10:00:00Z","duration":60,"timezone":"Asia/Tokyo","created_at":"2026-11-20T06:14:53Z","join_url":"https://us02web.zoom.us/j/1234567890?pwd=abcDEF123"},`
	text := []byte(`{"meetings":[` + strings.Repeat(meeting, 20000) + `{}]}`)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		v := newVeil(1 << 30)
		for rest := text; len(rest) > 0; {
			n := min(len(rest), 32<<10)
			v.write(rest[:n])
			rest = rest[n:]
		}
		_ = v.close()
	}
}
