package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"ontschot/pipeline/disclosure"
)

// changesTexts are those of the sheet on what changed since the newest release.
type changesTexts struct {
	Sheet              sheetText
	Some, None, Never  string // the sentence on top
	NoRows, NoRelease  string // why there is no row
	Grain, Method      string
	Counted, Separator string
	How                map[string]string
	Table, What, Area  columnText
	Period, Key        columnText
	Measure            columnText
	Before, Now, By    columnText
}

// planChanges lays out the sheet on what changed since the newest release; sheets are the others, for their names.
func (w *workbook) planChanges(sheets []sheet, taken, tables map[string]bool) (sheet, error) {
	changes, t := w.book.Released.Changes(), &w.texts.Changes
	p := sheet{table: changes.Table, order: readingOrder(changes.Table), title: t.Sheet.Title, question: t.Sheet.Question}
	p.tab, p.name = sheetName(t.Sheet.Tab, taken), tableName(p.table.Name, tables)
	var err error
	if p.said, err = w.changesSentence(changes); err != nil {
		return p, err
	}
	p.table.Grain, p.table.Method, p.table.Empty = t.Grain, t.Method, t.NoRows
	if !changes.Since {
		p.table.Empty = t.NoRelease
	}
	tabs := map[string]string{}
	for _, s := range sheets {
		tabs[s.table.Name] = s.tab
	}
	formats := w.changeFormats(sheets, p.table)
	text := func(name string, said columnText, words func(string) string) column {
		return column{header: said.Label, note: said.Note, key: true, source: p.table.ColumnIndex(name), format: formatText,
			text: func(c disclosure.Cell) string { return words(c.Text) }}
	}
	number := func(name string, said columnText, signed bool) column {
		return column{header: said.Label, note: said.Note, source: p.table.ColumnIndex(name), format: formatRatio,
			formats: func(row []disclosure.Cell) format { return formats(row, signed) }}
	}
	derived := func(header, note string, words func(disclosure.Cell) string) column {
		return w.derived(p.table.ColumnIndex(disclosure.ChangedArea), header, note, words)
	}
	d := w.texts.Derived
	p.columns = []column{
		text(disclosure.ChangedTable, t.Table, func(code string) string { return named(tabs, code) }),
		text(disclosure.ChangedHow, t.What, func(code string) string { return named(t.How, code) }),
		derived(d.Level, d.LevelNote, w.levelName), derived(d.AreaName, d.AreaNote, w.areaName),
		text(disclosure.ChangedArea, t.Area, func(code string) string { return code }),
		text(disclosure.ChangedPeriod, t.Period, w.changedKey),
		text(disclosure.ChangedKey, t.Key, w.changedKey),
		text(disclosure.ChangedMeasure, t.Measure, func(code string) string {
			table, name, _ := strings.Cut(code, ".")
			if name == disclosure.CountOfNumbers {
				return t.Counted
			}
			return w.columnText(table, name).Label
		}),
		number(disclosure.ChangedBefore, t.Before, false), number(disclosure.ChangedNow, t.Now, false), number(disclosure.ChangedBy, t.By, true),
	}
	w.fit(p.columns, &p.table)
	return p, uniqueHeaders(p.columns)
}

// changesSentence is what the sheet says on top.
func (w *workbook) changesSentence(c disclosure.Changes) (string, error) {
	t := &w.texts.Changes
	if !c.Since {
		return t.Never, nil
	}
	released, err := time.Parse(time.DateOnly, w.book.Since)
	if err != nil {
		return "", fmt.Errorf("the date of the release %q is no date of the form yyyy-mm-dd", w.book.Since)
	}
	count := func(n int) string { return w.texts.number(float64(n), 0) }
	said := t.Some
	if c.Changed == 0 && c.Kept == 0 && c.Gone == 0 && c.New == 0 {
		said = t.None
	}
	return fill(said, "datum", w.dateText(released), "alle", count(c.Before), "veranderd", count(c.Changed), "behouden", count(c.Kept),
		"weg", count(c.Gone), "nieuw", count(c.New)), nil
}

// changedKey makes keys readable that are `column=code`, joined by "|".
func (w *workbook) changedKey(keys string) string {
	var out []string
	for part := range strings.SplitSeq(keys, "|") {
		name, code, _ := strings.Cut(part, "=")
		cell := disclosure.Cell{Text: code}
		if name == "zorgsoort" {
			out = append(out, w.careName(code))
		} else {
			out = append(out, w.wordsOf(name)(cell))
		}
	}
	return strings.Join(out, w.texts.Changes.Separator)
}

// signedFormats are how a difference looks, by how the figure looks.
var signedFormats = map[format]format{
	formatCount: formatCountSigned, formatEuro: formatEuroSigned, formatPercent: formatGrowth, formatPerThousand: formatPerThousandChange,
	formatOneDecimal: formatPerThousandChange,
}

// changeFormats gives the format of the numbers in a row of changes: that of the column which changed.
func (w *workbook) changeFormats(sheets []sheet, t disclosure.ReleasedTable) func(row []disclosure.Cell, signed bool) format {
	columns := map[string]*column{}
	for i := range sheets {
		s := &sheets[i]
		for j := range s.columns {
			if c := &s.columns[j]; c.number() {
				columns[s.table.Name+"."+s.table.Columns[c.source].Name] = c
			}
		}
	}
	measure, keys := t.ColumnIndex(disclosure.ChangedMeasure), t.ColumnIndex(disclosure.ChangedKey)
	return func(row []disclosure.Cell, signed bool) format {
		f, name := formatCount, row[measure].Text
		if c := columns[name]; c != nil {
			f = c.format
		}
		if name == "verwijzing.waarde" {
			f = referralFormat(f, row[keys].Text)
		}
		if other, ok := signedFormats[f]; ok && signed {
			return other
		}
		return f
	}
}

// changesOrder is the reading order of the changes: sheet by sheet, what changed before what is new or gone, then area and the
// newest period first; the columns of a row stay together.
func changesOrder(t disclosure.ReleasedTable) []int {
	order := make([]int, len(t.Rows))
	for i := range order {
		order[i] = i
	}
	table, how, area := t.ColumnIndex(disclosure.ChangedTable), t.ColumnIndex(disclosure.ChangedHow), t.ColumnIndex(disclosure.ChangedArea)
	period, key := t.ColumnIndex(disclosure.ChangedPeriod), t.ColumnIndex(disclosure.ChangedKey)
	hows := []string{disclosure.HowChanged, disclosure.HowNew, disclosure.HowGone}
	slices.SortStableFunc(order, func(a, b int) int {
		ra, rb := t.Rows[a], t.Rows[b]
		return cmp.Or(
			cmp.Compare(rank(sheetRank, ra[table].Text), rank(sheetRank, rb[table].Text)),
			cmp.Compare(ra[table].Text, rb[table].Text),
			cmp.Compare(rank(hows, ra[how].Text), rank(hows, rb[how].Text)),
			compareAreas(ra[area].Text, rb[area].Text),
			cmp.Compare(rb[period].Text, ra[period].Text),
			cmp.Compare(ra[key].Text, rb[key].Text),
		)
	})
	return order
}
