package report

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// ErrNoWorkbook says that something is no Excel workbook that can be read.
var ErrNoWorkbook = errors.New("it is no Excel workbook")

// ErrPassword says that a workbook opens with a password only, and with none of those given.
var ErrPassword = errors.New("it opens with a password only")

// Opened is a workbook as somebody holds it, perhaps saved again by another program.
type Opened struct {
	file  *excelize.File
	plain []byte
}

// Open reads a workbook, one with a password by the first of passwords that fits. scratch is a folder for what is too large for
// memory. An error is an [ErrNoWorkbook] or an [ErrPassword].
func Open(raw []byte, passwords []string, scratch string) (*Opened, error) {
	if bytes.HasPrefix(raw, []byte{0xd0, 0xcf, 0x11, 0xe0}) { // the container of what is encrypted
		plain, err := decrypted(raw, passwords)
		if err != nil {
			return nil, err
		}
		raw = plain
	}
	file, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{TmpDir: scratch})
	if err != nil {
		return nil, errors.Join(ErrNoWorkbook, err)
	}
	return &Opened{file: file, plain: raw}, nil
}

func decrypted(raw []byte, passwords []string) ([]byte, error) {
	for _, p := range passwords {
		if plain, err := excelize.Decrypt(raw, &excelize.Options{Password: p}); err == nil && bytes.HasPrefix(plain, []byte("PK")) {
			return plain, nil
		}
	}
	return nil, ErrPassword
}

// Close frees what is too large for memory.
func (o *Opened) Close() error { return o.file.Close() }

// Is tells whether it has the bytes of a workbook; the cipher of a password fills the last block up.
func (o *Opened) Is(plain []byte) bool {
	rest, ok := bytes.CutPrefix(o.plain, plain)
	return ok && len(rest) < cipherBlock && len(bytes.Trim(rest, "\x00")) == 0
}

// Says gives the texts that a workbook says of itself: its identifier among the properties, and the cells of its last sheet, row by row.
func (o *Opened) Says() (identifier string, proof [][]string, err error) {
	if p, err := o.file.GetDocProps(); err == nil { // another program may have dropped them
		identifier = p.Identifier
	}
	sheets := o.file.GetSheetList()
	if len(sheets) == 0 {
		return identifier, nil, ErrNoWorkbook
	}
	err = eachLine(o.file, sheets[len(sheets)-1], func(_ int, cells []string) bool {
		proof = append(proof, cells)
		return true
	})
	return identifier, proof, err
}

// Difference is a cell that differs, or a sheet when Cell is empty. Want is what was made, Got what stands there.
type Difference struct{ Sheet, Cell, Want, Got string }

func (d Difference) String() string {
	switch {
	case d.Cell != "":
		return fmt.Sprintf("%s!%s: has %q, was made as %q", d.Sheet, d.Cell, d.Got, d.Want)
	case d.Want == "":
		return fmt.Sprintf("sheet %q was not made", d.Sheet)
	}
	return fmt.Sprintf("sheet %q is not there", d.Sheet)
}

// Compare hands over every cell and sheet in which a workbook differs from one that was made, until told to stop, and counts the cells
// it compared. Numbers are the same when they are equal as numbers. What is not in a cell is not compared.
func (o *Opened) Compare(made *Opened, take func(Difference) bool) (cells int64, err error) {
	ours, theirs := made.file.GetSheetList(), o.file.GetSheetList()
	for _, sheet := range theirs {
		if !slices.Contains(ours, sheet) && !take(Difference{Sheet: sheet, Got: sheet}) {
			return cells, nil
		}
	}
	for _, sheet := range ours {
		if !slices.Contains(theirs, sheet) {
			if !take(Difference{Sheet: sheet, Want: sheet}) {
				return cells, nil
			}
			continue
		}
		n, more, err := o.compareSheet(made, sheet, take)
		cells += n
		if err != nil || !more {
			return cells, err
		}
	}
	return cells, nil
}

// compareSheet compares a sheet that both have; more is false when it was told to stop.
func (o *Opened) compareSheet(made *Opened, sheet string, take func(Difference) bool) (cells int64, more bool, err error) {
	ours, err := made.file.Rows(sheet)
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, ours.Close()) }()
	theirs, err := o.file.Rows(sheet)
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, theirs.Close()) }()
	for line := 1; ; line++ {
		want, wanted, err := nextLine(ours)
		if err != nil {
			return cells, false, err
		}
		got, there, err := nextLine(theirs)
		if err != nil {
			return cells, false, err
		}
		if !wanted && !there {
			return cells, true, nil
		}
		for i := range max(len(want), len(got)) {
			cells++
			w, g := at(want, i), at(got, i)
			if same(w, g) {
				continue
			}
			name, err := excelize.CoordinatesToCellName(i+1, line)
			if err != nil {
				return cells, false, err
			}
			if !take(Difference{sheet, name, w, g}) {
				return cells, false, nil
			}
		}
	}
}

// nextLine reads the raw values of a line.
func nextLine(rows *excelize.Rows) (cells []string, there bool, err error) {
	if !rows.Next() {
		return nil, false, rows.Error()
	}
	cells, err = rows.Columns(excelize.Options{RawCellValue: true})
	return cells, true, err
}

// eachLine hands over the lines of a sheet until told to stop.
func eachLine(f *excelize.File, sheet string, take func(line int, cells []string) bool) (err error) {
	rows, err := f.Rows(sheet)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for line := 1; ; line++ {
		cells, there, err := nextLine(rows)
		if err != nil || !there || !take(line, cells) {
			return err
		}
	}
}

func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

func same(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		return x == y
	}
	// Another program may write the end of a line differently.
	return strings.ReplaceAll(a, "\r\n", "\n") == strings.ReplaceAll(b, "\r\n", "\n")
}
