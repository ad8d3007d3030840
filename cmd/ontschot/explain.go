package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
)

// The shape of an explanation on a terminal.
const (
	explainWidth   = 100
	explainSources = 3 // of a code list
	explainFiles   = 4 // of a supplier and a table, the newest
)

// explain writes what a query asks and reads.
func (d *door) explain(cmd *cobra.Command, config *pipeline.Config, name, format string) error {
	if format != "table" && format != "json" {
		return usageError{fmt.Errorf("--explain writes a table or json, not %s", format)}
	}
	for _, flag := range []string{"output", "param"} {
		if cmd.Flags().Changed(flag) {
			return usageError{fmt.Errorf("--explain asks nothing and writes to stdout: leave --%s out", flag)}
		}
	}
	e, err := pipeline.Explain(cmd.Context(), config, d.env(pipeline.Silent{}), name)
	if err != nil {
		return err
	}
	if format == "json" {
		out := json.NewEncoder(d.stdout)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(e)
	}
	p := &page{to: d.stdout}
	p.query(e)
	p.references(e)
	p.deliveries(e)
	return p.err
}

// page writes lines until one fails.
type page struct {
	to  io.Writer
	err error
}

func (p *page) linef(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.to, format+"\n", args...)
	}
}

// entry writes a text behind a label, wrapped under itself.
func (p *page) entry(indent int, label, text string) {
	lead := strings.Repeat(" ", indent) + label
	for _, line := range wrap(text, explainWidth-utf8.RuneCountInString(lead)) {
		p.linef("%s%s", lead, line)
		lead = strings.Repeat(" ", utf8.RuneCountInString(lead))
	}
}

func (p *page) query(e *pipeline.Explanation) {
	for _, part := range [][2]string{{"query     ", e.Query}, {"question  ", e.Question}, {"grain     ", e.Grain}, {"method    ", e.Method}} {
		if part[1] != "" {
			p.entry(0, part[0], part[1])
		}
	}
	p.entry(0, "reads     ", strings.Join(e.Reads, ", "))
	p.linef("as of     run %s", e.Run)
	if len(e.Queries) > 0 {
		p.linef("\nmade by, each after what it reads:")
	}
	for _, q := range e.Queries {
		p.entry(2, q.Table+"  ", q.Title)
		p.entry(6, "from ", strings.Join(q.Reads, ", "))
	}
}

func (p *page) references(e *pipeline.Explanation) {
	if len(e.References) > 0 {
		p.linef("\nreference tables and their sources:")
	}
	for _, r := range e.References {
		p.linef("  %s  %d rows", r.Table, r.Rows)
		for _, source := range r.Sources[:min(len(r.Sources), explainSources)] {
			p.entry(6, "", source)
		}
		if more := len(r.Sources) - explainSources; more > 0 {
			p.linef("      and %d more: --format json lists them", more)
		}
	}
}

func (p *page) deliveries(e *pipeline.Explanation) {
	if len(e.Deliveries) > 0 {
		p.linef("\ndeliveries in force (date, lines loaded, euros, file):")
	}
	for rest := e.Deliveries; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Table == rest[0].Table && rest[n].Supplier == rest[0].Supplier {
			n++
		}
		same := rest[:n]
		rest = rest[n:]
		p.linef("  %s of %s: %d", same[0].Table, same[0].Supplier, n)
		if more := n - explainFiles; more > 1 {
			p.linef("      %d older, from %s on: --format json lists them", more, same[0].Date)
			same = same[more:]
		}
		for _, d := range same {
			p.linef("      %s %10d %16s  %s", d.Date, d.Lines, d.Euros, d.File)
		}
	}
}

// wrap breaks a text at its spaces, into lines of at most so many characters where the words allow it.
func wrap(text string, width int) []string {
	lines := []string{""}
	for word := range strings.FieldsSeq(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) <= width:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return lines
}
