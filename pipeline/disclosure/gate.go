package disclosure

import (
	"fmt"
	"strconv"
	"strings"
)

// Kind tells what a reader found in one place of a written file.
type Kind int

// What a place can hold.
const (
	// Words is a text, a name or a property.
	Words Kind = iota
	// Number is a number in a cell, or one that a chart draws.
	Number
	// Formula computes something, or reaches outside the file.
	Formula
)

// Found is one number or text of a written file, and where it stands.
type Found struct {
	// Part is the name of a sheet, or of another part of the file.
	Part string
	// Row and Column, from 1, are those of a cell; 0 elsewhere.
	Row, Column int
	// Place says where in the part it stands, when it is no cell.
	Place string
	Kind  Kind
	Text  string
}

// Account is what a report says of the file that it wrote. It is not believed:
// the gate compares it, cell by cell, with what was released.
type Account struct {
	Claims []Claim
	// List is that of all released cells; nil when there is none.
	List *List
	// Figures are numbers that the report makes from released cells alone, and counts of lines and files.
	Figures []Figure
	// Said are texts that the report makes from released cells alone, such as a headline.
	Said []string
	// Facts are texts that may hold long numbers and tell of no person: hashes, versions, dates, names of files, codes.
	Facts []string
	// Hidden and Unknown are the marks in the place of a value.
	Hidden, Unknown string
}

// Figure is a number as decimal text, and the only part in which it may stand.
type Figure struct {
	Part, Number string
}

// Claim says which cells of a sheet show which rows and columns of a released
// table: column i of the sheet is Columns[i], row FirstRow+i is row Rows[i] of the table.
type Claim struct {
	Part, Table string
	FirstRow    int // from 1
	Columns     []ClaimedColumn
	Rows        []int
}

// ClaimedColumn is a column of a released table on a sheet.
type ClaimedColumn struct {
	Source int // its place in the released table
	// Words gives the readable form of a text, from its released cell alone; nil for a number.
	Words func(Cell) string
}

// Rule is what a place in a file broke.
type Rule int

// The rules of the gate.
const (
	// RuleClaim is broken by an account that does not fit what was released.
	RuleClaim Rule = iota
	// RuleHidden is broken by a hidden cell with more than the mark.
	RuleHidden
	// RuleCell is broken by a cell of a table that is not as it was released, or that is not there.
	RuleCell
	// RuleNumber is broken by a number that was not released and is no known figure.
	RuleNumber
	// RuleWords is broken by a text with such a number of five digits or more.
	RuleWords
	// RuleFormula is broken by a formula, or by a link that leads outside the file.
	RuleFormula
)

func (r Rule) String() string {
	switch r {
	case RuleClaim:
		return "the account of the sheet does not fit what was released"
	case RuleHidden:
		return "the cell is hidden, and holds something else than the mark"
	case RuleCell:
		return "the cell is not as it was released"
	case RuleNumber:
		return "the number was not released"
	case RuleWords:
		return "the text holds a number of five digits or more that was not released"
	case RuleFormula:
		return "there is a formula, or a link that leads outside"
	}
	return "an unknown rule"
}

// Refusal is a place that broke a rule; it never holds what stands there.
type Refusal struct {
	Part, Place string
	Rule        Rule
}

func (r Refusal) String() string { return r.Part + ", " + r.Place + ": " + r.Rule.String() }

// RefusedError says why a file may not leave.
type RefusedError struct {
	Refusals []Refusal // the first of them
	More     int       // how many there are beyond these
}

func (e *RefusedError) Error() string {
	text := e.Refusals[0].String()
	if rest := len(e.Refusals) - 1 + e.More; rest > 0 {
		text += fmt.Sprintf(" (and %d more)", rest)
	}
	return text
}

// maxRefusals is how many refusals are kept; the others are counted.
const maxRefusals = 50

