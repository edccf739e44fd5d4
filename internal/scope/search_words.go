package scope

import (
	"cmp"
	"slices"
	"strings"
)

// What a word is worth where it stands, and how well it is matched.
const (
	worthLast, worthPath, worthProduct, worthSummary float32 = 10, 6, 7, 4

	worthVerb      float32 = 6   // the method is the wished one
	worthGET       float32 = 4   // the method is GET, and no other is wished
	worthNumber    float32 = 1.5 // "meetings" for a list, "meeting" for one
	worthWholePart float32 = 5   // the words are all of the path's last part
	worthWholePath float32 = 8   // the words are the path: "users me meetings"

	matchExact, matchPrefix, matchRelated, matchInside, matchMistyped float32 = 1, 0.75, 0.55, 0.35, 0.3
)

// searchWords finds operations that have all the words; if there is none, those
// that have most of them.
func (c *Catalogue) searchWords(h *hits, words []string) {
	s := newWordSearch(c.searched())
	for _, word := range words {
		s.word(word, isFiller(word) && len(words) > 1)
	}
	least := s.wanted
	if !slices.ContainsFunc(s.scores, func(t score) bool { return t.words >= least }) {
		least = (s.wanted + 1) / 2
	}
	least = max(1, least)
	type ranked struct {
		at    int
		value float32
	}
	var found []ranked
	for at, t := range s.scores {
		if t.words >= least {
			value := s.rank(at, t)
			if isPath(c.endpoints[at].Path, words) {
				value += worthWholePath
			}
			found = append(found, ranked{at: at, value: value})
		}
	}
	slices.SortFunc(found, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.at, b.at))
	})
	for _, f := range found {
		if h.full() {
			return
		}
		h.add(c.endpoints[f.at], "")
	}
}

// wordSearch adds up, word by word, what each operation is worth.
type wordSearch struct {
	index  *index
	scores []score   // of each endpoint
	best   []matched // of each endpoint, for the word at hand
	wanted int       // how many words an operation should have
	verb   bool      // one of the words is a verb
}

// score is what the words so far are worth at one operation.
type score struct {
	words      int // how many of the wanted ones it has
	value      float32
	path, last int // how many stand in the path, and in the last part of it
}

// matched is the best place of one word in one operation.
type matched struct {
	value float32
	where place
}

func newWordSearch(x *index) *wordSearch {
	return &wordSearch{index: x, scores: make([]score, len(x.traits)), best: make([]matched, len(x.traits))}
}

// word adds one word. One that is optional adds to the worth, but no operation
// needs to have it.
func (s *wordSearch) word(word string, optional bool) {
	clear(s.best)
	root := stem(word)
	found := s.match(word, root)
	for _, other := range related(root) {
		found = s.matchTerm(other, matchRelated) || found
	}
	v := verb(word)
	if _, known := slices.BinarySearch(s.index.terms, root); v == noWish && !known {
		v = nearVerb(word)
	}
	if !found && v == noWish && !optional {
		s.mistyped(root)
	}
	if !optional {
		s.wanted++
	}
	s.verb = s.verb || v != noWish
	for at := range s.best {
		m, t := s.best[at], &s.index.traits[at]
		granted := v.grants(t.method, t.collection)
		if m.value == 0 && granted == 0 {
			continue
		}
		sum := &s.scores[at]
		if !optional {
			sum.words++
		}
		if v != noWish {
			// "add", "list" and "remove" stand in summaries too, where they say
			// no more than the method.
			m = matched{value: min(m.value, worthSummary) * (1 - granted) / 2}
		}
		sum.value += m.value + worthVerb*granted
		if m.where&inPath != 0 {
			sum.path++
		}
		if m.where&inLast != 0 {
			sum.last++
			if t.collection == (word != root) {
				sum.value += worthNumber
			}
		}
	}
}

// isPath tells whether words, in small letters, are those of a path and in its order.
// Its ids may be there as me or a number, or not at all.
func isPath(path string, words []string) bool {
	at := 0
	for part := range strings.SplitSeq(path[1:], "/") {
		if isParameter(part) {
			if at < len(words) && looksLikeID(words[at]) {
				at++
			}
			continue
		}
		for word := range eachWord(part) {
			if at == len(words) || stem(words[at]) != stem(word) {
				return false
			}
			at++
		}
	}
	return at == len(words) && at > 1
}

// match notes the operations in which a word stands, its beginning, or its
// letters within another word.
func (s *wordSearch) match(word, root string) bool {
	found := false
	for i, term := range s.index.terms {
		quality := float32(0)
		switch {
		case term == root || term == word:
			quality = matchExact
		case strings.HasPrefix(term, root) || strings.HasPrefix(term, word):
			quality = matchPrefix
		case len(root) > 2 && strings.Contains(term, root):
			quality = matchInside
		default:
			continue
		}
		s.note(i, quality)
		found = true
	}
	return found
}

func (s *wordSearch) matchTerm(term string, quality float32) bool {
	i, ok := slices.BinarySearch(s.index.terms, term)
	if ok {
		s.note(i, quality)
	}
	return ok
}

// mistyped notes the words that differ least from one that is nowhere: by one
// letter, in a longer word by two.
func (s *wordSearch) mistyped(root string) {
	most := 1
	if len(root) > 5 {
		most = 2
	}
	if len(root) < 3 {
		return
	}
	for limit := 1; limit <= most; limit++ {
		found := false
		for i, term := range s.index.terms {
			if len(term) > 2 && editDistance(root, term, limit) == limit {
				s.note(i, matchMistyped)
				found = true
			}
		}
		if found {
			return
		}
	}
}

// note notes the operations of a term.
func (s *wordSearch) note(term int, quality float32) {
	for _, p := range s.index.postings[s.index.starts[term]:s.index.starts[term+1]] {
		value := quality * worth(p.where)
		best := &s.best[p.at]
		best.value = max(best.value, value)
		best.where |= p.where
	}
}

func worth(where place) float32 {
	switch {
	case where&inLast != 0:
		return worthLast
	case where&inProduct != 0:
		return worthProduct
	case where&inPath != 0:
		return worthPath
	}
	return worthSummary
}

// rank is the worth of an operation that has the words: one of a usual product,
// that reads where nothing else is said, and whose path says little more than
// the words do comes first.
func (s *wordSearch) rank(at int, sum score) float32 {
	t := &s.index.traits[at]
	value := sum.value + t.core - 1.5*max(0, t.pathWords-float32(sum.path)) - 0.8*t.parameters
	if sum.last > 0 && sum.last >= t.lastWords {
		value += worthWholePart
	}
	if !s.verb && t.method == "GET" {
		value += worthGET
	}
	return value
}
