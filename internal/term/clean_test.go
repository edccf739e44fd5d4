package term

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

func TestClean(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in    string
		cells int
		want  string
	}{
		"plain text stays":                      {"Weekly sync", 0, "Weekly sync"},
		"blanks stay":                           {" a  b ", 0, " a  b "},
		"colour is removed":                     {"a\x1b[31mred\x1b[0mb", 0, "aredb"},
		"8-bit CSI is removed":                  {"a\u009b31mred", 0, "ared"},
		"raw 8-bit CSI is no UTF-8":             {"a\x9b31mred", 0, "a\ufffd31mred"},
		"title by OSC and BEL":                  {"a\x1b]0;gotcha\ab", 0, "ab"},
		"title by OSC and ST":                   {"a\x1b]0;gotcha\x1b\\b", 0, "ab"},
		"title by 8-bit OSC and ST":             {"a\u009d0;gotcha\u009cb", 0, "ab"},
		"clipboard by OSC 52":                   {"\x1b]52;c;cm0gLXJmIC8=\a", 0, ""},
		"hyperlink keeps its text only":         {"\x1b]8;;https://evil.test\x1b\\Zoom\x1b]8;;\x1b\\", 0, "Zoom"},
		"DCS, APC, PM and SOS":                  {"a\x1bPq\x1b\\b\x1b_G\x1b\\c\x1b^x\x1b\\d\x1bXx\x1b\\e", 0, "abcde"},
		"open string hides its own line only":   {"a\x1b]0;gotcha\nb", 0, "a b"},
		"string given up by ESC":                {"a\x1b]0;x\x1b[1mb", 0, "ab"},
		"string cancelled":                      {"a\x1bPx\x18b", 0, "ab"},
		"character set switch":                  {"a\x1b(0b", 0, "ab"},
		"terminal reset":                        {"a\x1bcb", 0, "ab"},
		"escape at the end":                     {"a\x1b", 0, "a"},
		"escape before a wide character":        {"a\x1b会", 0, "a会"},
		"CSI cut off":                           {"a\x1b[31", 0, "a"},
		"bell, backspace, delete":               {"a\a\b\x7fb", 0, "ab"},
		"line break is one blank":               {"a\r\nb", 0, "a b"},
		"line breaks, tabs and blanks":          {"a \n\t b\vc", 0, "a b c"},
		"line breaks at both ends":              {"\n\na\n", 0, "a"},
		"Unicode line breaks":                   {"a\u2028b\u2029c\u0085d", 0, "a b c d"},
		"invalid UTF-8":                         {"a\xff\xc3b", 0, "a\ufffd\ufffdb"},
		"noncharacter":                          {"a\ufffeb", 0, "a\ufffdb"},
		"right-to-left override":                {"user\u202egpj.exe", 0, "usergpj.exe"},
		"isolates and marks":                    {"\u2066a\u2069\u200e\u200f\u061cb", 0, "ab"},
		"zero-width space, BOM, soft hyphen":    {"a\u200bb\ufeffc\u00add\u2060e", 0, "abcde"},
		"family emoji keeps its joiners":        {"👨‍👩‍👧", 0, "👨‍👩‍👧"},
		"joiner between ASCII letters":          {"a\u200db", 0, "ab"},
		"joiner with nothing after it":          {"会\u200d", 0, "会"},
		"two joiners are one":                   {"👨\u200d\u200d👩", 0, "👨\u200d👩"},
		"Persian keeps its non-joiner":          {"می\u200cخواهم", 0, "می\u200cخواهم"},
		"flag of Wales keeps its tags":          {"🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f!", 0, "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f!"},
		"tags hidden in text":                   {"a\U000e0068\U000e0069b", 0, "ab"},
		"variation selector":                    {"⚠\ufe0f\ufe0f", 0, "⚠\ufe0f"},
		"mark on nothing":                       {"\u0301a", 0, "a"},
		"combining mark":                        {"e\u0301", 0, "e\u0301"},
		"pile of marks":                         {"e" + strings.Repeat("\u0301", 50), 0, "e" + strings.Repeat("\u0301", maxMarks)},
		"right-to-left text stays":              {"פגישה שבועית", 0, "פגישה שבועית"},
		"fits exactly":                          {"abcde", 5, "abcde"},
		"cut":                                   {"abcdef", 5, "abcd…"},
		"cut between wide characters":           {"設計レビュー", 6, "設計…"},
		"wide character that does not half fit": {"設計レ", 4, "設…"},
		"wide text that fits exactly":           {"設計", 4, "設計"},
		"no blank before the ellipsis":          {"abc defgh", 5, "abc…"},
		"emoji is cut whole":                    {"ab👨‍👩‍👧cd", 4, "ab…"},
		"one cell":                              {"abc", 1, "…"},
		"what is removed takes no cells":        {"\x1b[31mabc\x1b[0m", 3, "abc"},
		"empty":                                 {"", 3, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Clean(tt.in, tt.cells); got != tt.want {
				t.Errorf("Clean(%q, %d) = %q, want %q", tt.in, tt.cells, got, tt.want)
			}
		})
	}
}