// Gate compares a written file with what was released, in the order in which a
// reader finds it, in one pass.
type Gate struct {
	account  Account
	claims   map[string]*claimed
	lists    map[string]*listed
	figures  map[figureKey]bool
	words    map[string]bool // words with a long number that are allowed
	facts    map[string]bool // facts as they are
	refusals []Refusal
	more     int

	// What is claimed of the part that the last finding stood in.
	part  string
	claim *claimed
	list  *listed
}

type figureKey struct {
	part  string
	value decimal
}

// claimed is a claim beside its table; next is the first cell that was not yet seen, counted row by row.
type claimed struct {
	Claim
	table *ReleasedTable
	next  int
}

// NewGate prepares the comparison of a file with what was released. A claim that
// cannot be true is refused by [Gate.Close].
func NewGate(r Released, a Account) *Gate {
	g := &Gate{account: a, claims: map[string]*claimed{}, lists: map[string]*listed{}, figures: map[figureKey]bool{}, words: map[string]bool{}, facts: map[string]bool{}}
	if a.Hidden == "" || a.Unknown == "" || a.Hidden == a.Unknown || digits(a.Hidden+a.Unknown) > 0 {
		g.refuse("", "", RuleClaim)
	}
	for _, c := range a.Claims {
		table := r.find(c.Table)
		if table == nil || g.claims[c.Part] != nil || !fits(c, table) {
			g.refuse(c.Part, "", RuleClaim)
			continue
		}
		g.claims[c.Part] = &claimed{Claim: c, table: table}
	}
	for _, f := range a.Figures {
		value, ok := parseDecimal(f.Number)
		if !ok {
			g.refuse(f.Part, "", RuleClaim)
			continue
		}
		g.figures[figureKey{f.Part, value}] = true
	}
	for _, text := range a.Said {
		longNumbers(text, func(word string) { g.words[word] = true })
	}
	for _, text := range a.Facts {
		g.facts[strings.TrimSpace(text)] = true
		longNumbers(text, func(word string) { g.words[word] = true })
	}
	if a.List != nil {
		g.addList(r, a.List)
	}
	return g
}

func (r Released) find(name string) *ReleasedTable {
	for i := range r.tables {
		if r.tables[i].Name == name {
			return &r.tables[i]
		}
	}
	if name == r.changes.Table.Name {
		return &r.changes.Table
	}
	return nil
}

// fits holds when a claim is possible: every row of the table once, every column there, words for texts only.
func fits(c Claim, t *ReleasedTable) bool {
	if c.FirstRow < 1 || len(c.Columns) == 0 || !permutes(c.Rows, len(t.Rows)) {
		return false
	}
	for _, column := range c.Columns {
		if column.Source < 0 || column.Source >= len(t.Columns) || (t.Columns[column.Source].Type == Text) != (column.Words != nil) {
			return false
		}
	}
	return true
}

func (g *Gate) refuse(part, place string, rule Rule) {
	if len(g.refusals) == maxRefusals {
		g.more++
		return
	}
	g.refusals = append(g.refusals, Refusal{Part: g.namable(part), Place: place, Rule: rule})
}

// namable is the name of a part or place as a refusal may repeat it: names come from the file, and could be a number themselves.
func (g *Gate) namable(name string) string {
	known := true
	longNumbers(name, func(word string) { known = known && g.words[word] })
	if !known {
		return "…"
	}
	return name
}

// See judges one finding. The cells of a sheet come row by row, each from left to right.
func (g *Gate) See(f Found) {
	if f.Kind == Formula {
		g.refuse(f.Part, g.where(f), RuleFormula)
		return
	}
	if f.Part != g.part {
		g.part, g.claim, g.list = f.Part, g.claims[f.Part], g.lists[f.Part]
	}
	if g.claim != nil && g.claim.covers(f) {
		g.compare(g.claim, f)
		return
	}
	if g.list != nil && f.Row >= g.list.FirstRow {
		g.compareListed(g.list, f)
		return
	}
	if f.Kind == Number {
		if value, ok := parseDecimal(f.Text); !ok || !g.figures[figureKey{f.Part, value}] {
			g.refuse(f.Part, g.where(f), RuleNumber)
		}
		return
	}
	text := strings.TrimSpace(f.Text)
	// A number written as a text is a number.
	if value, ok := parseDecimal(text); ok && !g.facts[text] && !g.figures[figureKey{f.Part, value}] {
		g.refuse(f.Part, g.where(f), RuleNumber)
		return
	}
	known := true
	longNumbers(text, func(word string) { known = known && g.words[word] })
	if !known {
		g.refuse(f.Part, g.where(f), RuleWords)
	}
}

