package agenda

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// bars are what all formats make of one line.
type bars struct{ Plain, Text, Tooltip, Tmux, Polybar string }

func lineOf(known Known, v Viewer) Line {
	l := Line{Glance: Look(known, v), Viewer: v}
	if l.Meeting != nil {
		l.Title = l.Meeting.Topic
	}
	return l
}

func TestLine(t *testing.T) {
	t.Parallel()
	now := at(13, 47)
	const half = 30 * time.Minute
	known := func(age time.Duration, meetings ...Meeting) Known {
		return Known{Meetings: meetings, AsOf: now.Add(-age), SignedIn: true}
	}
	same := func(text string) bars { return bars{Text: text, Tmux: text, Polybar: text} }
	with := func(b bars, plain, tooltip string) bars { b.Plain, b.Tooltip = plain, tooltip; return b }
	tests := map[string]struct {
		known Known
		want  bars
	}{
		"nothing is due, and nothing is shown": {known(0), with(same(""), "", "No meeting is coming up.")},
		"soon": {
			known(0, timed("Weekly sync", at(14, 0), half)),
			with(same("13 min Weekly sync"), "in 13 min  14:00–14:30  Weekly sync", "Weekly sync\nin 13 min, 14:00–14:30"),
		},
		"on another day": {
			known(0, timed("Weekly sync", at(34, 0), half)),
			with(same("20 h Weekly sync"), "in 20 h  Mon 23 Nov 10:00–10:30  Weekly sync", "Weekly sync\nin 20 h, Mon 23 Nov 10:00–10:30"),
		},
		"in another year": {
			known(0, timed("Review", at(45*24, 0), half)),
			with(same("44 d Review"), "in 44 d  Wed 6 Jan 2027 00:00–00:30  Review", "Review\nin 44 d, Wed 6 Jan 2027 00:00–00:30"),
		},
		"running": {
			known(0, timed("Weekly sync", at(13, 30), half)),
			with(same("now Weekly sync"), "now, 13 min left  13:30–14:00  Weekly sync", "Weekly sync\nnow, 13 min left, 13:30–14:00"),
		},
		"running, the end not known": {
			known(0, timed("Weekly sync", at(13, 30), 0)),
			with(same("now Weekly sync"), "now  13:30  Weekly sync", "Weekly sync\nnow, 13:30"),
		},
		"old": {
			known(13*time.Hour, timed("Weekly sync", at(14, 0), half)),
			with(same("13 min Weekly sync (data 13 h old)"), "in 13 min  14:00–14:30  Weekly sync",
				"Weekly sync\nin 13 min, 14:00–14:30\nAs of Sun 22 Nov 00:47. The dashboard renews it: zoomtui"),
		},
		"old, and nothing is due": {
			known(72 * time.Hour),
			with(same("Zoom: data 3 d old"), "", "As of Thu 19 Nov 13:47. The dashboard renews it: zoomtui"),
		},
		"never asked for": {
			Known{SignedIn: true},
			with(same("Zoom: no data yet"), "", "Nothing is known of the meetings yet. The dashboard asks for them: zoomtui"),
		},
		"signed out": {Known{AsOf: now}, with(same("Zoom: sign in"), "", "Sign in again: zoomtui login")},
		"a topic full of markup": {
			known(0, timed(`<b>A & "B"</b> 'C' #[fg=red]D #(date) ##E %{F#f00}F 50%`, at(14, 0), half)),
			bars{
				Plain:   `in 13 min  14:00–14:30  <b>A & "B"</b> 'C' #[fg=red]D #(date) ##E %{F#f00}F 50%`,
				Text:    `13 min &lt;b&gt;A &amp; &quot;B&quot;&lt;/b&gt; &#39;C&#39; #[fg=red]D #(date) ##E %{F#f00}F 50%`,
				Tooltip: "&lt;b&gt;A &amp; &quot;B&quot;&lt;/b&gt; &#39;C&#39; #[fg=red]D #(date) ##E %{F#f00}F 50%\nin 13 min, 14:00–14:30",
				Tmux:    `13 min <b>A & "B"</b> 'C' ##[fg=red]D ##(date) ##E %{F##f00}F 50%`,
				Polybar: `13 min <b>A & "B"</b> 'C' #[fg=red]D #(date) ##E % {F#f00}F 50%`,
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := lineOf(tt.known, Viewer{Now: now, Zone: time.UTC})
			w := l.Waybar()
			got := bars{l.Plain(), w.Text, w.Tooltip, l.Tmux(), l.Polybar()}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if w.Class != l.State || w.Alt != string(l.State) {
				t.Errorf("class %q and alt %q of the state %q", w.Class, w.Alt, l.State)
			}
		})
	}
}

