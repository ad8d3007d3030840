package report

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// ErrHeader says that two columns of a sheet would get the same header, or one
// an empty header: Excel would "repair" such a table and lose it.
var ErrHeader = errors.New("the headers of a table must be unique and not empty")

// ErrNumber says that a number has more digits than Excel keeps.
var ErrNumber = errors.New("the number has more than the 15 digits that Excel keeps")

const realSuffix = "_reeel"

// open are the statuses of a period that may still change.
var open = map[string]bool{statusProvisional: true, statusIncomplete: true}

// column is one column of a sheet.
type column struct {
	header, note string
	format       format
	key          bool
	width        float64
	source       int                                // place in the released row
	text         func(c disclosure.Cell) string     // the readable form of a text or key; nil for a number
	formats      func(row []disclosure.Cell) format // of a column whose format is that of the row
}

func (c *column) number() bool { return c.text == nil }

// columnsOf lays out a released table: the area and its name lead, then the
// other keys and the status, then the measures. A care type stands beside its
// name; every other code that has a word is shown as that word.
func (w *workbook) columnsOf(t disclosure.ReleasedTable) ([]column, error) {
	var lead, status, rest []column
	for i, c := range t.Columns {
		col := w.column(t.Name, c, i)
		switch c.Name {
		case "gebied":
			area := []column{w.derived(i, w.texts.Derived.Level, w.texts.Derived.LevelNote, w.levelName),
				w.derived(i, w.texts.Derived.AreaName, w.texts.Derived.AreaNote, w.areaName), col}
			lead = append(area, lead...)
		case "zorgsoort":
			lead = append(lead, w.derived(i, w.texts.Derived.CareName, w.texts.Derived.CareNote, func(c disclosure.Cell) string {
				return w.careName(c.Text)
			}), col)
		case "status":
			status = append(status, col)
		default:
			if c.Key {
				lead = append(lead, col)
			} else {
				rest = append(rest, col)
			}
		}
	}
	all := slices.Concat(lead, status, rest)
	return all, uniqueHeaders(all)
}

func (w *workbook) derived(source int, header, note string, text func(disclosure.Cell) string) column {
	return column{header: header, note: note, key: true, source: source, text: text}
}

func (w *workbook) column(table string, c disclosure.Column, source int) column {
	said := w.columnText(table, c.Name)
	out := column{header: said.Label, note: said.Note, key: c.Key, source: source, format: said.Format.settle(c)}
	if c.Type == disclosure.Text {
		out.format = formatText
		out.text = w.wordsOf(c.Name)
	}
	return out
}

// columnText finds label and meaning; the real twin of a column follows from the
// column itself, and a column that the catalogue does not know keeps its name.
func (w *workbook) columnText(table, name string) columnText {
	t, base := w.texts, yearText(w.book.BaseYear)
	for _, key := range []string{table + "." + name, name} {
		said, ok := t.TableColumns[key]
		if !ok {
			said, ok = t.Columns[key]
		}
		if ok {
			said.Label, said.Note = fill(said.Label, "basis", base), fill(said.Note, "basis", base)
			return said
		}
	}
	if plain, ok := strings.CutSuffix(name, realSuffix); ok {
		said := w.columnText(table, plain)
		said.Label = fill(t.Derived.RealLabel, "label", said.Label, "basis", base)
		said.Note = strings.TrimSpace(fill(t.Derived.RealNote, "uitleg", said.Note, "basis", base))
		return said
	}
	return columnText{Label: sentence(strings.ReplaceAll(clean(name), "_", " ")), Format: formatGuess}
}

// wordsOf gives the readable form of the values of a text column.
func (w *workbook) wordsOf(name string) func(disclosure.Cell) string {
	t := w.texts
	switch name {
	case "maand": // a month is written as its first day
		return func(c disclosure.Cell) string { return strings.TrimSuffix(c.Text, "-01") }
	case "kwartaal":
		return func(c disclosure.Cell) string { return strings.Replace(c.Text, "-K", "-"+t.Quarter, 1) }
	case "leefdomein":
		return func(c disclosure.Cell) string { return w.lifeName(c.Text) }
	case "regel":
		return func(c disclosure.Cell) string { return w.texts.ruleName(c.Text) }
	case "project":
		return func(c disclosure.Cell) string { return w.projectName(c.Text) }
	case "uitkomst":
		return func(c disclosure.Cell) string { return w.outcomeName(c.Text) }
	case "periode":
		return func(c disclosure.Cell) string { return w.periodName(c.Text) }
	case "arrangement", "van", "naar":
		return func(c disclosure.Cell) string { return w.arrangementName(c.Text) }
	}
	names := map[string]map[string]string{
		"domein": t.Domains, "lijn": t.Lines, "status": t.Statuses, "telling": t.Counts,
		"post": t.Posts,
	}[name]
	if names == nil {
		names = t.Words[name]
	}
	return func(c disclosure.Cell) string { return named(names, c.Text) }
}

