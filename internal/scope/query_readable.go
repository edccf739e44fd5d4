package scope

import (
	"encoding/binary"
	"html"
	"net/url"
	"strings"
	"unicode/utf16"
)

// Readable bounds a pasted text (to 128 KB: its beginning and its end) and takes out
// what programs that show or pass text on put in: UTF-16 as PowerShell pipes it, the
// tags and entities of a web page, \u005b of JSON, quotes that were escaped twice, the
// %5B of an address around a whole sentence, curly quotes, hard blanks, the line ends
// of Windows, the escaped slashes of PHP. Addresses, commands and JSON stay what they
// are. The result is valid UTF-8.
func Readable(text string) string {
	text = fromUTF16(text)
	if len(text) > 2*maxQuery {
		text = text[:maxQuery] + "\n" + text[len(text)-maxQuery:]
	}
	text = strings.ToValidUTF8(text, "")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(text)
	text = withoutPercent(text)
	text = withoutUnicodeEscapes(text)
	text = withoutMarkup(text)
	text = withoutSecondEscapes(text)
	return strings.NewReplacer(
		`\/`, "/", "’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ", "\u200b", "", "\ufeff", "", "　", " ",
	).Replace(text)
}

// fromUTF16 reads a text in UTF-16, which begins with its byte order mark, or whose
// first letters have a zero byte each: Windows PowerShell pipes and saves text so.
// Source: https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_character_encoding
func fromUTF16(text string) string {
	var order binary.ByteOrder
	switch {
	case strings.HasPrefix(text, "\xff\xfe"), mostlyZero(text, 1):
		order = binary.LittleEndian
	case strings.HasPrefix(text, "\xfe\xff"), mostlyZero(text, 0):
		order = binary.BigEndian
	default:
		return text
	}
	const most = 4 * maxQuery // units of two bytes
	units := make([]uint16, 0, min(len(text)/2, most))
	for at := 0; at+1 < len(text) && len(units) < most; at += 2 {
		units = append(units, order.Uint16([]byte(text[at:at+2])))
	}
	return string(utf16.Decode(units))
}

// mostlyZero tells whether a text has zeros in one byte of each two, and none in the
// other: most letters of a call or an error are ASCII.
func mostlyZero(text string, at int) bool {
	head := text[:min(len(text), 64)&^1]
	zeros := 0
	for i := 0; i < len(head); i += 2 {
		if head[i+1-at] == 0 {
			return false
		}
		if head[i+at] == 0 {
			zeros++
		}
	}
	return len(head) > 4 && 4*zeros >= 3*len(head)/2
}

// withoutPercent decodes words that are plainly an error in the form of an address:
// Invalid%20access%20token%2C… or %7B%22code%22%3A4711…. An address keeps what stands
// before its question mark, and commands stay as they are.
func withoutPercent(text string) string {
	if !strings.Contains(text, "%") || nextCommand(text, 0) >= 0 {
		return text
	}
	var b strings.Builder
	for text != "" {
		end := strings.IndexAny(text, " \t\n")
		if end == 0 {
			b.WriteByte(text[0])
			text = text[1:]
			continue
		}
		if end < 0 {
			end = len(text)
		}
		b.WriteString(percentDecoded(text[:end]))
		text = text[end:]
	}
	return b.String()
}

// percentDecoded is one word.
func percentDecoded(word string) string {
	const fewest = 3 // escapes in a sentence
	if strings.Count(word, "%") < fewest {
		return word
	}
	small := lower(word)
	has := func(signs ...string) bool {
		for _, sign := range signs {
			if strings.Contains(small, sign) {
				return true
			}
		}
		return false
	}
	address, query := "", word
	if strings.HasPrefix(strings.TrimLeft(word, "\"'`(<"), "/") || strings.Contains(word, "://") {
		before, after, ok := strings.Cut(word, "?")
		if !ok || !has("%7b%22", "contain%20", "contain+") {
			return word
		}
		address, query = before+" ", after
	} else if !has("%20", "%22", "%5b") {
		return word
	}
	plain, err := url.QueryUnescape(query)
	if err != nil {
		return word
	}
	return address + strings.ToValidUTF8(plain, "")
}