func TestCleanBoundsBytes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in    string
		cells int
		limit int
	}{
		"a megabyte of letters":           {strings.Repeat("a", 1<<20), 0, maxCleanBytes},
		"a megabyte of wide characters":   {strings.Repeat("会", 1<<19), 0, maxCleanBytes},
		"an endless family in two cells":  {strings.Repeat("👨\u200d", 1<<16), 2, 3 * bytesPerCell},
		"an endless syllable in two":      {strings.Repeat("\u1100", 1<<16), 2, 3 * bytesPerCell},
		"a limit of cells beyond reason":  {strings.Repeat("a", 1<<20), 1 << 40, maxCleanBytes},
		"escape sequences without an end": {strings.Repeat("\x1b]", 1<<19), 0, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Clean(tt.in, tt.cells)
			if len(got) > tt.limit {
				t.Errorf("%d bytes, want at most %d", len(got), tt.limit)
			}
			if tt.limit > 0 && !strings.HasSuffix(got, ellipsis) {
				t.Errorf("nothing says that %q… was cut", got[:min(len(got), 20)])
			}
		})
	}
}

func TestCleanKeepsCleanTextWithoutCopying(t *testing.T) {
	text := "Weekly sync with the platform team"
	if n := testing.AllocsPerRun(100, func() { _ = Clean(text, 80) }); n != 0 {
		t.Errorf("%v allocations for text that needs nothing", n)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"", "Weekly sync", "a\x1b[31mred\x1b[0m", "\x1b]8;;https://a.test\x1b\\x\x1b]8;;\x1b\\", "\x9b31m", "a\u202eb\u2069",
		"👨‍👩‍👧‍👦 family", "🏴\U000e0067\U000e0062\U000e007f", "e\u0301\u0301\u0301", "設計レビュー 第3回", "a\r\n\tb ", "é\u200dé\u200d",
		"می\u200cخواهم", "\x1bP\x1b\x1b]\u009c", "🇯🇵🇩🇪", "\u1100\u1161\u11a8", "क्\u200dष", "a \u0301\ufe0f\ufe0f",
	} {
		f.Add(s, 0)
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, s string, cells int) {
		got := Clean(s, cells)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is no UTF-8", got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
				t.Fatalf("%q holds %U", got, r)
			}
		}
		if width := ansi.StringWidth(got); cells > 0 && width > cells {
			t.Fatalf("%q is %d cells wide, want at most %d", got, width, cells)
		}
		if limit := limitBytes(cells); len(got) > limit {
			t.Fatalf("%d bytes, want at most %d", len(got), limit)
		}
		if again := Clean(got, cells); again != got {
			t.Fatalf("cleaned twice: %q, then %q", got, again)
		}
	})
}
