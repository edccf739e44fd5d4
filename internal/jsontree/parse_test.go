package jsontree

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		offset     int // of the mistake; -1: there is none
	}{
		{"scalar", ` "a" `, -1},
		{"all kinds", `{"a":[1,-2.5e+10,true,false,null,"\u00e9\n"],"b":{},"c":[]}`, -1},
		{"name twice", `{"a":1,"a":2}`, -1},
		{"many digits", strings.Repeat("9", 1000), -1},
		{"no UTF-8", "\"a\xffb\"", -1},
		{"nested as deep as may be", strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth), -1},
		{"nested too deep", strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1), MaxDepth},
		{"nothing", "", 0},
		{"blanks", "  \n", 3},
		{"something behind it", `{} x`, 3},
		{"two documents", `1 2`, 2},
		{"no value", `{"a":}`, 5},
		{"no colon", `{"a" 1}`, 5},
		{"no comma", `[1 2]`, 3},
		{"comma at the end", `[1,]`, 3},
		{"comma at the end of an object", `{"a":1,}`, 7},
		{"other bracket", `[1}`, 2},
		{"broken off", `{"a":[1`, 7},
		{"broken off in a string", `["abc`, 5},
		{"broken off in an escape", `["\u00`, 2},
		{"unknown escape", `["\x"]`, 2},
		{"control character", "[\"a\nb\"]", 3},
		{"leading zero", `[01]`, 2},
		{"no digit behind the point", `[1.]`, 3},
		{"no digit in the exponent", `[1e]`, 3},
		{"plus", `[+1]`, 1},
		{"literal cut", `[tru]`, 1},
		{"byte order mark", "\ufeff{}", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := Parse([]byte(tt.text))
			if tt.offset < 0 {
				if err != nil || doc == nil {
					t.Errorf("%v", err)
				}
				return
			}
			mistake, ok := errors.AsType[*SyntaxError](err)
			if !ok || mistake.Offset != tt.offset || mistake.What == "" {
				t.Errorf("the error is %v, want one at %d", err, tt.offset)
			}
		})
	}
}

// FuzzParse: what is valid and what not is as encoding/json sees it, and a tree of
// what is valid holds the same document.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,2,{"b":null}]}`, `[]`, `"x"`, `-0.5e-3`, `{"a":"\ud83d\ude00"}`, "[\"\t\"]", `[1,]`, `{"":{}}`, `[[[[]]],[{}]]`, `{"a":1,"a":2}`,
		`"0123456\"89abcdef\\"`, `["aaaaaaaaaaaaaaaaaaaaaaaa` + "\x1f" + `"]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := Parse(text)
		if valid := json.Valid(text); valid != (err == nil) {
			t.Fatalf("valid is %v, the error %v", valid, err)
		}
		if err == nil {
			sameDocument(t, doc)
		}
	})
}

// meetingsJSON is a document of at least so many bytes, as Zoom sends it.
func meetingsJSON(size int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"page_count":1,"page_size":300,"total_records":9,"next_page_token":"","meetings":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"uuid":"4444AAAiAAAAAiAiAiiAii==","id":1234567890,"host_id":"30R7kT7bTIKSNUFEuH_Qlg","topic":"Weekly planning 会議 ` +
			strings.Repeat("x", i%40) + `","type":2,"start_time":"2026-11-22T10:00:00Z","duration":60,"timezone":"Asia/Tokyo","settings":{"host_video":true,"audio":"both","global_dial_in_countries":["JP","US"]},"join_url":"https:\/\/us02web.zoom.us\/j\/1234567890"}`)
	}
	b.WriteString("]}")
	return b.Bytes()
}

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string][]byte{"50MB": meetingsJSON(50 << 20), "numbers": []byte("[" + strings.Repeat("1,", 5<<20) + "1]")} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/encoding-json-valid", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				_ = json.Valid(text)
			}
		})
	}
}