// arrangementName names the laws of an arrangement, domein:leefdomein joined by a plus, each once with its life domains;
// a law alone, or a word in its place, is named as such.
func (w *workbook) arrangementName(code string) string {
	if name := w.texts.Turns[code]; name != "" {
		return name
	}
	var out strings.Builder
	before := ""
	for part := range strings.SplitSeq(code, "+") {
		domain, life, found := strings.Cut(part, ":")
		if domain == before {
			out.WriteString(", ")
		} else {
			if before != "" {
				out.WriteString(" + ")
			}
			out.WriteString(named(w.texts.Domains, domain))
			if found {
				out.WriteString(": ")
			}
		}
		out.WriteString(w.lifeName(life))
		before = domain
	}
	return out.String()
}

func (w *workbook) areaName(c disclosure.Cell) string {
	if name := w.texts.Areas[c.Text]; name != "" {
		return name
	}
	return named(w.book.AreaNames, c.Text)
}

func (w *workbook) levelName(c disclosure.Cell) string { return named(w.texts.Levels, level(c.Text)) }

func uniqueHeaders(columns []column) error {
	seen := map[string]bool{}
	for i, c := range columns {
		key := strings.ToLower(strings.TrimSpace(c.header))
		if key == "" {
			return fmt.Errorf("column %d: %w", i+1, ErrHeader)
		}
		if seen[key] {
			return fmt.Errorf("column %d, %q: %w", i+1, c.header, ErrHeader)
		}
		seen[key] = true
	}
	return nil
}

// cell gives value and style of a column in a row.
func (w *workbook) cell(c *column, t *disclosure.ReleasedTable, row []disclosure.Cell) (excelize.Cell, error) {
	from := row[c.source]
	switch {
	case from.State == disclosure.Hidden:
		return excelize.Cell{Value: w.texts.Hidden, StyleID: w.styles.mark}, nil
	case from.State == disclosure.Unknown:
		return excelize.Cell{Value: w.texts.Unknown, StyleID: w.styles.mark}, nil
	case !c.number():
		style := w.styles.text
		if open[from.Text] && t.Columns[c.source].Name == "status" {
			style = w.styles.open
		}
		return excelize.Cell{Value: clean(c.text(from)), StyleID: style}, nil
	case tooLong(from.Unscaled, scaleOf(t.Columns[c.source])):
		return excelize.Cell{}, fmt.Errorf("column %q: %w", t.Columns[c.source].Name, ErrNumber)
	}
	scale, style := scaleOf(t.Columns[c.source]), w.styles.numbers[formatOf(c, t, row)]
	if scale == 0 {
		return excelize.Cell{Value: from.Unscaled, StyleID: style}, nil
	}
	return excelize.Cell{Value: asFloat(from.Unscaled, scale), StyleID: style}, nil
}

const (
	minWidth   = 9.0
	maxWidth   = 46.0
	headLimit  = 15.0 // a header wraps beyond this
	headMore   = 4.5  // for the indent of a header and the button of the filter
	textMargin = 3.0  // for the indent of a text
)

// decimalsShown is how many characters a format takes beside digits and thousands.
var decimalsShown = [formatKinds]float64{
	formatCountSigned: 1, formatEuroSigned: 1, formatPercent: 3, formatGrowth: 4, formatPoints: 8,
	formatPerThousand: 2, formatPerThousandChange: 3, formatOneDecimal: 2, formatTwoDecimals: 3, formatRatio: 4,
}

// fit sets the widths from what the cells hold.
func (w *workbook) fit(columns []column, t *disclosure.ReleasedTable) {
	for i := range columns {
		c := &columns[i]
		width := minWidth
		for word := range strings.FieldsSeq(c.header) {
			width = math.Max(width, float64(utf8.RuneCountInString(word))*0.95+headMore)
		}
		width = math.Max(width, math.Min(float64(utf8.RuneCountInString(c.header))/2.6+headMore, headLimit))
		for _, row := range t.Rows {
			width = math.Max(width, cellWidth(c, t.Columns[c.source], row[c.source]))
		}
		c.width = math.Min(math.Ceil(width), maxWidth)
	}
}

// textWidth is how wide a column must be to hold a text on one line.
func textWidth(s string) float64 { return float64(utf8.RuneCountInString(s))*1.02 + textMargin }

func cellWidth(c *column, from disclosure.Column, cell disclosure.Cell) float64 {
	if cell.State != disclosure.Shown {
		return minWidth
	}
	if !c.number() {
		return textWidth(c.text(cell))
	}
	digits := float64(len(strconv.FormatInt(cell.Unscaled, 10)) - scaleOf(from))
	if c.format == formatPercent {
		digits = 3
	}
	return digits*1.34 + decimalsShown[c.format] + 3.5
}