// withoutUnicodeEscapes decodes \u005b, also behind several backslashes, as JSON in a
// log has it. Quotes, backslashes and what ends a line stay escaped: they would change
// where a text ends.
func withoutUnicodeEscapes(text string) string {
	if !strings.Contains(text, `\u00`) {
		return text
	}
	var b strings.Builder
	for {
		at := strings.Index(text, `\u00`)
		if at < 0 || len(text) < at+6 {
			break
		}
		length, value := ansiNumber(text[at+1:], 1, 4)
		letter := rune(0)
		for _, r := range value {
			letter = r
		}
		if length < 5 || letter < ' ' || letter >= 0x7f && letter < 0xa0 || strings.ContainsRune("\"'`\\$", letter) {
			b.WriteString(text[:at+4])
			text = text[at+4:]
			continue
		}
		b.WriteString(strings.TrimRight(text[:at], `\`) + value)
		text = text[at+1+length:]
	}
	return b.String() + text
}

// withoutSecondEscapes makes \" of \\\" in a text that has no \" of its own, and so
// was escaped once more than it needs to be.
func withoutSecondEscapes(text string) string {
	const twice = `\\\"`
	for strings.Contains(text, twice) && !strings.Contains(strings.ReplaceAll(text, twice, ""), `\"`) {
		text = strings.ReplaceAll(text, twice, `\"`)
	}
	return text
}

// withoutMarkup takes the tags of a web page out, and puts the letters for their
// entities: &quot;, &#91;, also &amp;quot;.
func withoutMarkup(text string) string {
	text = withoutTags(text)
	for range 2 {
		text = withoutEntities(text)
	}
	return text
}

// longestEntity is that of the ones that stand in errors, without & and semicolon.
const longestEntity = 8

// withoutEntities does one round. Those without a semicolon may be the parameters of
// an address. In a text that has quotes &quot; becomes one of the other kind, and
// &#39; stays, lest JSON or a word of a command ends there.
func withoutEntities(text string) string {
	if !strings.Contains(text, ";") || !strings.Contains(text, "&") {
		return text
	}
	quote, apostrophe := `"`, "'"
	if strings.Contains(text, quote) {
		quote = "'"
	}
	if strings.Contains(text, apostrophe) {
		apostrophe = ""
	}
	var b strings.Builder
	for {
		at := strings.IndexByte(text, '&')
		if at < 0 {
			return b.String() + text
		}
		b.WriteString(text[:at])
		text = text[at:]
		name := text[:min(len(text), longestEntity+2)]
		end := strings.IndexByte(name, ';')
		letter := html.UnescapeString(name[:end+1])
		switch letter {
		case `"`:
			letter = quote
		case "'":
			letter = apostrophe
		}
		if end < 0 || strings.HasSuffix(letter, ";") && end > 1 || letter < " " {
			b.WriteByte('&')
			text = text[1:]
			continue
		}
		b.WriteString(letter)
		text = text[end+1:]
	}
}

// withoutTags takes out the tags that errors are shown in. What else stands between
// such brackets may be a placeholder or an address.
func withoutTags(text string) string {
	if !strings.Contains(text, ">") {
		return text
	}
	var b strings.Builder
	for {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			return b.String() + text
		}
		b.WriteString(text[:at])
		text = text[at:]
		length, instead := tag(text)
		if length == 0 {
			length, instead = 1, "<"
		}
		b.WriteString(instead)
		text = text[length:]
	}
}

// tag reads a tag that a text begins with: its length, and what stands for it. Length
// 0: it begins with none.
func tag(text string) (length int, instead string) {
	const longest = 1000 // bytes, with its attributes
	text = text[:min(len(text), longest)]
	name := strings.TrimPrefix(text[1:], "/")
	if end := strings.IndexFunc(name, notInWord); end >= 0 {
		name = name[:end]
	}
	switch strings.ToLower(name) {
	case "br", "p", "div", "pre", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "head", "body", "title":
		instead = "\n"
	case "td", "th":
		instead = " "
	case "a", "b", "i", "em", "strong", "span", "code", "tt", "kbd", "samp", "font", "mark", "small", "center", "wbr":
	default:
		return 0, ""
	}
	end := strings.IndexAny(text[1:], "<>")
	if end < 0 || text[1+end] == '<' {
		return 0, ""
	}
	return end + 2, instead
}
