// Package internal_test keeps the rules between the packages of this module: who may import whom, and what no package may
// do. A broken rule is printed with its reason; ARCHITECTURE.md tells the story behind them.
package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const module = "zoomtui"

// graph is the packages that each package imports directly, its tests aside, by import paths.
type graph map[string][]string

// importRule forbids imports to some packages.
type importRule struct {
	who        []string // of these packages and those below them; import paths inside the module
	never      []string // these and those below them; a trailing ! means this one only
	std        bool     // nothing but the standard library either
	also       []string // with std: these as well
	transitive bool     // not through other packages either
	reason     string
}

// importRules is the table of who may not know whom.
func importRules() []importRule {
	return []importRule{
		{who: []string{""}, never: []string{module + "/cmd"}, reason: "cmd wires the packages together; what others need of it belongs below internal"},
		{
			who: []string{"internal/ui"}, never: []string{"net/http", "os", module + "/internal/auth", module + "/internal/config"},
			reason: "the screens reach the world through the interfaces they declare, so that tests can hand them another one",
		},
		{
			who: []string{"internal/api"}, never: []string{module + "/internal/auth"}, transitive: true,
			reason: "the token arrives by the HTTP client's transport; the API client must not know how it is kept",
		},
		{
			who: []string{"internal/auth"}, never: []string{module + "/internal/ui", module + "/internal/api"}, transitive: true,
			reason: "scripts sign in without a screen, and a token must not depend on the calls made with it",
		},
		{
			who: []string{"internal/lan"}, never: []string{module + "/internal/auth", module + "/internal/api", module + "/internal/ui"}, transitive: true,
			reason: "what is open to the network is small and knows no token; the sign-in is handed to it behind an interface",
		},
		{who: pure(), never: []string{"net!", "net/http", "net/rpc", "net/smtp", "os", "io/ioutil", "syscall"}, reason: "pure: the same arguments give the same answer"},
		{who: []string{"internal/scope"}, std: true, reason: "it works offline, and a dependency would be loaded at every start"},
		{
			who: []string{"internal/explain"}, std: true, also: []string{module + "/internal/scope"},
			reason: "it works offline, and a dependency would be loaded at every start; package scope reads the names in Zoom's refusals",
		},
		{
			who: []string{"internal/sandbox"}, std: true, never: []string{"testing"},
			reason: "a Zoom of our own proves nothing if it shares our types, and it is part of the program: no test flags in it",
		},
	}
}

// pure is the packages without clock, network and files.
func pure() []string {
	return []string{"internal/explain", "internal/agenda", "internal/qr", "internal/scope", "internal/bounce", "internal/marketplace", "internal/transfer", "internal/jsontree"}
}

func TestImports(t *testing.T) {
	t.Parallel()
	packages := listPackages(t)
	if packages[module+"/cmd/zoomtui"] == nil {
		t.Fatalf("the list of packages does not hold the program: %v", packages)
	}
	for _, violation := range brokenImports(packages, importRules()) {
		t.Error(violation)
	}
}

// listPackages asks the go command for the module's packages and what they import.
func listPackages(t *testing.T) graph {
	t.Helper()
	// -e: a package that does not compile at the moment still has imports.
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-f", `{{.ImportPath}} {{join .Imports " "}}`, module+"/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("list the packages: %v", err)
	}
	packages := graph{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		packages[words[0]] = words[1:]
	}
	return packages
}

// brokenImports finds every import that a rule forbids, and says so with the rule's reason.
func brokenImports(packages graph, rules []importRule) []string {
	var broken []string
	for _, rule := range rules {
		for path := range packages {
			room := rule.room(path)
			if room == "" || generator(path) {
				continue
			}
			breaks := func(imported string) bool {
				if rule.std && !standard(imported) && !within(imported, room) && !slices.Contains(rule.also, imported) {
					return true
				}
				return slices.ContainsFunc(rule.never, func(never string) bool { return forbids(never, path, imported) })
			}
			for _, chain := range imports(packages, path, rule.transitive) {
				// One report is enough: what a forbidden package imports in turn is not held against path again.
				if before, last := chain[1:len(chain)-1], chain[len(chain)-1]; breaks(last) && !slices.ContainsFunc(before, breaks) {
					broken = append(broken, strings.Join(chain, " imports ")+": "+rule.reason)
				}
			}
		}
	}
	slices.Sort(broken)
	return broken
}

// generator reports the programs that "go generate" runs: they are no part of zoomtui, and write files.
func generator(path string) bool {
	return strings.HasSuffix(path, "/gen") || strings.HasSuffix(path, "/gen/main.go")
}

// room is the package of the rule that path is or lies below; "" if the rule does not speak of path.
func (r importRule) room(path string) string {
	for _, who := range r.who {
		if room := strings.TrimSuffix(module+"/"+who, "/"); within(path, room) {
			return room
		}
	}
	return ""
}

