package doctor

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"zoomtui/internal/term"
)

// listening is the state of a socket that listens, in /proc/net/tcp.
// Source: proc(5) and include/net/tcp_states.h of the kernel.
const listening = "0A"

// PortOwner finds the program that listens at a port, among those of this user
// (for root, all), as in "python3 (pid 4121)".
func PortOwner(address string) (string, bool) { return portOwner("/proc", address) }

func portOwner(proc, address string) (string, bool) {
	_, port, err := net.SplitHostPort(address)
	number, wrong := strconv.ParseUint(port, 10, 16)
	if err != nil || wrong != nil {
		return "", false
	}
	inodes := map[string]bool{}
	for _, table := range []string{"tcp", "tcp6"} {
		data, err := os.ReadFile(filepath.Join(proc, "net", table))
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(data)) {
			// sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
			f := strings.Fields(line)
			if len(f) > 9 && f[3] == listening && strings.HasSuffix(f[1], fmt.Sprintf(":%04X", number)) {
				inodes["socket:["+f[9]+"]"] = true
			}
		}
	}
	return holder(proc, inodes)
}

// holder finds the process that holds one of the sockets.
func holder(proc string, sockets map[string]bool) (string, bool) {
	if len(sockets) == 0 {
		return "", false
	}
	links, err := filepath.Glob(filepath.Join(proc, "[0-9]*", "fd", "*"))
	if err != nil {
		return "", false
	}
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || !sockets[target] {
			continue
		}
		dir := filepath.Dir(filepath.Dir(link))
		name, err := os.ReadFile(filepath.Join(dir, "comm"))
		if err != nil {
			continue
		}
		return fmt.Sprintf("%s (pid %s)", term.Clean(string(name), 0), filepath.Base(dir)), true
	}
	return "", false
}
