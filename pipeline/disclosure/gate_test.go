package disclosure

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// gateTable is released with one hidden and one unknown cell.
func gateTable(t *testing.T) Released {
	t.Helper()
	released, err := Protect([]Table{{
		Name: "kosten", Columns: []Column{{Name: "gebied", Key: true}, {Name: "jaar", Type: Integer, Key: true}, {Name: "personen", Type: Integer, Round: 1},
			{Name: "bedrag", Type: Decimal, Scale: 2, Round: 1}},
		Thresholds: []Threshold{{Count: "personen"}},
		Rows: [][]Value{
			{{Text: "regio"}, {Unscaled: 2017}, {Unscaled: 40}, {Unscaled: 123456}},
			{{Text: "pilot"}, {Unscaled: 2017}, {Unscaled: 7}, {Unscaled: 99}},
			{{Text: "controle"}, {Unscaled: 2018}, {Unscaled: 30}, {Null: true}},
		},
	}}, Policy{Threshold: 10, Recipients: []Recipient{{}}})
	if err != nil {
		t.Fatal(err)
	}
	return released[0]
}

func gateAccount() Account {
	return Account{
		Hidden: "x", Unknown: ".", Said: []string{"Er kwam 1.234.567 euro bij."}, Facts: []string{"5097211f88a5", "2017"},
		Figures: []Figure{{"Blad", "0.25"}},
		Claims: []Claim{{Part: "Kosten", Table: "kosten", FirstRow: 3, Rows: []int{1, 0, 2}, Columns: []ClaimedColumn{
			{Source: 0, Words: func(c Cell) string { return strings.ToUpper(c.Text) }}, {Source: 1}, {Source: 2}, {Source: 3},
		}}},
	}
}

// gateSheet is the sheet that the account speaks of.
func gateSheet() []Found {
	var out []Found
	for i, row := range [][]string{{"PILOT", "2017", "x", "x"}, {"REGIO", "2017", "40", "1234.56"}, {"CONTROLE", "2018", "30", "."}} {
		for j, text := range row {
			f := Found{Part: "Kosten", Row: 3 + i, Column: 1 + j, Text: text}
			if _, err := strconv.ParseFloat(text, 64); err == nil {
				f.Kind = Number
			}
			out = append(out, f)
		}
	}
	return out
}

func passes(released Released, a Account, found []Found) error {
	g := NewGate(released, a)
	for _, f := range found {
		g.See(f)
	}
	return g.Close()
}

func TestTheGateLetsThroughWhatWasReleased(t *testing.T) {
	more := append(gateSheet(), Found{Part: "Blad", Row: 1, Column: 1, Kind: Number, Text: "2.5E-1"},
		Found{Part: "Blad", Row: 1, Column: 2, Text: "In 2017 kwam er 1.234.567 euro bij (4,4%), kenmerk 5097211f88a5."}, Found{Part: "Blad", Row: 2, Column: 1, Text: "2017"})
	if err := passes(gateTable(t), gateAccount(), more); err != nil {
		t.Error(err)
	}
}

// TestEveryOtherCellIsRefused changes each cell of the sheet to anything else.
func TestEveryOtherCellIsRefused(t *testing.T) {
	released := gateTable(t)
	rapid.Check(t, func(r *rapid.T) {
		sheet := gateSheet()
		i := rapid.IntRange(0, len(sheet)-1).Draw(r, "cell")
		before := sheet[i]
		switch rapid.IntRange(0, 3).Draw(r, "how") {
		case 0:
			sheet[i].Text = rapid.SampledFrom([]string{"", "7", "x7", "41", "1234.57", "123456", "x.", "REGIO", "-40", "1e999999999999", "9999999999999999999"}).Draw(r, "text")
		case 1:
			sheet[i].Kind = Kind(rapid.IntRange(0, 2).Draw(r, "kind"))
		case 2:
			sheet = append(sheet[:i], sheet[i+1:]...)
		default:
			j := rapid.IntRange(0, len(sheet)-1).Draw(r, "other")
			sheet[i].Text, sheet[i].Kind = sheet[j].Text, sheet[j].Kind
		}
		same := len(sheet) == 12 && sheet[i] == before
		err := passes(released, gateAccount(), sheet)
		if same != (err == nil) {
			r.Fatalf("changed %v: %v", !same, err)
		}
	})
}

