// Package auth is OAuth 2.0 as Zoom speaks it: the app and its rules ([App],
// [CheckApp]), the sign-in with all its ways at once ([Login]), the tokens on disk
// ([Store]), and the one place that gives out a valid access token ([Source]).
//
// A sign-in waits for the browser at a listener, for a text that a person pastes
// (here, on a phone's page, or in another terminal: [Finish]) and, when asked, for a
// short code ([Device]). The first that completes wins and ends the others. One
// question is put to Zoom at a time, so that two ways never both lead to tokens:
// the second would end the first.
//
// Zoom's refresh tokens work once, and the answer to a refresh is the only copy
// of the next one. Everything here follows from that: one refresh at a time
// across all processes, a store that is tried before Zoom is asked, an answer
// that is written before it is used, and no request that is repeated unless it
// surely never left this machine.
//
// Sources: RFC 6749 (OAuth 2.0), RFC 7636 (PKCE), RFC 7009 (revocation), RFC
// 8252 (native apps), RFC 8628 (short codes),
// https://developers.zoom.us/docs/integrations/oauth/,
// https://developers.zoom.us/blog/device-authorization/ and
// https://developers.zoom.us/changelog/platform/pkce-loopback/.
package auth
