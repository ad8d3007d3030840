package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	maxDeliveryRows = 5000 // beyond this the ledger is the place to look
)

// writeProof makes the last sheet: what each sheet shows and how, where it came
// from, and what was left out.
func (w *workbook) writeProof() error {
	t, b := w.texts.Proof, w.book
	p := w.newPage(t.Tab, 30, 46, 34, 44, 13, 24)
	w.pageTop(p, t.Title, t.Question)
	w.proofSheets(p)

	w.list(p, t.Identity, t.IdentityHeads, [][]string{
		{t.Fingerprint, b.Fingerprint},
		{t.Stand, w.standText()},
		{t.Recipient, named(w.texts.Recipients, b.Recipient)},
		{t.Domains, w.ownDomains()},
		{t.Base, w.found.base},
		{t.State, w.state()},
	})
	w.proofDeliveries(p)
	prices := make([][]string, 0, len(b.PriceSources))
	for _, s := range b.PriceSources {
		prices = append(prices, []string{named(w.texts.Domains, s.Domain), w.texts.priceSource(s)})
	}
	w.list(p, t.Prices, t.PriceHeads, prices)
	versions := make([][]string, 0, len(b.Versions))
	for _, v := range b.Versions {
		versions = append(versions, []string{named(w.texts.Notices.Versions, v.Name), v.Value})
	}
	w.list(p, t.Versions, t.VersionHeads, versions)

	var provisional []string
	for _, line := range b.Provisional {
		provisional = append(provisional, w.texts.provisional(line))
	}
	if len(provisional) == 0 {
		provisional = []string{t.NoProvisional}
	}
	w.prose(p, t.Provisional, provisional)
	words := []string{t.DisclosureWords, w.disclosureSize()}
	if len(b.OwnDomains) > 0 {
		words = append(words, fill(t.OwnOnly, "wetten", w.ownDomains()))
	}
	w.prose(p, t.Disclosure, words)
	w.prose(p, t.Rounding, t.RoundingWords)
	w.prose(p, t.Order, []string{t.OrderWords})
	w.proofColumns(p)
	return p.close(landscape, 0)
}

// pageTop writes title, question, status and the way back above a composed sheet.
func (w *workbook) pageTop(p *page, title, question string) {
	s := w.styles
	status, style := w.status()
	p.put(1, rowTitle, title, s.sheetTitle)
	p.height(rowTitle, 27)
	p.put(1, rowQuestion, question, s.question)
	p.height(rowQuestion, 18)
	p.height(rowFinding, 3)
	p.put(1, rowStatus, status, style)
	p.height(rowStatus, 15)
	p.link(rowReading, w.texts.BackLink, w.texts.Summary.Tab, s.link)
	p.height(rowReading, 20)
	p.row = rowReading + 2
}

func (w *workbook) ownDomains() string {
	if len(w.book.OwnDomains) == 0 {
		return w.texts.Proof.AllDomains
	}
	var names []string
	for _, d := range w.book.OwnDomains {
		names = append(names, named(w.texts.Domains, d))
	}
	return strings.Join(names, ", ")
}

func (w *workbook) state() string {
	if w.book.Concept {
		return w.texts.Proof.StateConcept
	}
	return w.texts.Proof.StateReleased
}

func (w *workbook) proofSheets(p *page) {
	t := w.texts.Proof
	p.section(t.Sheets)
	w.heads(p, t.SheetHeads)
	for _, s := range w.sheets {
		values := []string{s.tab, s.question, clean(s.table.Grain), clean(s.table.Method)}
		w.wrappedRow(p, values)
		p.link(p.row-1, s.tab, s.tab, w.styles.cellLink)
	}
	for _, s := range w.data.sheets {
		w.wrappedRow(p, []string{s.tab, w.texts.Data.Question, w.texts.Data.Grain, ""})
		p.link(p.row-1, s.tab, s.tab, w.styles.cellLink)
	}
	p.row++
}

// heads writes the headers of a small table.
func (w *workbook) heads(p *page, heads []string) {
	for i, h := range heads {
		p.put(i+1, p.row, h, w.styles.headText)
	}
	p.height(p.row, 17)
	p.row++
}

