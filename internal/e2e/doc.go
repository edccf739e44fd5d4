// Package e2e holds nothing but tests: the built program, signed in with other programs that nobody here wrote. A real
// browser clicks the consent page of the sandbox and shows our pages; a real SSH server carries the tunnel that the
// program prints. Each test skips with the reason where such a program is missing; ZOOMTUI_TEST_NO_SKIP makes that a
// failure.
package e2e
