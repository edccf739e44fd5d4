package scope

import (
	"maps"
	"slices"
	"strings"
)

// Costs of a scope in a cover. The number of scopes goes before everything, to
// write for a call that reads before the order of the documents.
const (
	costScope = 1_000_000
	costWrite = 1_000
)

// maxSteps bounds the search for the smallest cover. Granular scopes are mostly for
// one call each, and classic ones leave few choices, so that it is rarely reached;
// the best that was found is taken then.
const maxSteps = 20_000

// reach is what speaks against a scope for a call: to write, where it only reads.
func reach(method, name string) int {
	if askedMethod(method) == "GET" && !strings.Contains(name+":", ":read:") && strings.Contains(name, ":") {
		return costWrite
	}
	return 0
}

// cover finds the fewest scopes so that each call has one. It is exact but for very
// large choices, and gives the same answer for the same calls in any order.
func cover(calls []covered) []string {
	calls = slices.Clone(calls)
	slices.SortFunc(calls, func(a, b covered) int { return strings.Compare(a.endpoint.String(), b.endpoint.String()) })
	forced := map[string]bool{}
	for _, call := range calls {
		if len(call.names) == 1 {
			forced[call.names[0].name] = true
		}
	}
	open := slices.DeleteFunc(calls, func(call covered) bool {
		return slices.ContainsFunc(call.names, func(c choice) bool { return forced[c.name] })
	})
	chosen := slices.Collect(maps.Keys(forced))
	for _, part := range parts(open) {
		chosen = append(chosen, smallest(part)...)
	}
	return chosen
}

// parts separates calls that share no scope, directly or through others.
func parts(calls []covered) [][]covered {
	var list [][]covered
	for _, call := range calls {
		joined := []covered{call}
		list = slices.DeleteFunc(list, func(part []covered) bool {
			shares := slices.ContainsFunc(part, func(other covered) bool {
				return slices.ContainsFunc(other.names, func(c choice) bool { return call.has(c.name) })
			})
			if shares {
				joined = append(joined, part...)
			}
			return shares
		})
		list = append(list, joined)
	}
	return list
}

// smallest covers calls that hang together.
func smallest(calls []covered) []string {
	s := covering{calls: calls, cost: map[string]int{}}
	for _, call := range s.calls {
		for _, choice := range call.names {
			s.cost[choice.name] += choice.cost
		}
	}
	s.best, s.bestCost = s.greedy()
	s.try(nil, 0)
	return s.best
}

// covering is a branch-and-bound search for the cheapest cover.
type covering struct {
	calls    []covered
	cost     map[string]int // beside costScope
	best     []string
	bestCost int
	steps    int
}

// greedy takes the scope that opens most of what is left, again and again.
func (s *covering) greedy() (taken []string, cost int) {
	for {
		opens := map[string]int{}
		for _, call := range s.calls {
			if slices.ContainsFunc(taken, call.has) {
				continue
			}
			for _, choice := range call.names {
				opens[choice.name]++
			}
		}
		if len(opens) == 0 {
			return taken, cost
		}
		most := ""
		for name, n := range opens {
			if most == "" || n > opens[most] || n == opens[most] && s.before(name, most) {
				most = name
			}
		}
		taken, cost = append(taken, most), cost+costScope+s.cost[most]
	}
}

// before sorts scopes of equal use: the cheaper, then by name.
func (s *covering) before(a, b string) bool {
	if s.cost[a] != s.cost[b] {
		return s.cost[a] < s.cost[b]
	}
	return a < b
}

// try completes a choice in every way that may become cheaper than the best. It
// decides next about the call with the fewest scopes to choose from.
func (s *covering) try(taken []string, cost int) {
	if s.steps++; s.steps > maxSteps || cost >= s.bestCost {
		return
	}
	next := -1
	for i, call := range s.calls {
		if !slices.ContainsFunc(taken, call.has) && (next < 0 || len(call.names) < len(s.calls[next].names)) {
			next = i
		}
	}
	if next < 0 {
		s.best, s.bestCost = slices.Clone(taken), cost
		return
	}
	for _, choice := range s.calls[next].names {
		s.try(append(slices.Clip(taken), choice.name), cost+costScope+s.cost[choice.name])
	}
}
