package pipeline_test

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"math"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// attackParts are the parts of a workbook as they lie in the zip.
func attackParts(t testing.TB, file string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(content)
	}
	return parts
}

// attackXMLCell is a cell as the file holds it: every word that is inside it.
type attackXMLCell struct {
	kind, text string
	formula    bool
}

// attackXMLCells reads the cells of a sheet, without the library that wrote them.
func attackXMLCells(t testing.TB, parts map[string]string, part string) map[string]attackXMLCell {
	t.Helper()
	shared := attackShared(t, parts["xl/sharedStrings.xml"])
	cells := map[string]attackXMLCell{}
	decoder := xml.NewDecoder(strings.NewReader(parts[part]))
	at, now := "", attackXMLCell{}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return cells
		}
		if err != nil {
			t.Fatalf("%s: %v", part, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "c":
				at, now = "", attackXMLCell{}
				for _, a := range token.Attr {
					switch a.Name.Local {
					case "r":
						at = a.Value
					case "t":
						now.kind = a.Value
					}
				}
			case "f":
				now.formula = true
			}
		case xml.CharData:
			if at != "" {
				now.text += string(token)
			}
		case xml.EndElement:
			if token.Name.Local == "c" {
				if n, err := strconv.Atoi(now.text); now.kind == "s" && err == nil {
					now.text = shared[n]
				}
				cells[at] = now
				at = ""
			}
		}
	}
}

func attackShared(t testing.TB, part string) []string {
	t.Helper()
	var table struct {
		Items []struct {
			Text string `xml:"t"`
			Runs []struct {
				Text string `xml:"t"`
			} `xml:"r"`
		} `xml:"si"`
	}
	if part == "" {
		return nil
	}
	if err := xml.Unmarshal([]byte(part), &table); err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(table.Items))
	for i, item := range table.Items {
		out[i] = item.Text
		for _, run := range item.Runs {
			out[i] += run.Text
		}
	}
	return out
}

// attackSheetParts finds the part of every sheet by its name.
func attackSheetParts(t testing.TB, parts map[string]string) map[string]string {
	t.Helper()
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal([]byte(parts["xl/workbook.xml"]), &book); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal([]byte(parts["xl/_rels/workbook.xml.rels"]), &relations); err != nil {
		t.Fatal(err)
	}
	target := map[string]string{}
	for _, r := range relations.All {
		target[r.ID] = r.Target
		if !strings.HasPrefix(r.Target, "/") {
			target[r.ID] = path.Join("/xl", r.Target)
		}
	}
	out := map[string]string{}
	for _, s := range book.Sheets {
		out[s.Name] = strings.TrimPrefix(target[s.ID], "/")
	}
	return out
}

// attackUnzip says what stands in a workbook that should not: a cell with few contributors that holds anything but a
// mark, and a true amount of a hidden cell anywhere.
func attackUnzip(t testing.TB, w *attackWorld, file string, book attackBook) []string {
	t.Helper()
	parts := attackParts(t, file)
	sheets := attackSheetParts(t, parts)
	var wrong []string
	public := map[string]bool{} // numbers that stand in a cell that may be seen
	for _, table := range slices.Sorted(maps.Keys(book)) {
		sheet := book[table]
		cells := attackXMLCells(t, parts, sheets[sheet.tab])
		for _, row := range w.truth[table] {
			key := row.key(table)
			shown, ok := sheet.rows[key]
			if !ok {
				continue // the whole row is left out
			}
			for i, column := range sheet.columns {
				at, err := excelize.CoordinatesToCellName(i+1, sheet.lines[key])
				if err != nil {
					t.Fatal(err)
				}
				cell := cells[at]
				_, number := attackNumber(row[column])
				if cell.formula {
					wrong = append(wrong, table+" "+key+" "+column+": "+at+" holds a formula")
				}
				if !number || attackIsKey(table, column) || attackTexts[column] {
					continue
				}
				few := attackFewest(table, column, row)
				marked := cell.kind != "" && cell.kind != "n" && (cell.text == attackMark || cell.text == attackNothing)
				switch {
				case few > 0 && few < 10 && !marked, shown[column] == attackMark && !marked:
					wrong = append(wrong, table+" "+key+" "+column+": "+at+" rests on "+strconv.Itoa(few)+" persons and holds "+cell.kind+" "+cell.text)
				case !marked:
					public[attackPlain(cell.text)] = true
				}
			}
		}
	}
	return append(wrong, attackStray(t, w, parts, book, public)...)
}

// attackTexts are columns with words, some of which look like numbers.
var attackTexts = map[string]bool{"lijn": true, "eenheid": true}

func attackIsKey(table, column string) bool { return slices.Contains(attackKeys[table], column) }

