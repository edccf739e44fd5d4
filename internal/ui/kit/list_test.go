package kit

import "testing"

func TestListPassesOverHeadings(t *testing.T) {
	t.Parallel()
	var l List
	l.SetRows(6, []int{0, 3}) // 0 and 3 are headings
	if l.Cursor() != 1 {
		t.Fatalf("starts on row %d, want the first meeting", l.Cursor())
	}
	steps := []struct{ move, want int }{{1, 2}, {1, 4}, {1, 5}, {1, 5}, {-1, 4}, {-1, 2}, {-5, 1}}
	for _, s := range steps {
		l.Move(s.move)
		if l.Cursor() != s.want {
			t.Errorf("after %+d the cursor is on %d, want %d", s.move, l.Cursor(), s.want)
		}
	}
}

func TestListKeepsTheCursorInSight(t *testing.T) {
	t.Parallel()
	var l List
	l.SetRows(10_000, []int{0, 5000})
	for _, at := range []int{1, 40, 4999, 5001, 9999, 3} {
		l.MoveTo(at)
		for h := 1; h < 30; h++ {
			first, end := l.Window(h)
			if c := l.Cursor(); c < first || c >= end || end-first > h {
				t.Fatalf("cursor %d is outside [%d,%d) of height %d", c, first, end, h)
			}
		}
	}
	l.MoveTo(5001)
	if first, _ := l.Window(10); first > 5000 {
		t.Errorf("the heading above the cursor is out of sight (window starts at %d)", first)
	}
}

func TestListShrinks(t *testing.T) {
	t.Parallel()
	var l List
	l.SetRows(20, nil)
	l.MoveTo(19)
	l.SetRows(3, []int{0})
	if l.Cursor() != 2 {
		t.Errorf("cursor is on %d, want the last row", l.Cursor())
	}
	l.SetRows(0, nil)
	if l.Cursor() != -1 {
		t.Errorf("an empty list has a cursor: %d", l.Cursor())
	}
	l.SetRows(1, []int{0})
	if l.Cursor() != -1 {
		t.Errorf("a heading was selected")
	}
}