// TestAFalseAccountIsRefused lets the report claim what is not so.
func TestAFalseAccountIsRefused(t *testing.T) {
	for name, lie := range map[string]func(*Account){
		"another table":     func(a *Account) { a.Claims[0].Table = "verzonnen" },
		"a column too many": func(a *Account) { a.Claims[0].Columns[3].Source = 4 },
		"a row twice":       func(a *Account) { a.Claims[0].Rows = []int{1, 1, 2} },
		"a row left out":    func(a *Account) { a.Claims[0].Rows = []int{1, 0} },
		"other rows":        func(a *Account) { a.Claims[0].Rows = []int{0, 1, 2} },
		"other columns":     func(a *Account) { a.Claims[0].Columns[2].Source = 3 },
		"words for numbers": func(a *Account) { a.Claims[0].Columns[3].Words = func(Cell) string { return "1234.56" } },
		"a mark of digits":  func(a *Account) { a.Hidden = "40" },
		"one mark for both": func(a *Account) { a.Hidden = "." },
		"a sheet twice":     func(a *Account) { a.Claims = append(a.Claims, a.Claims[0]) },
		"no claim":          func(a *Account) { a.Claims = nil },
		"no number":         func(a *Account) { a.Figures = []Figure{{"Blad", "veel"}} },
	} {
		a := gateAccount()
		lie(&a)
		if err := passes(gateTable(t), a, gateSheet()); err == nil {
			t.Errorf("%s is believed", name)
		}
	}
}

func TestOutsideATableOnlyKnownNumbersStand(t *testing.T) {
	for _, c := range []struct {
		found Found
		rule  Rule
	}{
		{Found{Part: "Kosten", Row: 2, Column: 1, Kind: Number, Text: "40"}, RuleNumber},
		{Found{Part: "Kosten", Row: 3, Column: 5, Kind: Number, Text: "40"}, RuleNumber},
		{Found{Part: "Ander blad", Row: 1, Column: 1, Kind: Number, Text: "0.25"}, RuleNumber},
		{Found{Part: "Blad", Row: 1, Column: 1, Kind: Number, Text: "1234567890123456789"}, RuleNumber},
		{Found{Part: "Blad", Row: 1, Column: 1, Text: "7"}, RuleNumber},
		{Found{Part: "Blad", Place: "title", Text: "Er kwam 12345 bij"}, RuleWords},
		{Found{Part: "Blad", Place: "title", Text: "Er kwam 12 345 bij"}, RuleWords},
		{Found{Part: "Blad", Place: "title", Text: "Er kwam 123,45 bij"}, RuleWords},
		{Found{Part: "Blad", Place: "title", Text: "kenmerk 5097211f88a6"}, RuleWords},
		{Found{Part: "Blad", Place: "title", Text: "١٢٣٤٥"}, RuleWords},
		{Found{Part: "Blad", Place: "title", Kind: Formula}, RuleFormula},
	} {
		err := passes(gateTable(t), gateAccount(), append(gateSheet(), c.found))
		refused, ok := errors.AsType[*RefusedError](err)
		if !ok || len(refused.Refusals) != 1 || refused.Refusals[0].Rule != c.rule {
			t.Errorf("%+v: %v, want %v", c.found, err, c.rule)
		}
	}
}

// TestARefusalNamesNoValue has a value in the names too.
func TestARefusalNamesNoValue(t *testing.T) {
	err := passes(gateTable(t), gateAccount(), append(gateSheet(),
		Found{Part: "Blad 918273", Place: "n918273", Text: "918273"}, Found{Part: "Kosten", Row: 1, Column: 28, Text: "918273"}))
	if err == nil || strings.Contains(err.Error(), "918273") {
		t.Errorf("the refusal says %v", err)
	}
	refused, _ := errors.AsType[*RefusedError](err)
	if len(refused.Refusals) != 2 || refused.Refusals[1].Place != "AB1" {
		t.Errorf("refused %+v", refused.Refusals)
	}
}

// TestADecimalHasOneForm writes numbers in several ways.
func TestADecimalHasOneForm(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		unscaled := rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(r, "unscaled")
		scale := rapid.IntRange(0, 6).Draw(r, "scale")
		want := newDecimal(unscaled, scale)
		for _, text := range []string{
			fmt.Sprintf("%dE-%d", unscaled, scale), fmt.Sprintf("%d0e-%d", unscaled, scale+1),
			strconv.FormatFloat(mustFloat(fmt.Sprintf("%de-%d", unscaled, scale)), 'f', -1, 64),
		} {
			if got, ok := parseDecimal(text); !ok || got != want {
				r.Fatalf("%s is %+v, want %+v", text, got, want)
			}
		}
	})
	for _, text := range []string{"", "-", ".", "1.2.3", "1e", "0x10", "NaN", "Inf", "+1", " 1", "1,5", "1234567890123456789"} {
		if _, ok := parseDecimal(text); ok {
			t.Errorf("%q is read as a number", text)
		}
	}
}

func mustFloat(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return v
}
