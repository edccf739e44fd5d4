package api

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// object is a decoded JSON object, read without ever failing: Zoom leaves
// fields out, adds new ones, and sends some numbers as strings. A field that
// is missing or of a strange type is the zero value.
type object map[string]any

func (o object) has(key string) bool {
	_, ok := o[key]
	return ok
}

// text gives the first of the keys that holds words or a number.
func (o object) text(keys ...string) string {
	for _, key := range keys {
		if s := asText(o[key]); s != "" {
			return s
		}
	}
	return ""
}

func asText(v any) string {
	switch v := v.(type) {
	case string:
		return strings.ToValidUTF8(v, "\ufffd")
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	default:
		return ""
	}
}

// number gives the first of the keys that holds a whole number, also as a
// string or with a fraction of zero.
func (o object) number(keys ...string) int64 {
	for _, key := range keys {
		if n, ok := asNumber(o[key]); ok {
			return n
		}
	}
	return 0
}

func asNumber(v any) (int64, bool) {
	var digits string
	switch v := v.(type) {
	case json.Number:
		digits = v.String()
	case string:
		digits = strings.ReplaceAll(strings.TrimSpace(v), " ", "") // meeting ids are written "123 456 789"
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	default:
		return 0, false
	}
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int64(f), true
}

// flag reads true, 1, "true" and "1".
func (o object) flag(key string) bool {
	switch v := o[key].(type) {
	case bool:
		return v
	case string:
		yes, err := strconv.ParseBool(strings.TrimSpace(v))
		return err == nil && yes
	default:
		n, _ := asNumber(v)
		return n != 0
	}
}

func (o object) object(key string) object {
	inner, _ := o[key].(map[string]any)
	return inner
}

// objects gives a list of objects; a single object counts as a list of one.
func (o object) objects(key string) []object {
	switch v := o[key].(type) {
	case []any:
		out := make([]object, 0, len(v))
		for _, item := range v {
			if inner, ok := item.(map[string]any); ok {
				out = append(out, inner)
			}
		}
		return out
	case map[string]any:
		return []object{v}
	default:
		return nil
	}
}

func (o object) texts(key string) []string {
	list, _ := o[key].([]any)
	var out []string
	for _, item := range list {
		if s := asText(item); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (o object) numbers(key string) []int {
	list, _ := o[key].([]any)
	var out []int
	for _, item := range list {
		if n, ok := asNumber(item); ok {
			out = append(out, int(n))
		}
	}
	return out
}

// when reads a point in time: RFC 3339, or a date-time without a zone, which
// then is in the zone that the object names as its timezone, else UTC. The
// answer is in UTC; the zero time when there is none or it cannot be read.
func (o object) when(key string) time.Time {
	value := strings.TrimSpace(asText(o[key]))
	if value == "" {
		return time.Time{}
	}
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return at.UTC()
	}
	zone, err := time.LoadLocation(o.text("timezone"))
	if err != nil {
		zone = time.UTC
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if at, err := time.ParseInLocation(layout, value, zone); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// minutes reads a number of minutes.
func (o object) minutes(key string) time.Duration {
	n := o.number(key)
	if n < 0 || n > 60*24*366 {
		return 0
	}
	return time.Duration(n) * time.Minute
}
