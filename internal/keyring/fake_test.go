package keyring_test

import (
	"sync"

	"zoomtui/internal/keyring"
)

// drawer is a keyring in memory that can misbehave.
type drawer struct {
	mu      sync.Mutex
	entries map[string]string
	calls   int
	fails   error         // of each call
	forgets bool          // what is written is not there
	shut    chan struct{} // calls wait until it is closed; nil: they do not
	breaks  bool          // calls panic
}

func newDrawer() *drawer { return &drawer{entries: map[string]string{}} }

func (d *drawer) begin() error {
	if d.shut != nil {
		<-d.shut
	}
	if d.breaks {
		var signal *struct{ Name string }
		_ = signal.Name // as go-keyring does when the bus ends before a prompt is answered
	}
	return d.fails
}

func (d *drawer) Set(service, account, text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls++
	if err := d.begin(); err != nil {
		return err
	}
	if !d.forgets {
		d.entries[service+"/"+account] = text
	}
	return nil
}

func (d *drawer) Get(service, account string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls++
	if err := d.begin(); err != nil {
		return "", err
	}
	text, ok := d.entries[service+"/"+account]
	if !ok {
		return "", &keyring.Error{Kind: keyring.NotFound}
	}
	return text, nil
}

func (d *drawer) Delete(service, account string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls++
	if err := d.begin(); err != nil {
		return err
	}
	if _, ok := d.entries[service+"/"+account]; !ok {
		return &keyring.Error{Kind: keyring.NotFound}
	}
	delete(d.entries, service+"/"+account)
	return nil
}
