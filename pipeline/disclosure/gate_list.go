package disclosure

import "slices"

// List claims the sheets that show the released tables cell by cell: each of
// their rows stands for one measure of one released row. All tables are in it,
// so that no cell is missing.
type List struct {
	// Parts are the sheets that it goes on over. All but the last have PartRows rows; each begins at FirstRow, from 1.
	Parts              []string
	FirstRow, PartRows int
	Blocks             []Block
}

// Block is one released table in a list: its rows one after another, and of each row its measures one after another.
type Block struct {
	Table    string
	Rows     []int // every row of the table once
	Measures []int // every measure of the table once
	Columns  []ListedColumn
}

// ListedKind tells what stands in a column of a list.
type ListedKind int

// What a column of a list can hold.
const (
	// ListedWords is made from other cells of the released row, such as its keys.
	ListedWords ListedKind = iota
	// ListedName names the measure.
	ListedName
	// ListedValue is the released number; nothing when it may not be seen.
	ListedValue
	// ListedMark is the mark in the place of a number; nothing beside a number.
	ListedMark
)

// ListedColumn is a column of a list.
type ListedColumn struct {
	Kind ListedKind
	// Sources are the columns of the released table that words are made from.
	Sources []int
	// Words makes them from the cells of those columns alone.
	Words func([]Cell) string
	// Number says that words which are a decimal are a number in the file.
	Number bool
	// Names are those of the measures, in the order of the block.
	Names []string
}

// listed is one sheet of a list; next is its first cell that was not yet seen.
type listed struct {
	*List
	part         string
	tables       []*ReleasedTable // of the blocks
	first, count int              // which rows of the list stand on it
	next         int

	// The place in the list where the comparison is, and the words of the released row there.
	block, begin, row int
	words             []string
	cells             []Cell
}

// addList prepares the comparison of a list, and refuses one that cannot be true.
func (g *Gate) addList(r Released, l *List) {
	tables := make([]*ReleasedTable, len(l.Blocks))
	listed, total := map[string]bool{}, 0
	for i, b := range l.Blocks {
		tables[i] = r.find(b.Table)
		if tables[i] == nil || listed[b.Table] || !g.fitsBlock(b, tables[i]) || len(b.Columns) != len(l.Blocks[0].Columns) {
			g.refuse(b.Table, "", RuleClaim)
			return
		}
		listed[b.Table] = true
		total += len(b.Rows) * len(b.Measures)
	}
	for _, t := range r.tables {
		if !listed[t.Name] && len(t.Rows) > 0 && slices.ContainsFunc(t.Columns, measure) {
			g.refuse(t.Name, "", RuleClaim)
		}
	}
	if l.FirstRow < 1 || l.PartRows < 1 || total > len(l.Parts)*l.PartRows || total <= (len(l.Parts)-1)*l.PartRows {
		g.refuse("", "", RuleClaim)
		return
	}
	for i, part := range l.Parts {
		if g.claims[part] != nil || g.lists[part] != nil {
			g.refuse(part, "", RuleClaim)
			continue
		}
		first := i * l.PartRows
		g.lists[part] = newListed(l, part, tables, first, min(l.PartRows, total-first))
	}
}

// fitsBlock holds when a block is possible: each row and each measure of the table once, every key in some column, a
// column for the number and one for the mark, and names that hold no long number.
func (g *Gate) fitsBlock(b Block, t *ReleasedTable) bool {
	var measures []int
	told, short := make([]bool, len(t.Columns)), true
	for i, c := range t.Columns {
		told[i] = !c.Key
		if measure(c) {
			measures = append(measures, i)
		}
	}
	if !slices.Equal(slices.Sorted(slices.Values(b.Measures)), measures) || !permutes(b.Rows, len(t.Rows)) {
		return false
	}
	kinds := map[ListedKind]int{}
	for _, c := range b.Columns {
		kinds[c.Kind]++
		if (c.Kind == ListedWords) != (c.Words != nil) || c.Kind == ListedName && len(c.Names) != len(measures) {
			return false
		}
		for _, source := range c.Sources {
			if source < 0 || source >= len(t.Columns) {
				return false
			}
			told[source] = true
		}
		for _, name := range c.Names {
			longNumbers(name, func(word string) { short = short && g.words[word] })
		}
	}
	return short && kinds[ListedValue] == 1 && kinds[ListedMark] == 1 && !slices.Contains(told, false)
}