func (c *claimed) covers(f Found) bool {
	return f.Row >= c.FirstRow && f.Row < c.FirstRow+len(c.Rows) && f.Column >= 1 && f.Column <= len(c.Columns)
}

// compare judges a cell of a table, and the cells that were left out before it.
func (g *Gate) compare(c *claimed, f Found) {
	at := (f.Row-c.FirstRow)*len(c.Columns) + f.Column - 1
	if at < c.next {
		g.refuse(f.Part, g.where(f), RuleCell)
		return
	}
	g.skip(c, at)
	c.next = at + 1
	column, cell := c.cell(at)
	switch cell.State {
	case Hidden:
		if f.Kind != Words || f.Text != g.account.Hidden {
			g.refuse(f.Part, g.where(f), RuleHidden)
		}
		return
	case Unknown:
		if f.Kind != Words || f.Text != g.account.Unknown {
			g.refuse(f.Part, g.where(f), RuleCell)
		}
		return
	case Shown:
	}
	same := false
	if column.Words != nil {
		same = f.Kind == Words && f.Text == column.Words(cell)
	} else if value, ok := parseDecimal(f.Text); ok && f.Kind == Number {
		same = value == releasedDecimal(c.table.Columns[column.Source], cell)
	}
	if !same {
		g.refuse(f.Part, g.where(f), RuleCell)
	}
}

func releasedDecimal(c Column, cell Cell) decimal {
	if c.Type == Decimal {
		return newDecimal(cell.Unscaled, c.Scale)
	}
	return newDecimal(cell.Unscaled, 0)
}

// cell is the released cell at a place of the claim.
func (c *claimed) cell(at int) (ClaimedColumn, Cell) {
	column := c.Columns[at%len(c.Columns)]
	return column, c.table.Rows[c.Rows[at/len(c.Columns)]][column.Source]
}

// skip passes over cells that are not in the file: only an empty text may be left out.
func (g *Gate) skip(c *claimed, until int) {
	for ; c.next < until; c.next++ {
		column, cell := c.cell(c.next)
		if column.Words == nil || cell.State != Shown || column.Words(cell) != "" {
			g.refuse(c.Part, cellName(c.FirstRow+c.next/len(c.Columns), c.next%len(c.Columns)+1), RuleCell)
		}
	}
}

// Close ends the comparison when the whole file was seen. The error is a
// [*RefusedError] when the file may not leave.
func (g *Gate) Close() error {
	for _, claim := range g.account.Claims {
		if c := g.claims[claim.Part]; c != nil {
			g.skip(c, len(c.Rows)*len(c.Columns))
		}
	}
	if g.account.List != nil {
		for _, part := range g.account.List.Parts {
			if l := g.lists[part]; l != nil {
				g.skipListed(l, l.count*len(l.words))
			}
		}
	}
	if len(g.refusals) == 0 {
		return nil
	}
	return &RefusedError{Refusals: g.refusals, More: g.more}
}

// where names the place of a finding.
func (g *Gate) where(f Found) string {
	if f.Row > 0 && f.Column > 0 {
		return cellName(f.Row, f.Column)
	}
	return g.namable(f.Place)
}

// cellName writes a cell as spreadsheets do, such as AB12.
func cellName(row, column int) string {
	letters := ""
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters + strconv.Itoa(row)
}
