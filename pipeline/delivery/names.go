package delivery

import (
	"fmt"
	"slices"
	"strings"
)

// plausible tells whether the first line is a header at all. Were it a data line,
// naming its fields would show values of a person.
func (b *binder) plausible() bool {
	for _, name := range b.names {
		if slices.Contains(b.file.Table.columnNames(), name) {
			return true
		}
	}
	for _, pattern := range b.source.Kolommen {
		if len(b.matching(pattern)) > 0 {
			return true
		}
	}
	for _, pattern := range patternsOf(b.source.Breed) {
		if len(b.matching(pattern)) > 0 {
			return true
		}
	}
	return false
}

// found lists the column names of the file, when they are names.
func (b *binder) found() string {
	if !b.plausible() {
		return counted(int64(len(b.header)), "column") + ", none with a known name (not shown: the first line may hold data)"
	}
	all := make([]int, len(b.header))
	for i := range all {
		all[i] = i
	}
	return b.quoted(all)
}

func (b *binder) quoted(columns []int) string {
	var names []string
	for _, i := range columns {
		names = append(names, fmt.Sprintf("%q", b.safeName(i)))
	}
	return strings.Join(names, ", ")
}

// adviceFor tells how to get a missing column filled.
func (b *binder) adviceFor(column, mapped string) string {
	if len(b.names) == 1 {
		for _, d := range []string{";", ",", "|", "\t"} {
			if d != b.source.Scheiding && strings.Contains(b.names[0], d) {
				return fmt.Sprintf("The first line has %q in it: set scheiding = %q in the [[bron]] of this file", d, d)
			}
		}
	}
	if !b.plausible() {
		return "See that the file begins with a header line, and map its columns with kolommen in a [[bron]]"
	}
	var free []string
	for i, name := range b.names {
		if !b.used[i] && name != "" && b.safeName(i) == b.shown(i) && !slices.Contains(b.file.Table.columnNames(), name) {
			free = append(free, name)
		}
	}
	near := nearest(column, free)
	if mapped != "" {
		near = nearest(mapped, free)
	}
	if near == "" {
		return "Ask the supplier for the column, or give it one value with vast in the [[bron]] of this file"
	}
	return fmt.Sprintf("Ask the supplier for it, or map it in the [[bron]] of this file: kolommen = { %s = %q } if that is the same thing", column, near)
}

// nearest returns the candidate with the smallest edit distance, the first of equals.
func nearest(name string, candidates []string) string {
	best, bestDistance := "", -1
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(name), strings.ToLower(c)); bestDistance < 0 || d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// wildcardMatch matches a whole name; * stands for any run of characters.
func wildcardMatch(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == name
	}
	if !strings.HasPrefix(name, parts[0]) {
		return false
	}
	name = name[len(parts[0]):]
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name = name[i+len(part):]
	}
	return strings.HasSuffix(name, last)
}
