package report

import (
	"strconv"
	"strings"

	"ontschot/pipeline/disclosure"
)

// dataLine says how many cells a sheet of the list has, and how to read its marks.
func (w *workbook) dataLine(s dataSheet) string {
	return fill(w.texts.Data.RowLine, "n", w.texts.number(float64(s.rows), 0))
}

// writeData makes a sheet of the list but for its rows, which are written when
// the workbook is packed: they stream from the released tables into the file.
func (w *workbook) writeData(s dataSheet) error {
	if err := w.prepare(s.tab, w.data.columns, s.rows, func(c *column) string { return c.note }); err != nil {
		return err
	}
	sw, err := w.file.NewStreamWriter(s.tab)
	if err != nil {
		return err
	}
	if err := w.freeze(sw, w.data.columns, s.rows); err != nil {
		return err
	}
	title := w.texts.Data.Title + strings.TrimPrefix(s.tab, w.texts.Data.Tab)
	if err := w.writeTop(sw, title, w.texts.Data.Question, w.texts.Data.Advice, w.dataLine(s)); err != nil {
		return err
	}
	if s.rows == 0 {
		err = w.writeEmpty(sw, "")
	} else {
		err = w.writeHeader(sw, w.data.columns, s.name, s.rows)
	}
	if err != nil {
		return err
	}
	return sw.Flush()
}

// dataWriter writes the rows of a sheet of the list.
type dataWriter struct {
	*rowWriter
	cells  []disclosure.Cell
	before []string            // a cell of each column, up to the number of its row
	words  [dataColumns][]byte // the rest of each cell that is the same for all measures of a released row
	high   int                 // lines that the words of a released row take
}

// dataLabel are the cells with the names of a measure, and how many lines they take.
type dataLabel struct {
	cells [dataColumns][]byte
	high  int
}

// dataRows streams the cells first … first+rows-1 of the list.
func (w *workbook) dataRows(to *rowWriter, s dataSheet) error {
	r := dataWriter{rowWriter: to}
	var err error
	if r.before, err = addresses(dataColumns); err != nil {
		return err
	}
	begin, end := s.first, s.first+s.rows // within what is left of the list
	for i := range w.data.tables {
		d := &w.data.tables[i]
		size := len(d.order) * len(d.measures)
		if begin < size && end > 0 {
			if err := r.table(d, max(begin, 0), min(end, size)); err != nil {
				return err
			}
		}
		begin, end = begin-size, end-size
	}
	return nil
}

// table writes the cells from … to-1 of a table.
func (r *dataWriter) table(d *dataTable, from, to int) error {
	labels := make([]dataLabel, len(d.measures))
	for j := range labels {
		for _, i := range []int{dataTab, dataMeasure, dataSource} {
			style, high := r.wrap(i, d.name(i, j), r.w.styles.text)
			labels[j].cells[i] = r.text(nil, d.name(i, j), style)
			labels[j].high = max(labels[j].high, high)
		}
	}
	for n := from; n < to; n++ {
		i, j := d.order[n/len(d.measures)], n%len(d.measures)
		row := d.sheet.table.Rows[i]
		if j == 0 || n == from {
			r.say(d, row)
		}
		r.row(d, &labels[j], d.measures[j], row)
		if err := r.flush(); err != nil {
			return err
		}
	}
	return nil
}

// say makes the cells with the words of a released row.
func (r *dataWriter) say(d *dataTable, row []disclosure.Cell) {
	w := r.w
	r.high = 1
	for i := range d.words {
		r.words[i] = r.words[i][:0]
		said := d.words[i]
		if said.say == nil {
			if i != dataValue && i != dataMark {
				r.words[i] = appendBlank(r.words[i], w.styles.text)
			}
			continue
		}
		r.cells = r.cells[:0]
		for _, source := range said.sources {
			r.cells = append(r.cells, row[source])
		}
		text, style := said.say(r.cells), w.styles.text
		switch {
		case i == dataYear && strings.Trim(text, "-0123456789") == "" && text != "":
			r.words[i] = appendNumber(r.words[i], text, w.styles.numbers[formatYear])
			continue
		case len(r.cells) == 1 && r.cells[0].State != disclosure.Shown:
			style = w.styles.mark
		case i == dataStatus && open[r.cells[0].Text]:
			style = w.styles.open
		default:
			wrapped, high := r.wrap(i, text, style)
			style, r.high = wrapped, max(r.high, high)
		}
		r.words[i] = r.text(r.words[i], text, style)
	}
}

// wrap gives a text that is longer than its column is wide more lines, and says how many.
func (r *dataWriter) wrap(i int, text string, style int) (wrapped, high int) {
	// Letters are narrower than the digits that a width counts.
	if high = lines(text, (r.w.data.columns[i].width-textMargin)*1.15); high == 1 {
		return style, 1
	}
	return r.w.styles.cellText, high
}

// row writes the row of one measure of a released row.
func (r *dataWriter) row(d *dataTable, label *dataLabel, c *column, row []disclosure.Cell) {
	r.start(max(r.high, label.high))
	for i := range dataColumns {
		r.buf = append(r.buf, r.before[i]...)
		r.buf = strconv.AppendInt(r.buf, int64(r.number), 10)
		switch i {
		case dataTab, dataMeasure, dataSource:
			r.buf = append(r.buf, label.cells[i]...)
		case dataValue:
			r.value(d, c, row)
		case dataMark:
			r.mark(row[c.source])
		default:
			r.buf = append(r.buf, r.words[i]...)
		}
	}
	r.buf = append(r.buf, `</row>`...)
}

// value writes the rest of the cell of a number; one beyond what Excel keeps is refused on its own sheet.
func (r *dataWriter) value(d *dataTable, c *column, row []disclosure.Cell) {
	cell, style := row[c.source], r.w.styles.numbers[formatOf(c, &d.sheet.table, row)]
	if cell.State != disclosure.Shown {
		r.buf = appendBlank(r.buf, style)
		return
	}
	text := decimalText(cell.Unscaled, scaleOf(d.sheet.table.Columns[c.source]))
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	r.buf = appendNumber(r.buf, text, style)
}

func (r *dataWriter) mark(c disclosure.Cell) {
	switch c.State {
	case disclosure.Hidden:
		r.buf = r.text(r.buf, r.w.texts.Hidden, r.w.styles.mark)
	case disclosure.Unknown:
		r.buf = r.text(r.buf, r.w.texts.Unknown, r.w.styles.mark)
	case disclosure.Shown:
		r.buf = appendBlank(r.buf, r.w.styles.mark)
	}
}
