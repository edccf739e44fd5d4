package jsonview

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"zoomtui/internal/jsontree"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/uitest"
)

// meetings is a list of meetings of at least so many bytes.
func meetings(size int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"page_size":300,"next_page_token":"","meetings":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"uuid":"4444AAAiAAAAAiAiAiiAii==","id":%d,"host_id":"30R7kT7bTIKSNUFEuH_Qlg","topic":"週次 planning %s","type":2,"start_time":"2026-11-22T10:00:00Z","duration":60,"timezone":"Asia/Tokyo","join_url":"https:\/\/us02web.zoom.us\/j\/1234567890","settings":{"host_video":true,"audio":"both"}}`, 81234567890+i, strings.Repeat("x", i%40))
	}
	b.WriteString("]}")
	return b.Bytes()
}

func kitContext() kit.Context {
	return kit.Context{Keys: kit.NewKeys(), Styles: kit.NewStyles(true)}
}

// BenchmarkOpen: from the body to the first window.
func BenchmarkOpen(b *testing.B) {
	for _, mb := range []int{5, 50} {
		body, c := meetings(mb<<20), kitContext()
		b.Run(fmt.Sprint(mb, "MB"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				doc, err := jsontree.Parse(body)
				if err != nil {
					b.Fatal(err)
				}
				m := New(doc)
				if f := m.View(c, 120, 40); len(f.Lines) < 5 {
					b.Fatal(len(f.Lines))
				}
			}
		})
	}
}

// BenchmarkDeep: one key and one frame, in a document that is nested nearly as deep
// as one may be.
func BenchmarkDeep(b *testing.B) {
	const depth = 9000
	doc, err := jsontree.Parse([]byte(strings.Repeat("[", depth) + "1" + strings.Repeat("]", depth)))
	if err != nil {
		b.Fatal(err)
	}
	c := kitContext()
	for _, name := range []string{"no key", "k"} {
		b.Run(name, func(b *testing.B) {
			m := New(doc)
			m.Update(uitest.Key("E"), c)
			m.Update(uitest.Key("G"), c)
			for b.Loop() {
				m.Update(uitest.Key(name), c)
				_ = m.Bindings(c.Keys)
				_ = m.View(c, 120, 40)
			}
		})
	}
}

// BenchmarkScroll: one key and one frame, in a document of 50 MB.
func BenchmarkScroll(b *testing.B) {
	doc, err := jsontree.Parse(meetings(50 << 20))
	if err != nil {
		b.Fatal(err)
	}
	c := kitContext()
	for _, first := range []string{"", "E"} {
		for _, name := range []string{"j", "pgdown", "G", "enter"} {
			b.Run(first+name, func(b *testing.B) {
				m := New(doc)
				for _, k := range []string{"j", "j", "j", "l", "j"} {
					m.Update(uitest.Key(k), c)
				}
				if first != "" {
					m.Update(uitest.Key(first), c)
				}
				for b.Loop() {
					m.Update(uitest.Key(name), c)
					_ = m.Bindings(c.Keys)
					_ = m.View(c, 120, 40)
				}
			})
		}
	}
}
