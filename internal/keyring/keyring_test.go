package keyring_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/keyring"
)

func TestKeys(t *testing.T) {
	t.Parallel()
	d := newDrawer()
	ring := keyring.New(keyring.Options{Service: d})
	one, key, err := ring.NewKey(t.Context(), "work")
	if err != nil || len(key) != keyring.KeySize || !strings.HasPrefix(one, "work-") {
		t.Fatalf("new key %q of %d bytes, %v", one, len(key), err)
	}
	two, other, err := ring.NewKey(t.Context(), "work")
	if err != nil || two == one || bytes.Equal(key, other) {
		t.Fatalf("the second key %q is the first %q, or %v", two, one, err)
	}
	if got, err := ring.Key(t.Context(), one); err != nil || !bytes.Equal(got, key) {
		t.Errorf("read back another key, %v", err)
	}
	if err := ring.Delete(t.Context(), one); err != nil {
		t.Error(err)
	}
	if _, err := ring.Key(t.Context(), one); !errors.Is(err, keyring.NotFound) {
		t.Errorf("after the deletion: %v", err)
	}
	if got, err := ring.Key(t.Context(), two); err != nil || !bytes.Equal(got, other) {
		t.Errorf("the other key went with it: %v", err)
	}
}

// What stands under our name but is no key must not become one.
func TestNoKey(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "not base64!", "c2hvcnQ="} {
		d := newDrawer()
		d.entries["zoomtui/work-1"] = text
		if _, err := keyring.New(keyring.Options{Service: d}).Key(t.Context(), "work-1"); !errors.Is(err, keyring.NotFound) {
			t.Errorf("%q: %v, want NotFound", text, err)
		} else if text != "" && strings.Contains(err.Error(), text) {
			t.Errorf("the content is quoted: %v", err)
		}
	}
}

func TestProbe(t *testing.T) {
	t.Parallel()
	locked := &keyring.Error{Kind: keyring.Locked, Err: errors.New("collection '/a/b'")}
	tests := []struct {
		name  string
		bends func(*drawer)
		want  error
		says  string
	}{
		{"usable", func(*drawer) {}, nil, ""},
		{"locked", func(d *drawer) { d.fails = locked }, keyring.Locked, "the keyring is locked"},
		{"refuses", func(d *drawer) { d.fails = errors.New("access denied") }, keyring.Refused, "the keyring refused: access denied"},
		{"forgets", func(d *drawer) { d.forgets = true }, keyring.NotFound, "no such key"},
		{"breaks", func(d *drawer) { d.breaks = true }, keyring.Refused, "not understood"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := newDrawer()
			test.bends(d)
			err := keyring.New(keyring.Options{Service: d}).Probe(t.Context())
			if !errors.Is(err, test.want) {
				t.Fatalf("%v, want %v", err, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), test.says) {
				t.Errorf("it says %q, want %q", err, test.says)
			}
			if len(d.entries) != 0 {
				t.Errorf("the probe leaves %v", d.entries)
			}
		})
	}
}

// A keyring that never answers costs the limit once; while it is silent, nothing
// more is asked, and when it speaks again, it is used again.
func TestSilentKeyring(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDrawer()
		d.shut = make(chan struct{})
		ring := keyring.New(keyring.Options{Service: d})
		start := time.Now()
		if err := ring.Probe(t.Context()); !errors.Is(err, keyring.NoAnswer) {
			t.Fatalf("%v, want NoAnswer", err)
		}
		if took := time.Since(start); took != keyring.Limit {
			t.Errorf("given up after %v, want %v", took, keyring.Limit)
		}
		for range 5 {
			if _, err := ring.Key(t.Context(), "work-1"); !errors.Is(err, keyring.NoAnswer) {
				t.Errorf("%v, want NoAnswer", err)
			}
		}
		if took := time.Since(start); took != keyring.Limit {
			t.Errorf("the later calls waited until %v", took)
		}
		close(d.shut) // the person has typed the password
		synctest.Wait()
		if err := ring.Probe(t.Context()); err != nil {
			t.Errorf("it answers again, but: %v", err)
		}
		if d.calls != 6 {
			t.Errorf("%d calls, want the three of each probe", d.calls)
		}
	})
}

// Whoever leaves does not wait for the keyring.
func TestCallerLeaves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDrawer()
		d.shut = make(chan struct{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		err := keyring.New(keyring.Options{Service: d}).Probe(ctx)
		if !errors.Is(err, keyring.NoAnswer) || !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		close(d.shut)
	})
}