// forbids reports whether never speaks of an imported package; packages of one place may import each other.
func forbids(never, path, imported string) bool {
	if only, ok := strings.CutSuffix(never, "!"); ok {
		return imported == only
	}
	return within(imported, never) && !within(path, never)
}

// imports is the ways from a package to those it imports; with transitive, also through the module's other packages.
func imports(packages graph, path string, transitive bool) [][]string {
	var chains [][]string
	seen := map[string]bool{path: true}
	queue := [][]string{{path}}
	for len(queue) > 0 {
		chain := queue[0]
		queue = queue[1:]
		for _, next := range packages[chain[len(chain)-1]] {
			if seen[next] {
				continue
			}
			seen[next] = true
			longer := append(slices.Clone(chain), next)
			chains = append(chains, longer)
			if transitive && within(next, module) {
				queue = append(queue, longer)
			}
		}
	}
	return chains
}

// standard reports packages of the standard library: only their paths begin with a word that is no domain.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return first != module && !strings.Contains(first, ".")
}

// within reports whether path is root or lies below it.
func within(path, root string) bool {
	return path == root || strings.HasPrefix(path, root+"/")
}

// TestImportRulesCanFail breaks every rule once, in a module made up for it.
func TestImportRulesCanFail(t *testing.T) {
	t.Parallel()
	packages := graph{
		"zoomtui/cmd/zoomtui":        {"net/http", "zoomtui/internal/auth", "zoomtui/internal/ui"},
		"zoomtui/internal/term":      {"zoomtui/cmd/zoomtui", "os"},
		"zoomtui/internal/ui":        {"zoomtui/internal/ui/kit", "zoomtui/internal/agenda"},
		"zoomtui/internal/ui/kit":    {"os", "zoomtui/internal/authority"},
		"zoomtui/internal/ui/login":  {"net/http/httptrace", "zoomtui/internal/config"},
		"zoomtui/internal/api":       {"net/http", "zoomtui/internal/bridge"},
		"zoomtui/internal/bridge":    {"zoomtui/internal/auth"},
		"zoomtui/internal/auth":      {"zoomtui/internal/link", "zoomtui/internal/auth/callback"},
		"zoomtui/internal/link":      {"zoomtui/internal/ui/kit"},
		"zoomtui/internal/agenda":    {"time", "net/url", "net"},
		"zoomtui/internal/qr":        {"example.test/barcode", "os/exec"},
		"zoomtui/internal/scope":     {"strings", "example.test/yaml", "zoomtui/internal/scope/data"},
		"zoomtui/internal/sandbox":   {"net/http", "testing", "zoomtui/internal/auth", "zoomtui/internal/sandbox/pages"},
		"zoomtui/internal/authority": {"net/http", "os"},
		"zoomtui/internal/lan":       {"net/http", "zoomtui/internal/bridge"},
		"zoomtui/internal/bounce":    {"net/netip", "net"},
	}
	var got []string
	for _, violation := range brokenImports(packages, importRules()) {
		chain, reason, ok := strings.Cut(violation, ": ")
		if !ok || reason == "" {
			t.Errorf("%q gives no reason", violation)
		}
		got = append(got, strings.ReplaceAll(chain, "zoomtui/", ""))
	}
	want := []string{
		"internal/agenda imports net",
		"internal/api imports internal/bridge imports internal/auth",
		"internal/auth imports internal/link imports internal/ui/kit",
		"internal/bounce imports net",
		"internal/lan imports internal/bridge imports internal/auth",
		"internal/qr imports os/exec",
		"internal/sandbox imports internal/auth",
		"internal/sandbox imports testing",
		"internal/scope imports example.test/yaml",
		"internal/term imports cmd/zoomtui",
		"internal/ui/kit imports os",
		"internal/ui/login imports internal/config",
		"internal/ui/login imports net/http/httptrace",
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// sourceRule forbids something in the source text of some files.
type sourceRule struct {
	applies func(file string) bool // path below the module's root, with slashes
	calls   []string               // functions, "package.Function" or a built-in; a trailing * stands for any rest
	inits   bool                   // functions named init
	atStart bool                   // the calls are forbidden only where they run before main
	reason  string
}

// sourceRules is the table of what no file may do.
func sourceRules() []sourceRule {
	everywhere := func(string) bool { return true }
	return []sourceRule{
		{applies: everywhere, inits: true, reason: "a package-level init runs at every start, in an order nobody sees"},
		{applies: everywhere, calls: []string{"panic", "log.Fatal*", "log.Panic*"}, reason: "a failure is an error that is handed up"},
		{
			applies: func(file string) bool { return file != "cmd/zoomtui/main.go" && !generator(file) }, calls: []string{"os.Exit"},
			reason: "main alone ends the program, with the exit code that run returns; deferred work is skipped otherwise",
		},
		{
			applies: func(file string) bool {
				return slices.ContainsFunc(pure(), func(dir string) bool { return within(file, dir) })
			},
			calls:  []string{"time.Now", "time.Since", "time.Until", "time.Sleep", "time.After*", "time.Tick", "time.New*"},
			reason: "pure: the time is an argument",
		},
		{
			applies: func(file string) bool { return within(file, "internal/ui") && !within(file, "internal/ui/uitest") },
			calls:   []string{"time.Now", "time.Since", "time.Until", "time.Sleep"},
			reason:  "screens are handed a clock, so that a test can stop it, and never wait: that would stop the screen",
		},
		{
			applies: everywhere, calls: []string{"regexp.MustCompile*", "template.Must", "embed.Must*"}, atStart: true,
			reason: "what works before main is paid at every start of `zoomtui token`; build it when it is first used",
		},
	}
}

func TestSource(t *testing.T) {
	t.Parallel()
	root := os.DirFS("..")
	files, broken := 0, []string(nil)
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && (entry.Name() == "testdata" || entry.Name()[0] == '.'):
			return fs.SkipDir
		case entry.IsDir(), !strings.HasSuffix(path, ".go"), strings.HasSuffix(path, "_test.go"):
			return nil
		}
		files++
		source, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		violations, err := brokenSource(path, source)
		broken = append(broken, violations...)
		return err
	})
	if err != nil || files < 20 || broken != nil {
		t.Errorf("looked at %d files, error %v\n%s", files, err, strings.Join(broken, "\n"))
	}
}