// attackCounts are the sentences that count cells and rows, of all sheets together and of one.
var attackCounts = regexp.MustCompile(`[0-9.]+ van [0-9.]+ cellen|[0-9.]+ regels`)

// attackAddresses number a row, or a text that all sheets share, size a sheet or a page, and place a chart.
var attackAddresses = regexp.MustCompile(
	`<row r="[0-9]+"|t="s"[^>]*><v>[0-9]+</v>|(?:ref|sqref|uniqueCount|count|max)="[A-Z0-9:]+"|Off>[0-9]+</|(?:cx|cy)="[0-9]+"`)

var attackDigits = regexp.MustCompile(`[0-9][0-9.,]*`)

// attackPlain writes a number without sign, exponent and zeros behind the point.
func attackPlain(text string) string {
	if v, err := strconv.ParseFloat(text, 64); err == nil {
		return strconv.FormatFloat(math.Abs(v), 'f', -1, 64)
	}
	return text
}

// attackStray looks in every part for amounts that no cell of this workbook shows. A number that also stands in a cell
// that may be seen is that cell's: another cell with the same amount is not given away by it.
func attackStray(t testing.TB, w *attackWorld, parts map[string]string, book attackBook, public map[string]bool) []string {
	t.Helper()
	secret := map[string]string{}
	for i := range w.nodes {
		n := &w.nodes[i]
		if n.scale != 2 || len(n.cells) == 0 || attackShownIn(w, n, book) {
			continue
		}
		for _, form := range attackForms(n.truth) {
			secret[form] = n.String()
		}
	}
	for _, token := range attackDigits.FindAllString(attackIndexes(t), -1) {
		public[attackPlain(strings.ReplaceAll(strings.TrimRight(token, ".,"), ",", "."))] = true
	}
	empty := attackEmptyWorkbook(t)
	var wrong []string
	pictures := attackSheetParts(t, parts)["In beeld"]
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		text := attackAddresses.ReplaceAllString(attackCounts.ReplaceAllString(parts[part], ""), "")
		machinery := map[string]bool{} // in every workbook, such as the theme and the size of the window
		for _, token := range attackDigits.FindAllString(empty[part], -1) {
			machinery[token] = true
		}
		for _, at := range attackDigits.FindAllStringIndex(text, -1) {
			token := strings.TrimRight(text[at[0]:at[1]], ".,")
			name, ok := secret[token]
			if part == pictures && strings.HasSuffix(token, "000") {
				continue // sums of rounded amounts
			}
			if !ok || machinery[token] || public[attackPlain(token)] || public[strings.ReplaceAll(token, ",", ".")] || attackInWord(text, at[0], at[0]+len(token)) {
				continue
			}
			wrong = append(wrong, part+" holds the amount of "+name)
		}
	}
	return wrong
}

// attackIndexes is the public list of prices, which the last sheet quotes.
func attackIndexes(t testing.TB) string {
	t.Helper()
	list, err := os.ReadFile(filepath.Join("..", "queries", "reference", "prijsindex.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(list)
}

// attackEmptyWorkbook has the parts that the library puts in a workbook with nothing in it.
func attackEmptyWorkbook(t testing.TB) map[string]string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	file := filepath.Join(t.TempDir(), "leeg.xlsx")
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	return attackParts(t, file)
}

// attackInWord says that digits are part of a longer word, such as a hash.
func attackInWord(text string, from, to int) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(text) && (text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z' || text[i] == '_')
	}
	return letter(from-1) || letter(to)
}

func attackShownIn(w *attackWorld, n *attackNode, book attackBook) bool {
	for _, c := range n.cells {
		if _, ok := attackNumber(book[c.table].rows[c.key][c.column]); ok && !w.ratioColumn(c) {
			return true
		}
	}
	return false
}

// attackForms are the ways to write an amount of five or more digits, with its cents or without.
func attackForms(cents int64) []string {
	cents = attackAbs(cents)
	if cents < 10_000 {
		return nil
	}
	whole, part := strconv.FormatInt(cents/100, 10), strconv.FormatInt(cents%100+100, 10)[1:]
	forms := []string{}
	if part != "00" {
		forms = append(forms, whole+"."+part, whole+","+part, attackGrouped(whole, ".")+","+part, attackGrouped(whole, ",")+"."+part,
			strings.TrimRight(whole+"."+part, "0"), whole+part)
	}
	if len(whole) >= 5 {
		for _, v := range []int64{cents / 100, (cents + 50) / 100} {
			digits := strconv.FormatInt(v, 10)
			forms = append(forms, digits, attackGrouped(digits, "."), attackGrouped(digits, ","), digits+".00")
		}
	}
	return forms
}

func attackGrouped(digits, mark string) string {
	out := ""
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out += mark
		}
		out += string(d)
	}
	return out
}
