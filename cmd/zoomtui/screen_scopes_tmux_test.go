package main_test

import "testing"

// The way from a panel that lacks a scope to the verdict, and through a new sign-in
// back to it, on a real screen: break, read, mend, see what has changed.
func TestScreenScopeInThreeKeys(t *testing.T) {
	t.Parallel()
	need(t, "tmux")
	aiko := person{t.TempDir()}
	s := openTerminal(t, 80, 24, aiko.environment(), "demo")
	s.awaits("allow as the user")
	s.press("a")
	s.awaitsFrame(fullName, loaded)
	flip := func(told string) {
		s.press("F")
		s.awaits("What shall go wrong")
		s.press("g", "j", "j", "j", "j")
		s.awaits("No upcoming-meetings scope")
		s.press("Enter")
		s.awaits(told)
		s.press("Escape")
	}
	flip("On: No upcoming-meetings scope")
	s.awaitsFrame("Invitations: needs a scope: meeting:read:list_upcoming_meetings", "s what to do", "3 granted  1 missing", "? help")
	s.press("s")
	s.awaitsFrame("Scopes › GET /users/me/upcoming_meetings", "✗ ADD ONE", "▸ meeting:read:list_upcoming_meetings", "By Zoom's answer", "? help")
	flip("Off: No upcoming-meetings scope")
	s.awaits("✗ ADD ONE")
	s.press("L")
	s.awaits("Open this link")
	s.press("a")
	s.awaitsFrame("Scopes › GET /users/me/upcoming_meetings", "scopes 3 → 4", "✓ HAS IT", "your token has it", "? help")
	s.press("r")
	s.awaitsFrame("✓ Zoom answered 200", "? help")
	s.press("Escape")
	s.awaits(nextTopic, "all that is needed")
	s.press("q")
	s.ended(0)
	aiko.checkEmpty(t)
}
