package delivery

import (
	"fmt"
	"strings"
)

// ReasonCount is a quarantine rule and the number of lines that broke it.
type ReasonCount struct {
	Rule  string
	Count int64
}

// Refusal says why a whole file was not loaded. It never holds a value from a
// data line.
type Refusal struct {
	// File is the path as shown, Line the line number (0: the file as a whole),
	// Column the name of the column, when there is one.
	File   string
	Line   int64
	Column string
	// Reason is what is wrong; Expected and Found stand beside each other.
	Reason          string
	Expected, Found string
	// Advice is what to do next.
	Advice string
	// Top holds at most ten rules, the most frequent first, when the file is
	// refused for its quarantine.
	Top []ReasonCount
}

// Error gives the refusal as one readable text.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString(r.File)
	if r.Line > 0 {
		fmt.Fprintf(&b, ":%d", r.Line)
	}
	if r.Column != "" {
		fmt.Fprintf(&b, ": column %s", r.Column)
	}
	b.WriteString(": ")
	b.WriteString(r.Reason)
	if r.Expected != "" {
		b.WriteString("; expected " + r.Expected)
	}
	if r.Found != "" {
		b.WriteString("; found " + r.Found)
	}
	if len(r.Top) > 0 {
		b.WriteString("; most frequent: ")
		for i, t := range r.Top {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s %d", t.Rule, t.Count)
		}
	}
	if r.Advice != "" {
		b.WriteString(". " + r.Advice)
	}
	return b.String()
}
