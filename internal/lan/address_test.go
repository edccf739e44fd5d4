package lan

import (
	"net"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fakeInterface has the flags and addresses that are named.
func fakeInterface(name string, flags net.Flags, addrs ...string) networkInterface {
	i := networkInterface{name: name, flags: flags}
	for _, addr := range addrs {
		i.addrs = append(i.addrs, netip.MustParseAddr(addr))
	}
	return i
}

func TestOffered(t *testing.T) {
	t.Parallel()
	const up = net.FlagUp | net.FlagRunning | net.FlagBroadcast
	tests := map[string]struct {
		machine []networkInterface
		want    []string // address, interface, and what is said of it
	}{
		"a laptop": {
			[]networkInterface{
				fakeInterface("lo", up|net.FlagLoopback, "127.0.0.1", "::1", "10.9.9.9"),
				fakeInterface("docker0", up, "172.17.0.1"),
				fakeInterface("wlp3s0", up, "fd12:3456::7", "192.168.1.5", "fe80::1", "2001:db8::5"),
			},
			[]string{"192.168.1.5 wlp3s0", "fd12:3456::7 wlp3s0", "172.17.0.1 docker0 virtual"},
		},
		"only virtual ones": {
			[]networkInterface{
				fakeInterface("br-0a1b2c3d", up, "172.18.0.1"), fakeInterface("veth12ab", up, "10.0.0.1"), fakeInterface("virbr0", up, "192.168.122.1"),
				fakeInterface("vmnet8", up, "192.168.8.1"), fakeInterface("vboxnet0", up, "192.168.56.1"), fakeInterface("cni0", up, "10.42.0.1"),
				fakeInterface("flannel.1", up, "10.42.1.0"), fakeInterface("podman1", up, "10.88.0.1"), fakeInterface("lxcbr0", up, "10.0.3.1"),
				fakeInterface("lxdbr0", up, "10.0.4.1"), fakeInterface("tun0", up, "10.8.0.2"), fakeInterface("tap0", up, "10.8.1.2"),
				fakeInterface("wg0", up, "10.8.2.2"), fakeInterface("utun4", up, "10.8.3.2"), fakeInterface("ztabc", up, "10.8.4.2"),
				fakeInterface("tailscale0", up, "100.101.102.103"), fakeInterface("vEthernet (WSL)", up, "172.20.0.1"),
				fakeInterface("office", up|net.FlagPointToPoint, "10.8.5.2"),
			},
			[]string{
				"172.18.0.1 br-0a1b2c3d virtual", "10.0.0.1 veth12ab virtual", "192.168.122.1 virbr0 virtual", "192.168.8.1 vmnet8 virtual",
				"192.168.56.1 vboxnet0 virtual", "10.42.0.1 cni0 virtual", "10.42.1.0 flannel.1 virtual", "10.88.0.1 podman1 virtual",
				"10.0.3.1 lxcbr0 virtual", "10.0.4.1 lxdbr0 virtual", "10.8.0.2 tun0 virtual", "10.8.1.2 tap0 virtual", "10.8.2.2 wg0 virtual",
				"10.8.3.2 utun4 virtual", "10.8.4.2 ztabc virtual", "172.20.0.1 vEthernet (WSL) virtual", "10.8.5.2 office virtual",
				"100.101.102.103 tailscale0 virtual",
			},
		},
		"cards before others": {
			[]networkInterface{
				fakeInterface("br0", up, "192.168.7.1"), fakeInterface("usb0", up, "192.168.42.2"), fakeInterface("eno1", up, "10.1.2.3"),
				fakeInterface("wwan0", up, "100.70.1.2"), fakeInterface("Wi-Fi", up, "192.168.1.9"),
			},
			[]string{"10.1.2.3 eno1", "192.168.1.9 Wi-Fi", "192.168.7.1 br0", "192.168.42.2 usb0", "100.70.1.2 wwan0"},
		},
		"down, public, link-local, unspecified": {
			[]networkInterface{
				fakeInterface("eth0", net.FlagBroadcast, "192.168.1.5"),
				fakeInterface("eth1", up, "203.0.113.7", "169.254.3.4", "0.0.0.0", "100.128.0.1", "100.63.255.255", "172.32.0.1", "192.167.255.255", "2001:db8::1", "fe80::1", "::"),
			},
			nil,
		},
		"written as IPv6": {
			[]networkInterface{fakeInterface("eth0", up, "::ffff:10.0.0.5", "::ffff:8.8.8.8")},
			[]string{"10.0.0.5 eth0"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, a := range offered(test.machine) {
				line := a.Addr.String() + " " + a.Interface
				if a.Virtual {
					line += " virtual"
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAddressesOfThisMachine(t *testing.T) {
	t.Parallel()
	list, err := Addresses()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if a.Addr.IsLoopback() || !a.Addr.IsPrivate() && !shared().Contains(a.Addr) || a.Interface == "" {
			t.Errorf("offered: %+v", a)
		}
	}
}

func TestAllowed(t *testing.T) {
	t.Parallel()
	machine := []Address{{Addr: netip.MustParseAddr("192.168.1.5")}, {Addr: netip.MustParseAddr("fd00::5")}}
	tests := map[string]struct {
		wanted []string
		want   string // the addresses, or the end of the error
	}{
		"one":                  {[]string{"192.168.1.5"}, "192.168.1.5"},
		"both, one twice":      {[]string{"fd00::5", "192.168.1.5", "::ffff:192.168.1.5"}, "fd00::5 192.168.1.5"},
		"none":                 {nil, "no address in a private network"},
		"of another machine":   {[]string{"192.168.1.6"}, "192.168.1.6 is not an address of this machine in a private network"},
		"public":               {[]string{"203.0.113.7"}, "203.0.113.7 is not an address of this machine in a private network"},
		"every address":        {[]string{"0.0.0.0"}, "0.0.0.0 is not an address of this machine in a private network"},
		"every address, IPv6":  {[]string{"::"}, ":: is not an address of this machine in a private network"},
		"loopback":             {[]string{"127.0.0.1"}, "127.0.0.1 is not an address of this machine in a private network"},
		"a good and a bad one": {[]string{"192.168.1.5", "8.8.8.8"}, "8.8.8.8 is not an address of this machine in a private network"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var wanted []netip.Addr
			for _, addr := range test.wanted {
				wanted = append(wanted, netip.MustParseAddr(addr))
			}
			addrs, err := allowed(wanted, machine)
			got := ""
			for i, addr := range addrs {
				if i > 0 {
					got += " "
				}
				got += addr.String()
			}
			if err != nil {
				got = err.Error()
			}
			if want := test.want; got != want && got != "open the page for a phone: this machine has "+want && got != "open the page for a phone: "+want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
