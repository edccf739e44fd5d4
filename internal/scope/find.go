package scope

import (
	"cmp"
	"slices"
	"strings"
)

// Find gives the operation of a call. path is a template or has real ids, with or
// without /v2 and query, or is a whole URL; literal parts win over {ids}, so
// /users/me/zak is not /users/{userId}/zak. An empty method is any, GET first.
func (c *Catalogue) Find(method, path string) (Endpoint, bool) {
	method = askedMethod(method)
	path = plainPath(path)
	product, _, _ := strings.Cut(path[1:], "/")
	at, _ := slices.BinarySearchFunc(c.endpoints, product, func(e Endpoint, product string) int {
		return cmp.Compare(e.Product, product)
	})
	// { sorts after all that a literal part begins with: the first that fits is
	// the one with most of its beginning literal.
	for ; at < len(c.endpoints) && c.endpoints[at].Product == product; at++ {
		if e := c.endpoints[at]; (method == "" || e.Method == method) && fits(e.Path, path) {
			return e, true
		}
	}
	return Endpoint{}, false
}

// askedMethod is the method in the words of the table. HEAD asks for what GET
// gives, and needs the same scopes.
func askedMethod(method string) string {
	method = strings.ToUpper(strings.TrimSpace(method))
	if method == "HEAD" {
		return "GET"
	}
	return method
}

// fits compares a template with a path, part by part. A {parameter} stands for
// any one part.
func fits(template, path string) bool {
	template, path = template[1:], path[1:]
	for {
		want, restWant, moreWant := strings.Cut(template, "/")
		have, restHave, moreHave := strings.Cut(path, "/")
		if moreWant != moreHave || want != have && !isParameter(want) || have == "" {
			return false
		}
		if !moreWant {
			return true
		}
		template, path = restWant, restHave
	}
}

func isParameter(part string) bool { return strings.HasPrefix(part, "{") }

// plainPath is the path of a call as the table has it: no scheme, host, /v2,
// query, trailing or doubled slash; it begins with a slash.
func plainPath(path string) string {
	path = strings.TrimSpace(path)
	if _, rest, ok := strings.Cut(path, "://"); ok {
		at := strings.IndexAny(rest, "/?#")
		path = rest[max(at, 0):]
		if at < 0 {
			path = ""
		}
	}
	if at := strings.IndexAny(path, "?#"); at >= 0 {
		path = path[:at]
	}
	path = "/" + strings.Trim(path, "/")
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	if rest, ok := strings.CutPrefix(path, "/v2"); ok && (rest == "" || rest[0] == '/') {
		path = cmp.Or(rest, "/")
	}
	return path
}
