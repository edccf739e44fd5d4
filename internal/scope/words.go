package scope

import (
	"iter"
	"slices"
	"strings"
	"unicode"
)

// Bounds for what is searched.
const (
	maxWords    = 12
	maxWord     = 40      // bytes
	maxSearched = 4 << 10 // bytes of a text
)

// textWords are the words of a text in small letters: parted at all that is no
// letter or digit, and where a name in camel case has its next word. Addresses, what
// may be a token, and ids such as that of an app are left out.
func textWords(text string) []string {
	text = japanese(WithoutSecrets(text[:min(len(text), maxSearched)]))
	var words []string
	for field := range strings.FieldsSeq(text) {
		if strings.Contains(field, "://") || strings.Contains(field, hidden) || isRandomID(field) {
			continue
		}
		for word := range eachWord(field) {
			if len(word) <= maxWord && len(words) < maxWords {
				words = append(words, strings.ToLower(word))
			}
		}
	}
	return words
}

// isRandomID tells an id of Zoom's from words.
func isRandomID(field string) bool {
	const shortest = 16
	field = strings.Trim(field, "\"'`,;:.()[]{}")
	return len(field) >= shortest && isRandom(field) && strings.Trim(field, "=_-") != "" && !strings.ContainsFunc(field, func(r rune) bool { return r != '=' && notInToken(r) })
}

// eachWord parts a text at all that is no letter or digit, and upcomingMeetings
// before its M.
func eachWord(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := -1 // of the word
		var before rune
		for i, r := range text {
			end := notInWord(r) || unicode.IsUpper(r) && unicode.IsLower(before)
			if end && start >= 0 {
				if !yield(text[start:i]) {
					return
				}
				start = -1
			}
			if start < 0 && !notInWord(r) {
				start = i
			}
			before = r
		}
		if start >= 0 {
			yield(text[start:])
		}
	}
}

func notInWord(r rune) bool {
	if r < 0x80 {
		return (r|' ' < 'a' || r|' ' > 'z') && (r < '0' || r > '9')
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// stem is the singular of a word, well enough for both sides of a search.
func stem(word string) string {
	switch n := len(word); {
	case n < 4 || !strings.HasSuffix(word, "s"):
		return word
	case strings.HasSuffix(word, "ies"):
		return word[:n-3] + "y"
	case strings.HasSuffix(word, "sses"), strings.HasSuffix(word, "xes"), strings.HasSuffix(word, "ches"), strings.HasSuffix(word, "shes"):
		return word[:n-2]
	case strings.HasSuffix(word, "ss"), strings.HasSuffix(word, "us"), strings.HasSuffix(word, "is"):
		return word
	}
	return word[:len(word)-1]
}

// isFiller tells words that say nothing about a call.
func isFiller(word string) bool {
	return slices.Contains([]string{
		"a", "an", "the", "of", "for", "to", "in", "on", "my", "i", "do", "does", "how", "what", "which", "need", "needs", "can",
		"is", "are", "with", "by", "from", "and", "or", "zoom", "api", "scope", "scopes", "endpoint", "call", "v2", "all", "please",
	}, word)
}

// japanese puts English words for the Japanese ones that name what most people
// look for, with blanks around them: Japanese has none.
func japanese(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x3040 && r <= 0x9fff }) {
		return text
	}
	return strings.NewReplacer(
		"会議", " meeting ", "ミーティング", " meeting ", "ウェビナー", " webinar ", "ユーザー", " user ", "ユーザ", " user ",
		"録画", " recording ", "レコーディング", " recording ", "参加者", " participant ", "登録者", " registrant ", "設定", " settings ",
		"一覧", " list ", "作成", " create ", "追加", " add ", "削除", " delete ", "更新", " update ", "変更", " update ", "取得", " get ",
		"予定", " upcoming ", "今後", " upcoming ", "電話", " phone ", "チャット", " chat ", "グループ", " group ", "レポート", " report ",
		"招待", " invitation ", "プロフィール", " profile ", "権限", " permission ", "役割", " role ", "アカウント", " account ",
		"の", " ", "を", " ", "する", " ",
	).Replace(text)
}
