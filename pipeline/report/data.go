package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"ontschot/pipeline/disclosure"
)

// The columns of the sheet of all released cells.
const (
	dataTab = iota
	dataLevel
	dataArea
	dataCode
	dataYear
	dataPeriod
	dataDomain
	dataCare
	dataLine
	dataFeatures
	dataMeasure
	dataValue
	dataMark
	dataStatus
	dataSource
	dataColumns
)

const (
	dataName = "gegevens"          // of the Excel table, in every language
	dataRoom = maxRows - rowHeader // rows of a sheet
)

// dataWidths are how wide the columns become at most; a longer text takes more lines.
var dataWidths = [dataColumns]float64{
	dataTab: 26, dataLevel: 14, dataArea: 28, dataCode: 15, dataYear: 9, dataPeriod: 13, dataDomain: 18, dataCare: 39, dataLine: 24,
	dataFeatures: 50, dataMeasure: 34, dataValue: 16, dataMark: 9, dataStatus: 15, dataSource: 42,
}

// dataPlan is how all released cells are listed: tables one after another, over as many sheets as they need.
type dataPlan struct {
	tables  []dataTable
	sheets  []dataSheet
	columns []column
}

// dataSheet is one sheet of the list, with the cells first … first+rows-1 of it.
type dataSheet struct {
	tab, name   string
	first, rows int
}

// dataTable is a released table as the list has it: of each row all measures.
type dataTable struct {
	sheet    *sheet
	order    []int
	measures []*column
	words    [dataColumns]dataWords
}

// dataWords makes a text of a released row from its cells in some columns.
type dataWords struct {
	sources []int
	say     func([]disclosure.Cell) string
}

// planData lists the cells of all sheets, in their order, over sheets of at most room rows.
func (w *workbook) planData() dataPlan {
	t := &w.texts.Data
	var plan dataPlan
	total := 0
	for i := range w.sheets {
		if w.sheets[i].table.Name == disclosure.ChangesTable {
			continue // these are no figures of their own
		}
		d := w.dataTable(&w.sheets[i])
		plan.tables = append(plan.tables, d)
		total += len(d.order) * len(d.measures)
	}
	for first := 0; first == 0 || first < total; first += w.room {
		s := dataSheet{tab: t.Tab, name: dataName, first: first, rows: min(w.room, total-first)}
		if n := len(plan.sheets) + 1; n > 1 {
			s.tab, s.name = s.tab+" "+strconv.Itoa(n), s.name+"_"+strconv.Itoa(n)
		}
		plan.sheets = append(plan.sheets, s)
	}
	for i, said := range t.Columns {
		c := column{header: said.Label, note: said.Note, key: i <= dataArea, width: plan.width(i, said.Label)}
		if i != dataYear && i != dataValue && i != dataMark {
			c.text = func(c disclosure.Cell) string { return c.Text }
		}
		plan.columns = append(plan.columns, c)
	}
	return plan
}

// dataTable sorts the columns of a sheet by what they are to the list.
func (w *workbook) dataTable(s *sheet) dataTable {
	d := dataTable{sheet: s, order: s.order}
	var features []*column
	for i := range s.columns {
		c := &s.columns[i]
		from := s.table.Columns[c.source]
		switch name := from.Name; {
		case !from.Key && c.number():
			d.measures = append(d.measures, c)
		case name == "gebied": // stands three times on its sheet
			d.words[dataLevel] = w.dataWords(from, c.source, w.levelName)
			d.words[dataArea] = w.dataWords(from, c.source, w.areaName)
			d.words[dataCode] = w.dataWords(from, c.source, func(c disclosure.Cell) string { return c.Text })
		case name == "zorgsoort": // stands twice
			d.words[dataCare] = w.dataWords(from, c.source, func(c disclosure.Cell) string { return w.careName(c.Text) })
		case name == "jaar":
			d.words[dataYear] = w.dataWords(from, c.source, c.text)
		case name == "kwartaal" || name == "maand":
			d.words[dataYear] = w.dataWords(from, c.source, func(c disclosure.Cell) string { return yearOf(c.Text) })
			d.words[dataPeriod] = w.dataWords(from, c.source, c.text)
		case name == "domein":
			d.words[dataDomain] = w.dataWords(from, c.source, c.text)
		case name == "lijn":
			d.words[dataLine] = w.dataWords(from, c.source, c.text)
		case name == "status":
			d.words[dataStatus] = w.dataWords(from, c.source, c.text)
		default:
			features = append(features, c)
		}
	}
	d.words[dataFeatures] = w.features(s, features)
	return d
}

// yearOf is the year of a quarter or month, which both begin with it.
func yearOf(period string) string {
	if year := cut(period, 4); len(year) == 4 && strings.Trim(year, "0123456789") == "" {
		return year
	}
	return ""
}