// wrappedRow writes texts side by side and makes the row as high as the longest.
func (w *workbook) wrappedRow(p *page, values []string) {
	high := 1
	for i, v := range values {
		p.put(i+1, p.row, v, w.styles.cellText)
		high = max(high, lines(v, p.width(i+1, i+1)*1.08-1))
	}
	p.height(p.row, 3+13*float64(high))
	p.row++
}

// list is a section with a small table of texts.
func (w *workbook) list(p *page, title string, heads []string, rows [][]string) {
	p.section(title)
	if len(rows) == 0 {
		p.put(1, p.row, w.texts.Proof.None, w.styles.body)
		p.row += 2
		return
	}
	w.heads(p, heads)
	for _, r := range rows {
		w.wrappedRow(p, r)
	}
	p.row++
}

// prose is a section of sentences.
func (w *workbook) prose(p *page, title string, sentences []string) {
	p.section(title)
	for _, line := range sentences {
		p.paragraph(1, 4, p.row, line, w.styles.wrapped, 13, 1)
		p.row++
	}
	p.row++
}

func (w *workbook) proofDeliveries(p *page) {
	t := w.texts.Proof
	p.section(t.Deliveries)
	if len(w.book.Deliveries) == 0 {
		p.put(1, p.row, t.None, w.styles.body)
		p.row += 2
		return
	}
	w.heads(p, t.DeliveryHeads)
	for _, d := range w.book.Deliveries[:min(len(w.book.Deliveries), maxDeliveryRows)] {
		w.wrappedRow(p, []string{d.Supplier, d.File, d.Table, d.Date, "", short(d.Hash)})
		p.put(5, p.row-1, d.Lines, w.styles.numbers[formatCount])
	}
	if more := w.moreDeliveries(); more != "" {
		p.put(1, p.row, more, w.styles.body)
		p.row++
	}
	p.row++
}

// DeliveryLine reads a line of the last sheet as one of its list of deliveries: the file and the first digits of the hash of its content.
// ok is false for any other line.
func DeliveryLine(cells []string) (file, hash string, ok bool) {
	const fileAt, dateAt, hashAt = 1, 3, 5
	if len(cells) != hashAt+1 || len(cells[hashAt]) != shownHash || strings.Trim(cells[hashAt], "0123456789abcdef") != "" {
		return "", "", false
	}
	_, err := time.Parse(time.DateOnly, cells[dateAt])
	return cells[fileAt], cells[hashAt], err == nil
}

// disclosureSize says how many cells are hidden.
func (w *workbook) disclosureSize() string {
	counts := w.book.Released.Counts()
	return fill(w.texts.Proof.DisclosureSize,
		"verborgen", w.texts.number(float64(counts.Hidden), 0), "cellen", w.texts.number(float64(counts.Cells), 0))
}

// moreDeliveries says how many deliveries are not listed; nothing when all are.
func (w *workbook) moreDeliveries() string {
	more := len(w.book.Deliveries) - maxDeliveryRows
	if more <= 0 {
		return ""
	}
	return fill(w.texts.Proof.MoreDeliveries, "n", w.texts.number(float64(more), 0))
}

// proofColumns explains every column once, with the sheets that it stands on:
// the notes at the headers cannot be printed.
func (w *workbook) proofColumns(p *page) {
	type entry struct {
		header, source, note string
		tabs                 []string
	}
	var entries []*entry
	byKey := map[string]*entry{}
	for _, s := range w.sheets {
		for _, c := range s.columns {
			source := s.sourceName(&c)
			key := fmt.Sprintf("%s\x00%s\x00%s", c.header, source, c.note)
			if byKey[key] == nil {
				byKey[key] = &entry{header: c.header, source: source, note: c.note}
				entries = append(entries, byKey[key])
			}
			if e := byKey[key]; !slices.Contains(e.tabs, s.tab) {
				e.tabs = append(e.tabs, s.tab)
			}
		}
	}
	var rows [][]string
	for _, e := range entries {
		rows = append(rows, []string{e.header, e.note, strings.Join(e.tabs, ", "), e.source})
	}
	for _, c := range w.data.columns {
		rows = append(rows, []string{c.header, c.note, w.texts.Data.Tab, ""})
	}
	w.list(p, w.texts.Proof.Columns, w.texts.Proof.ColumnHeads, rows)
}
