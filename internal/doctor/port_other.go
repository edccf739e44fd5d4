//go:build !linux

package doctor

// PortOwner does not know here who listens at a port.
func PortOwner(string) (string, bool) { return "", false }