// brokenSource finds what the rules forbid in one file; name is its path below the module's root.
func brokenSource(name string, source []byte) ([]string, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	packages := importNames(file)
	var broken []string
	for _, rule := range sourceRules() {
		if !rule.applies(name) {
			continue
		}
		report := func(at token.Pos, what string) {
			broken = append(broken, fmt.Sprintf("%s:%d: %s: %s", name, set.Position(at).Line, what, rule.reason))
		}
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if ok && rule.inits && function.Recv == nil && function.Name.Name == "init" {
				report(function.Pos(), "func init")
			}
			if ok && rule.atStart {
				continue
			}
			ast.Inspect(declaration, func(node ast.Node) bool {
				if _, inside := node.(*ast.FuncLit); inside && rule.atStart {
					return false
				}
				if used := usedName(node, packages); used != "" && slices.ContainsFunc(rule.calls, func(call string) bool { return matches(used, call) }) {
					report(node.Pos(), used)
				}
				return true
			})
		}
	}
	return broken, nil
}

// importNames maps the names under which a file knows packages to the last elements of their paths.
func importNames(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		last := path[strings.LastIndex(path, "/")+1:]
		names[last] = last
		if spec.Name != nil {
			names[spec.Name.Name] = last
		}
	}
	return names
}

// usedName is "package.Name" where a node names something of another package, called or handed on as a value, the name of
// a function that is called by a plain name, or "".
func usedName(node ast.Node, packages map[string]string) string {
	switch node := node.(type) {
	case *ast.SelectorExpr:
		if left, ok := node.X.(*ast.Ident); ok && packages[left.Name] != "" {
			return packages[left.Name] + "." + node.Sel.Name
		}
	case *ast.CallExpr:
		if function, ok := node.Fun.(*ast.Ident); ok {
			return function.Name
		}
	}
	return ""
}

func matches(used, rule string) bool {
	if begin, ok := strings.CutSuffix(rule, "*"); ok {
		return strings.HasPrefix(used, begin)
	}
	return used == rule
}

// TestSourceRulesCanFail breaks every rule once.
func TestSourceRulesCanFail(t *testing.T) {
	t.Parallel()
	const source = `package p
import ("log"; system "os"; "regexp"; "time")
var pattern = regexp.MustCompile("a")
var lazy = func() any { return regexp.MustCompile("b") }
func init() {}
func (t T) init() {}
func f() { log.Fatalf("x"); panic("y"); system.Exit(1) }
func g() any { regexp.MustCompile("c"); _ = clock{now: time.Now}; return time.Second }
func h(t T) { t.Exit(); t.panic(); log.Print("os.Exit") }
`
	tests := map[string][]string{
		"internal/api/x.go":     {"3 regexp.MustCompile", "5 func init", "7 log.Fatalf", "7 os.Exit", "7 panic"},
		"internal/agenda/x.go":  {"3 regexp.MustCompile", "5 func init", "7 log.Fatalf", "7 os.Exit", "7 panic", "8 time.Now"},
		"internal/ui/kit/x.go":  {"3 regexp.MustCompile", "5 func init", "7 log.Fatalf", "7 os.Exit", "7 panic", "8 time.Now"},
		"cmd/zoomtui/main.go":   {"3 regexp.MustCompile", "5 func init", "7 log.Fatalf", "7 panic"},
		"internal/agendas/x.go": {"3 regexp.MustCompile", "5 func init", "7 log.Fatalf", "7 os.Exit", "7 panic"},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			violations, err := brokenSource(name, []byte(source))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, violation := range violations {
				parts := strings.SplitN(violation, ":", 4)
				if len(parts) != 4 || strings.TrimSpace(parts[3]) == "" {
					t.Fatalf("%q gives no reason", violation)
				}
				got = append(got, parts[1]+parts[2])
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
