package report

import (
	"errors"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// listedAs is what tells a released row of the made-up region from all others, written by hand.
func listedAs(book Book, t disclosure.ReleasedTable, row []disclosure.Cell) string {
	text := func(name string) string {
		if i := t.ColumnIndex(name); i >= 0 {
			return row[i].Text
		}
		return ""
	}
	level := map[string]string{"pi": "Pilot", "co": "Controle", "re": "Regio", "GM": "Gemeente", "WK": "Wijk", "BU": "Buurt", "": ""}[text("gebied")[:min(2, len(text("gebied")))]]
	name := map[string]string{"pilot": "Pilotwijken", "controle": "Controlewijken", "regio": "Hele regio"}[text("gebied")] + book.AreaNames[text("gebied")]
	features := ""
	switch t.Name {
	case "kosten_per_zorgsoort":
		features = "Leefdomein: " + named(book.LifeDomainNames, text("leefdomein"))
		if text("eenheid") != "" {
			features += "; Eenheid: uur"
			if text("eenheid") == "14" {
				features = strings.Replace(features, "uur", "etmaal", 1)
			}
		}
	case "stapeling_personen":
		features = "Telling: " + sentence(text("telling")) + "; Aantal tegelijk: " + text("klasse")
	case "aansluiting":
		features = "Leverancier: vgz; Post: " + dutch.Posts[text("post")]
	}
	return strings.Join([]string{level, name, text("gebied"), strconv.FormatInt(row[t.ColumnIndex("jaar")].Unscaled, 10), "", dutch.Domains[text("domein")],
		named(book.CareTypeNames, text("zorgsoort")), dutch.Lines[text("lijn")], features, dutch.Statuses[text("status")]}, "|")
}

// TestTheDataAreTheReleasedCells reads the list back with another reader: each released cell is there once, and no other.
func TestTheDataAreTheReleasedCells(t *testing.T) {
	book := bookOf(t, madeUp().tables()...)
	want := map[string]string{}
	for _, table := range book.Released.Tables() {
		for _, row := range table.Rows {
			for i, c := range table.Columns {
				if c.Key || c.Type == disclosure.Text {
					continue
				}
				value := "|" + map[disclosure.State]string{disclosure.Hidden: "x", disclosure.Unknown: "."}[row[i].State]
				if row[i].State == disclosure.Shown {
					value = strconv.FormatFloat(asFloat(row[i].Unscaled, scaleOf(c)), 'f', -1, 64) + "|"
				}
				want[table.Name+"."+c.Name+"|"+listedAs(book, table, row)] = value
			}
		}
	}
	rows, err := reopen(t, write(t, book)).GetRows("Gegevens", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	header := []string{"Blad", "Soort gebied", "Gebied", "Gebiedscode", "Jaar", "Kwartaal of maand", "Wet", "Zorgsoort", "Lijn", "Overige kenmerken",
		"Cijfer", "Waarde", "Teken", "Status", "Kolom in de gegevens"}
	if !slices.Equal(rows[rowHeader-1], header) {
		t.Errorf("the header is %v", rows[rowHeader-1])
	}
	states := map[string]int{}
	for n, row := range rows[rowHeader:] {
		key := row[dataSource] + "|" + strings.Join(row[dataLevel:dataMeasure], "|") + "|" + row[dataStatus]
		got, known := want[key]
		if !known || got != row[dataValue]+"|"+row[dataMark] {
			t.Fatalf("row %d, %s: %q and %q, want %q (known: %v)", n+1, key, row[dataValue], row[dataMark], got, known)
		}
		delete(want, key)
		states[row[dataMark]]++
	}
	for key := range want {
		t.Fatalf("%d cells are missing, such as %s", len(want), key)
	}
	if states[""] < 1000 || states["x"] < 100 || states["."] < 10 {
		t.Errorf("too few cells are compared: %v", states)
	}
}

// TestTamperedDataAreRefused changes the list in a finished workbook.
func TestTamperedDataAreRefused(t *testing.T) {
	book := bookOf(t, madeUp().tables()[0], madeUp().tables()[6], arrangements(arrangement("zvw:lichamelijke_gezondheid", 20, 20), arrangement("wmo", 3, 10)))
	original := partsOf(t, write(t, book))
	workbook := original[slices.IndexFunc(original, func(p part) bool { return p.name == workbookPart })].body
	sheet := sheetFolder + "sheet" + regexp.MustCompile(`name="Gegevens" sheetId="(\d+)"`).FindStringSubmatch(workbook)[1] + ".xml"
	i := slices.IndexFunc(original, func(p part) bool { return p.name == sheet })
	rows := regexp.MustCompile(`<row r="\d+".*?</row>`).FindAllString(original[i].body, -1)[rowHeader:]
	number := func(row int) string { return strconv.Itoa(rowHeader + 1 + row) }
	moved := func(row string, from, to int) string {
		return strings.ReplaceAll(strings.ReplaceAll(row, number(from)+`" s=`, number(to)+`" s=`), `<row r="`+number(from), `<row r="`+number(to))
	}
	hidden := slices.IndexFunc(rows, func(row string) bool { return regexp.MustCompile(`<c r="L\d+" s="\d+"/>`).MatchString(row) })
	if hidden < 0 || len(rows) < 100 {
		t.Fatalf("%d rows, a hidden one at %d", len(rows), hidden)
	}
	last := len(rows) - 1
	shown := regexp.MustCompile(`(<c r="L\d+" s="\d+"><v>)(\d)`)
	for _, c := range []struct {
		name, from, to string
		rule           disclosure.Rule
	}{
		{"a number", rows[9], shown.ReplaceAllString(rows[9], "${1}9${2}"), disclosure.RuleCell},
		{"two rows", rows[8] + rows[9], moved(rows[9], 9, 8) + moved(rows[8], 8, 9), disclosure.RuleCell},
		{"a hidden value", rows[hidden], regexp.MustCompile(`(<c r="L\d+" s="\d+")/>`).ReplaceAllString(rows[hidden], "$1><v>7</v></c>"), disclosure.RuleHidden},
		{"a mark", rows[hidden], regexp.MustCompile(`<c r="M\d+" [^>]*><v>\d+</v></c>`).ReplaceAllString(rows[hidden], ""), disclosure.RuleCell},
		{"a row too many", rows[last] + "</sheetData>", rows[last] + moved(rows[last], last, last+1) + "</sheetData>", disclosure.RuleCell},
		{"a row too few", rows[last], "", disclosure.RuleCell},
		{"a row in between", rows[20], "", disclosure.RuleCell},
		{"the code of an area", "BU09350001", "BU09350002", disclosure.RuleCell},
		{"a year", `<v>2021</v>`, `<v>2022</v>`, disclosure.RuleCell},
		{"a cell beside it", rows[9], strings.Replace(rows[9], "</row>", `<c r="P`+number(9)+`"><v>1</v></c></row>`, 1), disclosure.RuleCell},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := slices.Clone(original)
			if all[i].body = strings.Replace(all[i].body, c.from, c.to, 1); all[i].body == original[i].body {
				t.Fatalf("nothing was changed in %.200s", c.from)
			}
			refused(t, book, packed(t, all), c.rule, "918273645")
		})
	}
	t.Run("a shared text", func(t *testing.T) {
		all := slices.Clone(original)
		at := slices.IndexFunc(all, func(p part) bool { return p.name == stringsPart })
		all[at].body = strings.Replace(all[at].body, "<si><t>Arrangement: Zvw: ", "<si><t>Arrangement: Wmo: ", 1)
		if all[at].body == original[at].body {
			t.Fatal("nothing was changed")
		}
		refused(t, book, packed(t, all), disclosure.RuleCell, "918273645")
	})
}

