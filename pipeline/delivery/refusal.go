package delivery

import (
	"errors"
	"fmt"
	"io"
	"os"
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

// asRefusal makes any error of reading a *Refusal of this file. The text of a
// library may hold data, so that only its kind is told.
func asRefusal(f File, err error) *Refusal {
	var r *Refusal
	switch {
	case errors.As(err, &r):
	case errors.Is(err, errCutOff), errors.Is(err, io.ErrUnexpectedEOF):
		r = &Refusal{Reason: "the file is cut off half-way", Advice: "Ask the supplier to send the file again"}
	case isOfSystem(err):
		r = &Refusal{Reason: "the file cannot be read: " + cause(err), Advice: "See that its disk or network folder works, and run again"}
	default:
		r = &Refusal{Reason: "the library that reads its format cannot read it" + kindOf(err), Advice: damagedAdvice}
	}
	r.File = f.Path
	return r
}

// asPanic makes a panic of a library a *Refusal of this file.
func asPanic(f File, p any) *Refusal {
	if r, ours := p.(*Refusal); ours {
		r.File = f.Path
		return r
	}
	return &Refusal{File: f.Path, Reason: fmt.Sprintf("the file broke the library that reads its format (%T)", p), Advice: damagedAdvice}
}

const damagedAdvice = "The file is damaged or not the format that its name says: ask the supplier to send it again"

// kindOf names the type of the error within, when it tells anything.
func kindOf(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	switch kind := fmt.Sprintf("%T", err); kind {
	case "*errors.errorString", "*fmt.wrapError", "*fmt.wrapErrors":
		return ""
	default:
		return " (" + kind + ")"
	}
}

// isOfSystem tells that the operating system gave the error, not the content.
func isOfSystem(err error) bool {
	_, ok := errors.AsType[*os.PathError](err)
	return ok
}

// cause leaves the path out of a file error.
func cause(err error) string {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}

// counted writes a number before its noun.
func counted(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
