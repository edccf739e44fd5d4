package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"zoomtui/internal/atomicfile"
)

// What a profile's cache holds; each is a file of its own, so that one that is
// damaged or of another version costs nothing but itself.
const (
	cacheUser    = "user"    // api.User
	cacheHosted  = "hosted"  // the meetings that the user hosts
	cacheInvited = "invited" // the meetings that the user is invited to
)

const (
	cacheVersion = 1
	maxCacheFile = 16 << 20 // bytes; as much as one answer of Zoom may have
)

// cache keeps answers of Zoom so that the next start has something to show. It
// never sees a token, nor what the API types leave out (start_url). All of it
// may be deleted at any time.
type cache struct{ dir string }

// cached is an answer and its age.
type cached[T any] struct {
	Version int       `json:"version"`
	AsOf    time.Time `json:"as_of"`
	Value   T         `json:"value"`
}

// readCache gives what is there. Anything that cannot be read counts as not
// there: it is only a cache.
func readCache[T any](c cache, name string) (cached[T], bool) {
	var found cached[T]
	f, err := os.Open(c.path(name))
	if err != nil {
		return cached[T]{}, false
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxCacheFile))
	if err != nil || json.Unmarshal(data, &found) != nil || found.Version != cacheVersion {
		return cached[T]{}, false
	}
	return found, true
}

// writeCache replaces what is there in one step. Nothing is flushed to disk: a
// cache that is lost with the power is fetched again.
func writeCache[T any](c cache, name string, at time.Time, value T) (err error) {
	data, err := json.Marshal(cached[T]{cacheVersion, at.UTC().Truncate(time.Second), value})
	if err != nil {
		return fmt.Errorf("encode cache: %w", err)
	}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return fmt.Errorf("make cache directory: %w", err)
	}
	c.sweep(name, at)
	f, err := os.CreateTemp(c.dir, "."+filepath.Base(c.path(name))+".tmp-*") // mode 0600
	if err != nil {
		return fmt.Errorf("write cache: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err := f.Write(data); err != nil {
		return errors.Join(fmt.Errorf("write cache: %w", err), f.Close())
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write cache: %w", err)
	}
	if err := os.Rename(f.Name(), c.path(name)); err != nil {
		return fmt.Errorf("replace cache: %w", err)
	}
	return nil
}

// sweepAfter is how old the temporary file of a writer gets before that writer
// must have been killed: it takes milliseconds.
const sweepAfter = time.Minute

// sweep removes what killed writers left.
func (c cache) sweep(name string, now time.Time) {
	for _, path := range atomicfile.Leftovers(c.path(name)) {
		if info, err := os.Lstat(path); err == nil && now.Sub(info.ModTime()) > sweepAfter {
			_ = os.Remove(path) // the next write tries again
		}
	}
}

// clear deletes everything of the profile; another person may sign in next.
func (c cache) clear() error {
	if err := os.RemoveAll(c.dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete cache: %w", err)
	}
	return nil
}

func (c cache) path(name string) string { return filepath.Join(c.dir, name+".json") }
