package scope

import (
	"slices"
	"strings"
)

// place is where in an endpoint a word stands; a word may stand in several.
type place uint8

const (
	inSummary place = 1 << iota
	inProduct       // the first part of the path
	inPath
	inLast // the last part of the path that is no parameter
)

// index is what searching by words needs. It is read only once it is made.
type index struct {
	terms    []string  // stems of words in small letters, sorted
	starts   []int32   // of the postings of each term; one more than terms
	postings []posting // by term
	traits   []trait   // of each endpoint
}

// posting is one endpoint that a term stands in.
type posting struct {
	at    int32
	where place
}

// trait is what the ranking wants to know of an endpoint.
type trait struct {
	method     string
	pathWords  float32 // how many the path has, the users of /users/{userId}/… aside
	lastWords  int     // of its last part that is no parameter
	parameters float32 // how many {ids}
	collection bool    // the path ends with a word, not with an id
	core       float32
}

// newIndex makes the index. It is fast because the table repeats itself: parts of
// paths and words of summaries are looked up before they are taken apart.
func newIndex(endpoints []Endpoint) *index {
	m := indexMaker{ids: make(map[string]int32, 2048), known: make(map[string]span, 4096)}
	m.found = make([]foundTerm, 0, 16*len(endpoints))
	traits := make([]trait, len(endpoints))
	for at, e := range endpoints {
		traits[at] = m.path(int32(at), e)
		for word := range strings.FieldsFuncSeq(e.Summary, notInWord) {
			for _, id := range m.words(word) {
				m.found = append(m.found, foundTerm{id: id, posting: posting{at: int32(at), where: inSummary}})
			}
		}
		for _, word := range alias(e) {
			m.found = append(m.found, foundTerm{id: m.id(word), posting: posting{at: int32(at), where: inLast}})
		}
	}
	return m.index(traits)
}

// indexMaker collects the terms of the endpoints, one endpoint after the other.
type indexMaker struct {
	ids   map[string]int32 // of terms
	terms []string         // by id
	known map[string]span  // the words in a part of a path, or of a word
	spans []int32          // ids of terms
	found []foundTerm
}

// span is a piece of the maker's spans.
type span struct{ from, to int32 }

type foundTerm struct {
	id int32
	posting
}

// path notes the words of a path.
func (m *indexMaker) path(at int32, e Endpoint) trait {
	t := trait{method: e.Method, core: core(e.Product), collection: true}
	from, where := len(m.found), inPath|inProduct
	for part := range strings.SplitSeq(e.Path[1:], "/") {
		t.collection = !isParameter(part)
		if !t.collection {
			t.parameters++
			continue
		}
		ids := m.words(part)
		from = len(m.found)
		for _, id := range ids {
			m.found = append(m.found, foundTerm{id: id, posting: posting{at: at, where: where}})
		}
		t.pathWords += float32(len(ids))
		t.lastWords = len(ids)
		where = inPath
	}
	for i := range m.found[from:] {
		m.found[from+i].where |= inLast
	}
	if strings.HasPrefix(e.Path, "/users/{userId}/") {
		t.pathWords--
	}
	return t
}

// words gives the ids of the words in a part of a path, or of a word of a summary.
func (m *indexMaker) words(text string) []int32 {
	known, ok := m.known[text]
	if !ok {
		known.from = int32(len(m.spans))
		for word := range eachWord(text) {
			m.spans = append(m.spans, m.id(stem(strings.ToLower(word))))
		}
		known.to = int32(len(m.spans))
		m.known[text] = known
	}
	return m.spans[known.from:known.to]
}

func (m *indexMaker) id(term string) int32 {
	id, ok := m.ids[term]
	if !ok {
		id = int32(len(m.terms))
		m.ids[term] = id
		m.terms = append(m.terms, term)
	}
	return id
}

// index sorts the terms, and puts what was found in their order: by counting,
// since comparing ten thousands of them would take longer than all the rest.
func (m *indexMaker) index(traits []trait) *index {
	order := make([]int32, len(m.terms))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(m.terms[a], m.terms[b]) })
	x := &index{
		terms: make([]string, len(order)), starts: make([]int32, len(order)+1),
		postings: make([]posting, len(m.found)), traits: traits,
	}
	rank := make([]int32, len(order)) // of an id
	for i, id := range order {
		x.terms[i], rank[id] = m.terms[id], int32(i)
	}
	for _, f := range m.found {
		x.starts[rank[f.id]+1]++
	}
	for i := range order {
		x.starts[i+1] += x.starts[i]
	}
	next := slices.Clone(x.starts)
	for _, f := range m.found {
		i := rank[f.id]
		x.postings[next[i]] = f.posting
		next[i]++
	}
	return x
}