// dataWords are those of one column; without text it is a number.
func (w *workbook) dataWords(from disclosure.Column, source int, text func(disclosure.Cell) string) dataWords {
	return dataWords{[]int{source}, func(cells []disclosure.Cell) string { return w.cellWords(from, cells[0], text) }}
}

func (w *workbook) cellWords(from disclosure.Column, c disclosure.Cell, text func(disclosure.Cell) string) string {
	switch {
	case c.State == disclosure.Hidden:
		return w.texts.Hidden
	case c.State == disclosure.Unknown:
		return w.texts.Unknown
	case text == nil:
		return decimalText(c.Unscaled, scaleOf(from))
	}
	return clean(text(c))
}

// features are the other columns that tell what a row is about, each with its
// header; a word that says nothing, or is not to be seen, is left out.
func (w *workbook) features(s *sheet, columns []*column) dataWords {
	t := &w.texts.Data
	var out dataWords
	for _, c := range columns {
		out.sources = append(out.sources, c.source)
	}
	out.say = func(cells []disclosure.Cell) string {
		var said []string
		for i, c := range columns {
			from := s.table.Columns[c.source]
			if !from.Key && cells[i].State != disclosure.Shown {
				continue
			}
			if value := w.cellWords(from, cells[i], c.text); value != "" {
				said = append(said, fill(t.Feature, "naam", c.header, "waarde", value))
			}
		}
		return strings.Join(said, t.Between)
	}
	return out
}

// width is that of the widest column that a column of the list is made from, within its limit.
func (plan *dataPlan) width(i int, header string) float64 {
	width := math.Max(minWidth, math.Min(textWidth(header)+headMore, headLimit))
	for _, d := range plan.tables {
		if len(d.order) == 0 {
			continue
		}
		for j, c := range d.measures {
			switch i {
			case dataTab, dataMeasure, dataSource:
				width = math.Max(width, textWidth(d.name(i, j)))
			case dataValue:
				width = math.Max(width, c.width)
			}
		}
		width = math.Max(width, d.widthOf(i))
	}
	return math.Min(math.Ceil(width), dataWidths[i])
}

// widthOf is the width of its own sheet's column for the same words.
func (d *dataTable) widthOf(i int) float64 {
	sources := d.words[i].sources
	if len(sources) == 0 || i == dataYear {
		return 0
	}
	if i == dataFeatures {
		return dataWidths[i]
	}
	at := slices.IndexFunc(d.sheet.columns, func(c column) bool { return c.source == sources[0] })
	switch i {
	case dataArea: // kind, name and code of an area stand side by side
		at++
	case dataCode:
		at += 2
	}
	return d.sheet.columns[at].width
}

// name is what a column of the list says of a measure.
func (d *dataTable) name(i, measure int) string {
	c := d.measures[measure]
	switch i {
	case dataTab:
		return d.sheet.tab
	case dataMeasure:
		return c.header
	}
	return clean(d.sheet.table.Name + "." + d.sheet.table.Columns[c.source].Name)
}

// list says, for the comparison with what was released, what stands where; nil when no cell is listed.
func (plan *dataPlan) list(room int) *disclosure.List {
	if plan.sheets[0].rows == 0 {
		return nil
	}
	out := &disclosure.List{FirstRow: rowHeader + 1, PartRows: room}
	for _, s := range plan.sheets {
		out.Parts = append(out.Parts, s.tab)
	}
	for i := range plan.tables {
		d := &plan.tables[i]
		if len(d.order) == 0 || len(d.measures) == 0 {
			continue
		}
		b := disclosure.Block{Table: d.sheet.table.Name, Rows: d.order, Columns: d.listed()}
		for _, c := range d.measures {
			b.Measures = append(b.Measures, c.source)
		}
		out.Blocks = append(out.Blocks, b)
	}
	return out
}

// listed are the columns of the list, as the comparison knows them.
func (d *dataTable) listed() []disclosure.ListedColumn {
	out := make([]disclosure.ListedColumn, dataColumns)
	for i := range out {
		switch i {
		case dataTab, dataMeasure, dataSource:
			out[i].Kind = disclosure.ListedName
			for j := range d.measures {
				out[i].Names = append(out[i].Names, d.name(i, j))
			}
		case dataValue:
			out[i].Kind = disclosure.ListedValue
		case dataMark:
			out[i].Kind = disclosure.ListedMark
		default:
			said := d.words[i]
			if said.say == nil {
				said.say = func([]disclosure.Cell) string { return "" }
			}
			out[i] = disclosure.ListedColumn{Sources: said.sources, Words: said.say, Number: i == dataYear}
		}
	}
	return out
}
