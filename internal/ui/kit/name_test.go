package kit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// No row but the last of a name reads like a whole name.
func TestNameRows(t *testing.T) {
	t.Parallel()
	const upcoming = "meeting:read:list_upcoming_meetings"
	tests := []struct {
		name, text string
		w          int
		want       []string
	}{
		{"whole", upcoming, 35, []string{upcoming}},
		{"at a colon", upcoming, 34, []string{"meeting:read:", "list_upcoming_meetings"}},
		{"with its level", upcoming + ":admin", 36, []string{upcoming + ":", "admin"}},
		{"two names", "user:read · user:read:admin", 20, []string{"user:read ·", "user:read:admin"}},
		{"two names, one of them long", "user:read · meeting:read:list_meetings", 24, []string{"user:read ·", "meeting:read:", "list_meetings"}},
		{"two names in a row", "user:read · user:read:admin", 27, []string{"user:read · user:read:admin"}},
		{"a part that is too long", "a:" + "bcdefgh", 4, []string{"a:", "bcde", "fgh"}},
		{"nothing", "", 10, []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := NameRows(tt.text, tt.w)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			for _, row := range got {
				if Width(row) > tt.w {
					t.Errorf("%q is wider than %d", row, tt.w)
				}
			}
		})
	}
}
