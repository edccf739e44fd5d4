package kit

// Section is a group of lines that stand or fall together when a screen has
// too few rows for all. Drop says in which order sections give way: the
// highest first; a section with Drop 0 stays.
type Section struct {
	Lines []string
	Drop  int
}

// Blank is an empty line that gives way before everything with a lower number.
func Blank(drop int) Section { return Section{Lines: []string{""}, Drop: drop} }

// Stack puts sections below each other in at most h lines, leaving out those
// that give way first. Of what has to stay, the top is kept.
func Stack(sections []Section, h int) []string {
	kept := make([]bool, len(sections))
	total := 0
	for i, s := range sections {
		kept[i] = true
		total += len(s.Lines)
	}
	for total > h {
		worst := -1
		for i, s := range sections {
			if kept[i] && s.Drop > 0 && (worst < 0 || s.Drop >= sections[worst].Drop) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		kept[worst] = false
		total -= len(sections[worst].Lines)
	}
	var out []string
	for i, s := range sections {
		if kept[i] {
			out = append(out, s.Lines...)
		}
	}
	return out[:min(len(out), max(h, 0))]
}
