package lan

import (
	"cmp"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
)

// Address is an address of this machine in a private network.
type Address struct {
	Addr      netip.Addr
	Interface string // wlan0
	Virtual   bool   // of containers, virtual machines or a tunnel: a phone hardly reaches it
}

// Addresses lists the addresses that [Serve] can listen on, the likeliest one for
// a phone first: private IPv4 (RFC 1918, and RFC 6598, which carriers and overlay
// networks use) and unique local IPv6 (RFC 4193) of interfaces that are up. None
// is no error.
func Addresses() ([]Address, error) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("list network interfaces: %w", err)
	}
	var found []networkInterface
	for _, i := range interfaces {
		addrs, err := i.Addrs()
		if err != nil {
			continue // it has gone in the meantime
		}
		one := networkInterface{name: i.Name, flags: i.Flags}
		for _, a := range addrs {
			if prefix, err := netip.ParsePrefix(a.String()); err == nil {
				one.addrs = append(one.addrs, prefix.Addr())
			}
		}
		found = append(found, one)
	}
	return offered(found), nil
}

// networkInterface is what the classification needs of an interface.
type networkInterface struct {
	name  string
	flags net.Flags
	addrs []netip.Addr
}

// offered picks the addresses that a phone may reach, and puts the likely ones
// first: real network cards, then whatever else it is, then the virtual ones;
// among them IPv4, which is what people recognise, before IPv6.
func offered(interfaces []networkInterface) []Address {
	var list []Address
	for _, i := range interfaces {
		if i.flags&net.FlagUp == 0 || i.flags&net.FlagLoopback != 0 {
			continue
		}
		for _, addr := range i.addrs {
			if addr = addr.Unmap(); addr.IsPrivate() || shared().Contains(addr) {
				list = append(list, Address{Addr: addr, Interface: i.name, Virtual: i.virtual()})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Address) int { return slices.Compare(a.unlikely(), b.unlikely()) })
	return list
}

// unlikely is what speaks against an address, the weightiest first; 0: nothing.
func (a Address) unlikely() []int {
	weigh := func(against bool) int {
		if against {
			return 1
		}
		return 0
	}
	return []int{weigh(a.Virtual), weigh(shared().Contains(a.Addr)), weigh(!isCard(a.Interface)), cmp.Compare(a.Addr.BitLen(), 32)}
}

// shared is the space of RFC 6598.
func shared() netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 64, 0, 0}), 10)
}

// virtual tells the bridges and ends of containers and virtual machines, and
// tunnels, by the names that their makers give them.
func (i networkInterface) virtual() bool {
	names := []string{
		"docker", "br-", "veth", "cni", "flannel", "cali", "podman", "lxc", "lxdbr", "incusbr", // containers
		"virbr", "vnet", "vmnet", "vboxnet", "vethernet", "virtualbox", "vmware", // virtual machines
		"tun", "tap", "utun", "ipsec", "wg", "zt", "tailscale", "nebula", // tunnels and overlay networks
	}
	return i.flags&net.FlagPointToPoint != 0 || begins(i.name, names)
}

// isCard tells the names of network cards and of bundles of them: those of Linux
// (also the ones that systemd makes), the BSDs, macOS and Windows.
func isCard(name string) bool {
	return begins(name, []string{"en", "eth", "wl", "wi-fi", "em", "igb", "ix", "bond"})
}

func begins(name string, with []string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(with, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}
