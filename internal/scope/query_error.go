package scope

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// Bounds for an answer in a pasted text.
const (
	maxAnswers  = 16   // opening braces that are tried as the start of a JSON object
	maxEscapes  = 3    // how often a log within a log is unpacked, itself counted
	maxSentence = 2000 // bytes of a message that are kept
)

// readLive finds an answer of Zoom's in a text: JSON (plain, escaped by a log, or
// as Python prints it), the words of an error, a status line, the tracking id. nil:
// there is none.
func readLive(text string) *Live {
	live := Live{Status: statusIn(text)}
	if object := answerIn(text); object != nil {
		live.readObject(object)
	} else {
		live.readText(text)
	}
	if live.Status == 0 && live.Code == 0 && live.Message == "" && len(live.Scopes) == 0 {
		return nil
	}
	if live.TrackingID == "" {
		live.TrackingID = trackingIn(text)
	}
	live.Message = WithoutSecrets(strings.Join(strings.Fields(live.Message), " "))
	live.Message = strings.ToValidUTF8(live.Message[:min(len(live.Message), maxSentence)], "")
	return &live
}

// answerIn finds the first JSON object that is an error of Zoom's.
func answerIn(text string) map[string]json.RawMessage {
	unescape := strings.NewReplacer(`\"`, `"`, `\\`, `\`)
	for level := range maxEscapes {
		if level > 0 {
			before := text
			if text = unescape.Replace(text); text == before {
				return nil
			}
		}
		rest := text
		for range maxAnswers {
			at := strings.IndexByte(rest, '{')
			if at < 0 {
				break
			}
			rest = rest[at:]
			var object map[string]json.RawMessage
			if json.NewDecoder(strings.NewReader(rest)).Decode(&object) == nil && isAnswer(object) {
				return object
			}
			rest = rest[1:]
		}
	}
	return nil
}

// isAnswer tells an error from any other object: it has a number and words, or
// the form in which this program prints one.
func isAnswer(object map[string]json.RawMessage) bool {
	if member(object, "zoom_message", "zoom_code") != "" {
		return true
	}
	_, err := strconv.Atoi(strings.ReplaceAll(member(object, "code", "errorCode"), ",", ""))
	if err == nil {
		return member(object, "message", "errorMessage") != "" || object["errors"] != nil
	}
	return sentenceIn(member(object, "message", "reason")) != ""
}

// readObject takes what it knows out of an error.
func (l *Live) readObject(object map[string]json.RawMessage) {
	number := func(keys ...string) int {
		n, _ := strconv.Atoi(strings.ReplaceAll(member(object, keys...), ",", ""))
		return n
	}
	l.Code = number("code", "errorCode", "zoom_code")
	if n := number("http_status", "status", "statusCode", "status_code"); l.Status == 0 && n >= 100 && n < 600 {
		l.Status = n
	}
	l.Message = member(object, "message", "errorMessage", "zoom_message", "reason")
	l.TrackingID = WithoutSecrets(member(object, "tracking_id", "trackingId", "x-zm-trackingid"))
	l.TrackingID = l.TrackingID[:min(len(l.TrackingID), maxTracking)]
	l.Scopes = NamedScopes(l.Message)
	var fields []struct{ Field, Message string }
	if json.Unmarshal(object["errors"], &fields) == nil {
		for _, field := range fields[:min(len(fields), 8)] {
			l.Message += " " + field.Field + ": " + field.Message
			if l.Scopes == nil {
				l.Scopes = NamedScopes(field.Message)
			}
		}
	}
	var missing []string
	if json.Unmarshal(object["missing_scopes"], &missing) == nil && len(l.Scopes) == 0 {
		l.Scopes = splitNames(strings.Join(missing, ","), "]")
	}
}

// member gives the first of the keys that holds a text or a number.
func member(object map[string]json.RawMessage, keys ...string) string {
	for _, key := range keys {
		var s string
		if json.Unmarshal(object[key], &s) == nil && s != "" {
			return s
		}
		var n json.Number
		if json.Unmarshal(object[key], &n) == nil && n != "" && n != "0" {
			return n.String()
		}
	}
	return ""
}

// readText reads an answer that is no JSON.
func (l *Live) readText(text string) {
	l.Message = sentenceIn(text)
	l.Scopes = nil
	if strings.Contains(lower(l.Message), "scope") {
		l.Scopes = NamedScopes(l.Message)
	}
	if l.Message != "" || l.Status >= 400 {
		l.Code = codeIn(text)
	}
	// A number alone, as Zoom's pages print it: (4,711).
	word := strings.ReplaceAll(strings.Trim(text, " \t\n\"'`().,:;!?"), ",", "")
	if slices.Contains([]string{"4711", "4700", "104", "124", "2300"}, word) {
		l.Code, _ = strconv.Atoi(word)
	}
}

// sentences are beginnings of what Zoom says, in small letters; the ones that
// others stand behind come first.
func sentences() []string {
	return []string{
		"invalid access token", "access token is expired", "does not contain scope", "does not contain required scope",
		"not contain required scope", "missing required scope", "missing scope", "required scopes", "user does not exist",
		"meeting does not exist", "does not belong to this account", "no permission", "endpoint is not recognized",
		"validation failed", "rate limit", "only available for paid account", "webinar plan is missing", "invalid api key or secret",
		"next page token is invalid", "access token is invalid",
	}
}

// sentenceIn finds what Zoom has said in a text, up to the end of its list of scopes
// or of its line. The width of a terminal may have broken it anywhere before the list.
func sentenceIn(text string) string {
	text = singleBlanks(text)
	small := strings.ReplaceAll(lower(text), "\n", " ")
	for _, begin := range sentences() {
		at := strings.Index(small, begin)
		if at < 0 {
			continue
		}
		found := text[at:min(len(text), at+maxNames*maxScopeName)]
		if at, closing := listIn(found); at >= 0 {
			end := strings.Index(found[at:], closing)
			if end < 0 { // a list that was cut off
				return strings.TrimRight(found, " \n\\'\",")
			}
			end += at + len(closing)
			if strings.HasPrefix(found[end:], ".") {
				end++
			}
			return found[:end]
		}
		line := lineLength(found)
		if end := strings.IndexAny(found[:line], "\"}<"); end >= 0 {
			line = end
		}
		return strings.TrimRight(found[:line], " \\'\",")
	}
	return ""
}

// listIn finds the list of scopes that belongs to a sentence, with what closes it; -1:
// it has none. A list in square brackets need not be whole.
func listIn(sentence string) (at int, closing string) {
	const most = 300 // bytes of the sentence before the list
	small := lower(sentence[:min(len(sentence), most)])
	for at := strings.Index(small, "scope"); at >= 0; at = next(small, "scope", at) {
		if strings.ContainsAny(small[:at], "{}<") {
			break
		}
		begin := at + len("scope")
		begin += beforeList(small[begin:])
		closing, length := bracket(sentence[begin:])
		if closing == "]" || length > 0 && len(NamedScopes(sentence[at:])) > 0 && strings.Contains(sentence[begin:], closing) {
			return begin + length, closing
		}
	}
	return -1, ""
}

// singleBlanks makes one blank of each run, or one end of line where it holds one.
func singleBlanks(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	blank := byte(0)
	for i := range len(text) {
		switch c := text[i]; c {
		case '\n', '\r':
			blank = '\n'
		case ' ', '\t':
			if blank == 0 {
				blank = ' '
			}
		default:
			if blank != 0 {
				b.WriteByte(blank)
				blank = 0
			}
			b.WriteByte(c)
		}
	}
	return b.String()
}