// TestTheListGoesOnOverSheets parts it anywhere, in the middle of a released row too: each sheet goes on where the one
// before it ended, and the gate knows them all.
func TestTheListGoesOnOverSheets(t *testing.T) {
	book := bookOf(t, madeUp().tables()[0], madeUp().tables()[6])
	whole := rowsOf(t, write(t, book), "Gegevens")
	for _, room := range []int{len(whole) - 1, 101, len(whole), len(whole) + 1} {
		path := filepath.Join(t.TempDir(), "boek.xlsx")
		if err := writeBook(path, book, room); err != nil {
			t.Fatal(err)
		}
		var rows [][]string
		for n := 0; n*room < len(whole); n++ {
			tab := "Gegevens"
			if n > 0 {
				tab += " " + strconv.Itoa(n+1)
			}
			rows = append(rows, rowsOf(t, path, tab)...)
		}
		if !reflect.DeepEqual(rows, whole) {
			t.Errorf("room for %d: other rows than on one sheet", room)
		}
		account, err := accountOf(book, room)
		if err != nil {
			t.Fatal(err)
		}
		gate := disclosure.NewGate(book.Released, account)
		if err := errors.Join(ReadBack(path, gate.See), gate.Close()); err != nil {
			t.Errorf("room for %d: %v", room, err)
		}
	}
}

// rowsOf are the rows of a sheet of the list.
func rowsOf(t *testing.T, path, tab string) [][]string {
	t.Helper()
	rows, err := reopen(t, path).GetRows(tab, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows[rowHeader:]
}

func TestWithoutDataTheSheetSaysSo(t *testing.T) {
	f := reopen(t, write(t, bookOf(t)))
	if got, err := f.GetCellValue("Gegevens", "A"+strconv.Itoa(rowHeader+1)); err != nil || got != "Geen cijfers: "+dutch.EmptyNoReason {
		t.Errorf("%q (%v)", got, err)
	}
}

// TestTextsOfTheDataAreComplete holds both languages to a label and a meaning for every column.
func TestTextsOfTheDataAreComplete(t *testing.T) {
	for _, texts := range []dataTexts{dutchData, englishData} {
		if texts.Tab == "" || texts.Title == "" || texts.Question == "" || texts.Grain == "" || !strings.Contains(texts.RowLine, "{n}") {
			t.Errorf("%q lacks a text", texts.Tab)
		}
		for i, c := range texts.Columns {
			if c.Label == "" || c.Note == "" {
				t.Errorf("%s: nothing explains column %d", texts.Tab, i+1)
			}
		}
	}
}
