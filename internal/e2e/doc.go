// Package e2e holds nothing but tests: the built program, with other programs that nobody here wrote. A real browser
// clicks the consent page of the sandbox and shows our pages; a real SSH server carries the tunnel that the program
// prints. Its processes are killed, run out of disk, lose their network, start by the hundred and crash, and no token may
// be lost or seen by it. Each test skips with the reason where a program is missing; ZOOMTUI_TEST_NO_SKIP makes that a
// failure.
package e2e