func TestNoteIsInTheTooltip(t *testing.T) {
	t.Parallel()
	l := lineOf(Known{AsOf: at(13, 47), SignedIn: true}, Viewer{Now: at(13, 47), Zone: time.UTC})
	l.Note = "9 days < 14"
	if got, want := l.Waybar().Tooltip, "No meeting is coming up.\n9 days &lt; 14"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	due := lineOf(Known{AsOf: at(13, 47), SignedIn: true, Meetings: []Meeting{timed("Sync", at(14, 0), time.Hour)}}, Viewer{Now: at(13, 47), Zone: time.UTC})
	due.JoinURL = "https://zoom.us/j/1"
	none := lineOf(Known{AsOf: at(13, 47), SignedIn: true}, due.Viewer)
	tests := map[string]struct {
		template string
		line     Line
		want     string // or the error
	}{
		"every field":             {"{in}|{start}|{title}|{join_url}|{minutes}", due, "13 min|14:00|Sync|https://zoom.us/j/1|13"},
		"text alone":              {"a meeting", due, "a meeting"},
		"braces":                  {"{{{title}}} }}{{", due, "{Sync} }{"},
		"a field twice":           {"{title}{title}", due, "SyncSync"},
		"nothing is due":          {"next: {title}", none, ""},
		"an unknown field":        {"{titel}", due, "there is no field {titel}"},
		"an empty field":          {"{}", due, "there is no field {}"},
		"a brace that stays open": {"{title", due, "a { stands alone; write {{ for the character itself"},
		"a brace in a field":      {"{in{title}", due, "a { stands alone; write {{ for the character itself"},
		"a brace that closes":     {"title}", due, "a } stands alone; write }} for the character itself"},
		"a brace at the end":      {"title{", due, "a { stands alone; write {{ for the character itself"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parsed, err := ParseTemplate(tt.template)
			got := parsed.Expand(tt.line)
			if err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	_, err := ParseTemplate("{titel}")
	if e, ok := errors.AsType[*UnknownField](err); !ok || e.Name != "titel" {
		t.Errorf("the error does not name the field: %v", err)
	}
}

// FuzzTemplate: whatever a person writes, it is refused or it says what it says, with the braces of a field gone.
func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{"", "{in} {title}", "{{}}", "{", "}", "{{{in}}}", "{minutes}m", "{join_url}\x00", "{in{title}}"} {
		f.Add(seed)
	}
	v := Viewer{Now: at(13, 47), Zone: time.UTC}
	line := lineOf(Known{AsOf: v.Now, SignedIn: true, Meetings: []Meeting{timed("T", at(14, 0), time.Hour)}}, v)
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := ParseTemplate(text)
		if err != nil {
			return
		}
		doubled := strings.NewReplacer("{", "{{", "}", "}}").Replace(text)
		literal, err := ParseTemplate(doubled)
		if err != nil || literal.Expand(line) != text {
			t.Errorf("%q with doubled braces gives %q (%v)", text, literal.Expand(line), err)
		}
		if !strings.ContainsAny(text, "{}") && parsed.Expand(line) != text {
			t.Errorf("%q gives %q", text, parsed.Expand(line))
		}
	})
}

// FuzzLine: no topic is read as markup by any bar.
func FuzzLine(f *testing.F) {
	for _, seed := range []string{"Sync", "<b>&amp;", "#[fg=red]", "##(x)#", "%{F#f00}", "%%{", "&#39;", "'\"", "\xff"} {
		f.Add(seed)
	}
	v := Viewer{Now: at(13, 47), Zone: time.UTC}
	f.Fuzz(func(t *testing.T, topic string) {
		topic = strings.ToValidUTF8(topic, "")
		line := lineOf(Known{AsOf: v.Now, SignedIn: true, Meetings: []Meeting{timed(topic, at(14, 0), time.Hour)}}, v)
		w := line.Waybar()
		if data, err := json.Marshal(w); err != nil || strings.Contains(string(data), "\n") {
			t.Errorf("%q: %s (%v)", topic, data, err)
		}
		if odd := strings.ContainsFunc(topic, func(r rune) bool { return r < ' ' || r > '~' }); !odd {
			if text, err := pangoText(w.Text); err != nil || text != "13 min "+topic {
				t.Errorf("%q: %q is read as %q (%v)", topic, w.Text, text, err)
			}
		}
		if text := strings.ReplaceAll(line.Tmux(), "##", ""); strings.Contains(text, "#") || strings.Contains(line.Tmux(), "###") {
			t.Errorf("%q: a # is not one of two in %q", topic, line.Tmux())
		}
		if strings.Contains(line.Polybar(), "%{") {
			t.Errorf("%q: a tag begins in %q", topic, line.Polybar())
		}
	})
}

// pangoText reads markup as Pango does: elements would be an error of the escaping, so they are one here.
func pangoText(markup string) (string, error) {
	var text strings.Builder
	d := xml.NewDecoder(strings.NewReader(markup))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String(), nil
		}
		if err != nil {
			return "", err
		}
		data, ok := token.(xml.CharData)
		if !ok {
			return "", errors.New("an element")
		}
		text.Write(data)
	}
}
