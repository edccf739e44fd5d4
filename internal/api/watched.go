package api

import (
	"errors"
	"io"
	"sync"
)

const prefixSize = 4 << 10 // bytes of a body that are looked at for the call and the trace

// watchedBody looks at a body while the caller reads it.
type watchedBody struct {
	io.ReadCloser
	done   func(*watchedBody) // called once, at the end or at Close
	once   sync.Once
	mu     sync.Mutex // Close may come while another goroutine reads
	intake *intake    // nil: the body is not kept
	prefix []byte
	bytes  int64
	ended  bool  // the end of the body was seen
	err    error // what broke it off
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.mu.Lock()
	b.bytes += int64(n)
	if room := prefixSize - len(b.prefix); room > 0 {
		b.prefix = append(b.prefix, p[:min(n, room)]...)
	}
	b.intake.write(p[:n])
	b.mu.Unlock()
	if err != nil {
		b.end(err)
	}
	return n, err
}

func (b *watchedBody) Close() error {
	err := b.ReadCloser.Close()
	b.end(nil)
	return err
}

func (b *watchedBody) end(err error) {
	b.once.Do(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if errors.Is(err, io.EOF) {
			b.ended = true
		} else {
			b.err = err
		}
		b.done(b)
	})
}

// whole says whether all of the body was read; promised is its length by the
// header, -1 when that does not say.
func (b *watchedBody) whole(promised int64) bool { return b.ended || b.bytes == promised }
