// Package lan is the page for a phone on the same network: a small web server
// on addresses of this machine that belong to private networks. Its page starts
// a sign-in and takes the address that the phone's browser ends on.
//
// Whoever is in the network can reach the port, so the page has an address of
// 128 random bits that only the QR code and the screen show. To everybody else
// each request, whatever it is, gets the same answer of a few constant bytes.
// The page never leads anywhere, keeps nothing, and is gone after the sign-in.
package lan
