package requests

import (
	"strconv"
	"strings"
)

// matching keeps the calls that fit every word of a filter: "!" and "failed" mean
// those that failed, 200 a status, 4xx a hundred of them, another number Zoom's
// code or a part of the path, anything else a part of what the row says.
func matching(all []Call, filter string) []Call {
	words := strings.Fields(strings.ToLower(filter))
	var out []Call
	for _, c := range all {
		text := ""
		fits := true
		for _, w := range words {
			if text == "" {
				text = c.searched()
			}
			if fits = c.fits(w, text); !fits {
				break
			}
		}
		if fits {
			out = append(out, c)
		}
	}
	return out
}

func (c Call) searched() string {
	return strings.ToLower(strings.Join([]string{c.Method, c.Host + c.Path, c.Step, c.whose(), c.Failed, c.RateCategory, c.TrackingID}, " "))
}

func (c Call) fits(word, text string) bool {
	switch {
	case word == "!" || word == "failed":
		return c.Bad()
	case len(word) == 3 && strings.HasSuffix(word, "xx") && word[0] >= '1' && word[0] <= '5':
		return c.Status/100 == int(word[0]-'0')
	}
	if n, err := strconv.Atoi(word); err == nil {
		if len(word) == 3 {
			return c.Status == n || c.ZoomCode == n
		}
		return c.ZoomCode == n || strings.Contains(text, word)
	}
	return strings.Contains(text, strings.TrimPrefix(word, "!"))
}
