package report

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/renameio/v2"
	"github.com/xuri/excelize/v2"
)

const (
	author       = "Ontschot"
	fileMode     = 0o600 // care costs are nobody else's business
	shownHash    = 12    // digits of a hash that a reader compares by eye
	landscape    = "landscape"
	portrait     = "portrait"
	printedSigns = 80  // of a text in a header or footer
	marginSide   = 0.4 // inches
	marginTop    = 0.65
	marginBottom = 0.6
)

// workbook is a book being written.
type workbook struct {
	book   Book
	texts  *texts
	file   *excelize.File
	styles *sheetStyles
	sheets []sheet
	data   dataPlan
	room   int // rows of the list that fit one sheet
	found  findings
	goals  []goal
	// pictures and side are what the sheets with pictures and with districts show.
	pictures []picture
	effects  []picture // of the sheet that says whether something changed anything
	side     districts
	stand    time.Time
}

// planned lays out the workbook of a book, and reads from its released tables what the composed sheets say; nothing is written.
func planned(b Book, room int) (*workbook, error) {
	stand, err := time.Parse(time.DateOnly, b.Stand)
	if err != nil {
		return nil, fmt.Errorf("the stand %q is no date of the form yyyy-mm-dd", b.Stand)
	}
	said, err := textsOf(b)
	if err != nil {
		return nil, err
	}
	w := &workbook{book: b, texts: said, stand: stand, room: room}
	if w.sheets, err = w.planSheets(); err != nil {
		return nil, err
	}
	w.data = w.planData()
	w.found = find(b)
	w.goals = w.findGoals()
	w.pictures = w.makePictures()
	w.effects = w.makeEffects()
	w.side = w.sideBySide()
	return w, nil
}

// Write makes the workbook at path, with mode 0600. It is written beside it,
// synced and renamed into place, so that a reader finds the former workbook or
// the new one whole. The same Book gives the same bytes.
func Write(path string, b Book) error { return writeBook(path, b, dataRoom) }

// writeBook makes a workbook of which a sheet of the list has room for so many rows.
func writeBook(path string, b Book, room int) (err error) {
	w, err := planned(b, room)
	if err != nil {
		return fmt.Errorf("report %s: %w", filepath.Base(path), err)
	}
	// Spilled rows go beside the workbook, not to a disk that others share.
	w.file = excelize.NewFile(excelize.Options{TmpDir: filepath.Dir(path)})
	defer func() { err = errors.Join(err, w.file.Close()) }()
	if err := w.compose(); err != nil {
		return fmt.Errorf("report %s: %w", filepath.Base(path), err)
	}
	packed, err := w.file.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("report %s: %w", filepath.Base(path), err)
	}
	anew, err := w.streamed(packed.Bytes())
	if err != nil {
		return fmt.Errorf("report %s: %w", filepath.Base(path), err)
	}
	pending, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(fileMode))
	if err != nil {
		return fmt.Errorf("report %s: %w", filepath.Base(path), err)
	}
	defer func() { err = errors.Join(err, pending.Cleanup()) }()
	if err := repack(pending, packed.Bytes(), anew); err != nil {
		return fmt.Errorf("report %s: %w", filepath.Base(path), err)
	}
	if err := pending.CloseAtomicallyReplace(); err != nil {
		return fmt.Errorf("report %s: %w", filepath.Base(path), err)
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the rename itself survive a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// compose fills all sheets: answer first, proof last. What excelize would read
// back from a streamed sheet is done before the first stream.
func (w *workbook) compose() error {
	var err error
	if err = w.file.SetDefaultFont(fontName); err != nil {
		return err
	}
	if w.styles, err = newStyles(w.file); err != nil {
		return err
	}
	composed := w.composed()
	front, last := composed[:len(composed)-1], composed[len(composed)-1]
	if err = w.file.SetSheetName(w.file.GetSheetName(0), front[0].tab); err != nil {
		return err
	}
	var tabs []string
	for _, s := range front[1:] {
		tabs = append(tabs, s.tab)
	}
	for _, s := range w.sheets {
		tabs = append(tabs, s.tab)
	}
	for _, s := range w.data.sheets {
		tabs = append(tabs, s.tab)
	}
	for _, tab := range append(tabs, last.tab) {
		if _, err = w.file.NewSheet(tab); err != nil {
			return err
		}
	}
	w.file.SetActiveSheet(0)
	for _, s := range composed {
		if err = s.write(); err != nil {
			return err
		}
	}
	for i := range w.sheets {
		if err = w.writeSheet(&w.sheets[i]); err != nil {
			return err
		}
	}
	for _, p := range w.data.sheets {
		if err = w.writeData(p); err != nil {
			return err
		}
	}
	return w.describe()
}

// describe sets the properties of the document; they carry no clock.
func (w *workbook) describe() error {
	created := w.stand.Format(time.RFC3339)
	state := w.texts.Released
	if w.book.Concept {
		state = w.texts.Concept
	}
	if err := w.file.SetDocProps(&excelize.DocProperties{
		Title: w.title(), Subject: clean(w.found.headline(w.texts, w.book)), Creator: author, LastModifiedBy: author,
		Created: created, Modified: created, Language: w.texts.Language, Keywords: w.texts.Keywords,
		Identifier: clean(w.book.Fingerprint), ContentStatus: state,
	}); err != nil {
		return err
	}
	return w.file.SetAppProps(&excelize.AppProperties{Application: author})
}

func (w *workbook) title() string {
	return strings.TrimSpace(fill(w.texts.Title, "regio", clean(w.book.Region)))
}

// standText is the stand as people write a date.
func (w *workbook) standText() string { return w.dateText(w.stand) }

func (w *workbook) dateText(date time.Time) string {
	return fmt.Sprintf("%d %s %d", date.Day(), w.texts.Months[date.Month()-1], date.Year())
}

func short(hash string) string {
	if hash = clean(hash); len(hash) > shownHash {
		return hash[:shownHash]
	}
	return hash
}

// status is the line under the question of every sheet, and its style.
func (w *workbook) status() (string, int) {
	line := fill(w.texts.StandLine, "stand", w.standText(), "kenmerk", short(w.book.Fingerprint))
	if w.book.Concept {
		return w.texts.Concept + " · " + line, w.styles.conceptCell
	}
	return sentence(line), w.styles.status
}

// setPage sets how a sheet prints: one page wide, page n of m; height
// is the number of pages, 0 for as many as it takes.
func (w *workbook) setPage(tab string, paper int, orientation string, height int) error {
	f, one := w.file, 1
	yes, no := true, false
	side, top, bottom, edge := marginSide, marginTop, marginBottom, 0.3
	if err := f.SetPageLayout(tab, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &one, FitToHeight: &height}); err != nil {
		return err
	}
	if err := f.SetSheetProps(tab, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := f.SetPageMargins(tab, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge}); err != nil {
		return err
	}
	if err := f.SetSheetView(tab, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
		return err
	}
	header := "&L&8" + printable(w.title())
	if w.book.Concept {
		header += "&R&\"" + fontName + ",Bold\"&9" + printable(w.texts.Concept)
	}
	footer := "&L&8" + printable(fill(w.texts.StandLine, "stand", w.standText(), "kenmerk", short(w.book.Fingerprint))) +
		"&C&8" + w.texts.Footer + "&R&8&A"
	return f.SetHeaderFooter(tab, &excelize.HeaderFooterOptions{OddHeader: header, OddFooter: footer})
}

// printable guards the signs that mean something in a header or footer, and
// keeps within the length that Excel accepts.
func printable(s string) string {
	return strings.ReplaceAll(cut(s, printedSigns), "&", "&&")
}
