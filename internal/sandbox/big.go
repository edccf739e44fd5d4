package sandbox

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Sizes of the answers of the faults "answer-5mb" and "answer-50mb", in bytes.
const (
	fiveMegabytes  = 5_000_000
	fiftyMegabytes = 50_000_000
)

// bigAnswer is how long the list of a user's meetings is to be; 0: as it is.
func (s *Server) bigAnswer() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.on[faultAnswer50MB]:
		return fiftyMegabytes
	case s.on[faultAnswer5MB]:
		return fiveMegabytes
	default:
		return 0
	}
}

// bigList writes a list of made-up meetings of at least so many bytes, a meeting at a time. It is one page,
// and larger than any that Zoom sends.
func (w *world) bigList(size int, now time.Time) streamed {
	return func(to io.Writer) error {
		out := &countingWriter{w: bufio.NewWriterSize(to, 64<<10)}
		_, _ = io.WriteString(out, `{"page_count":1,"page_number":1,"page_size":300,"next_page_token":"","meetings":[`)
		n := 0
		for ; out.err == nil && out.n < size; n++ {
			if n > 0 {
				_, _ = io.WriteString(out, ",")
			}
			m := meeting{
				id: 70_000_000_000 + int64(n), host: w.owner(), typ: typeScheduled, duration: 15 + n%45, created: now,
				topic: fmt.Sprintf("Bulk meeting %06d 一括", n), passcode: "100000",
				agenda: "Made up to see what a program does with an answer of this size. 大きな応答を試すための会議です。",
			}
			at := row{meeting: &m, start: now.Add(time.Duration(n) * time.Minute), uuid: fmt.Sprintf("bulk%016d==", n), duration: m.duration}
			item, err := json.Marshal(w.item(at))
			if err != nil {
				return fmt.Errorf("encode meeting: %w", err)
			}
			_, _ = out.Write(item)
		}
		_, _ = fmt.Fprintf(out, `],"total_records":%d}`, n)
		return out.flush()
	}
}

// countingWriter counts what passes and remembers the first error.
type countingWriter struct {
	w   *bufio.Writer
	n   int
	err error
}

func (c *countingWriter) Write(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(p)
	c.n, c.err = c.n+n, err
	return n, err
}

func (c *countingWriter) flush() error {
	if c.err == nil {
		c.err = c.w.Flush()
	}
	return c.err
}