// permutes holds when rows are 0 … n-1, each once.
func permutes(rows []int, n int) bool {
	seen := make([]bool, n)
	for _, row := range rows {
		if row < 0 || row >= n || seen[row] {
			return false
		}
		seen[row] = true
	}
	return len(rows) == n
}

func newListed(l *List, part string, tables []*ReleasedTable, first, count int) *listed {
	out := &listed{List: l, part: part, tables: tables, first: first, count: count, row: -1}
	if len(l.Blocks) > 0 {
		out.words = make([]string, len(l.Blocks[0].Columns))
	}
	return out
}

// compareListed judges a cell of a list, and the cells that were left out before it. Below the header a sheet of a list
// holds nothing else.
func (g *Gate) compareListed(l *listed, f Found) {
	row := f.Row - l.FirstRow
	if row >= l.count || f.Column < 1 || f.Column > len(l.words) {
		g.refuse(f.Part, g.where(f), RuleCell)
		return
	}
	at := row*len(l.words) + f.Column - 1
	if at < l.next {
		g.refuse(f.Part, g.where(f), RuleCell)
		return
	}
	g.skipListed(l, at)
	l.next = at + 1
	column, measure, cell, released := l.cell(at)
	same := false
	switch column.Kind {
	case ListedWords, ListedName:
		same = saysSame(f, l.text(column, measure, f.Column-1), column.Number)
	case ListedMark:
		same = f.Kind == Words && f.Text != "" && f.Text == g.mark(cell)
	case ListedValue:
		if value, ok := parseDecimal(f.Text); ok && f.Kind == Number && cell.State == Shown {
			same = value == releasedDecimal(released, cell)
		}
	}
	switch {
	case same:
	case cell.State == Hidden && (column.Kind == ListedValue || column.Kind == ListedMark):
		g.refuse(f.Part, g.where(f), RuleHidden)
	default:
		g.refuse(f.Part, g.where(f), RuleCell)
	}
}

// saysSame compares words, or a number that is made from words.
func saysSame(f Found, want string, number bool) bool {
	if value, ok := parseDecimal(want); ok && number {
		found, ok := parseDecimal(f.Text)
		return ok && f.Kind == Number && found == value
	}
	return f.Kind == Words && f.Text == want
}

// mark is what stands in the place of a number that cannot be seen.
func (g *Gate) mark(c Cell) string {
	switch c.State {
	case Hidden:
		return g.account.Hidden
	case Unknown:
		return g.account.Unknown
	case Shown:
	}
	return ""
}

// cell goes on to a place of the list: its column, its measure, and the released cell that the row stands for.
func (l *listed) cell(at int) (column ListedColumn, measure int, cell Cell, released Column) {
	n := l.first + at/len(l.words)
	for n-l.begin >= len(l.Blocks[l.block].Rows)*len(l.Blocks[l.block].Measures) {
		l.begin += len(l.Blocks[l.block].Rows) * len(l.Blocks[l.block].Measures)
		l.block, l.row = l.block+1, -1
	}
	b, t := &l.Blocks[l.block], l.tables[l.block]
	row := (n - l.begin) / len(b.Measures)
	measure = (n - l.begin) % len(b.Measures)
	if row != l.row {
		l.row = row
		l.say(b, t.Rows[b.Rows[row]])
	}
	source := b.Measures[measure]
	return b.Columns[at%len(l.words)], measure, t.Rows[b.Rows[row]][source], t.Columns[source]
}

// say makes the words of a released row, once for all its measures.
func (l *listed) say(b *Block, row []Cell) {
	for i, c := range b.Columns {
		if c.Kind != ListedWords {
			continue
		}
		l.cells = l.cells[:0]
		for _, source := range c.Sources {
			l.cells = append(l.cells, row[source])
		}
		l.words[i] = c.Words(l.cells)
	}
}

// text is what a column with words says of a measure.
func (l *listed) text(c ListedColumn, measure, column int) string {
	if c.Kind == ListedName {
		return c.Names[measure]
	}
	return l.words[column]
}

// skipListed passes over cells that are not in the file: only what is empty may be left out.
func (g *Gate) skipListed(l *listed, until int) {
	for ; l.next < until; l.next++ {
		column, measure, cell, _ := l.cell(l.next)
		empty := false
		switch column.Kind {
		case ListedWords, ListedName:
			empty = l.text(column, measure, l.next%len(l.words)) == ""
		case ListedMark:
			empty = cell.State == Shown
		case ListedValue:
			empty = cell.State != Shown
		}
		if !empty {
			g.refuse(l.part, cellName(l.FirstRow+l.next/len(l.words), l.next%len(l.words)+1), RuleCell)
		}
	}
}
