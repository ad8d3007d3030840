package warehouse

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"ontschot/queries"
)

func TestShippedReferencesLoad(t *testing.T) {
	ctx := context.Background()
	w := night(t, t.TempDir())
	for range 2 { // a second time replaces
		for _, name := range ReferenceNames() {
			file, err := queries.Files.Open("reference/" + name + ".csv")
			if err != nil {
				t.Fatal(err)
			}
			if err := w.SetReference(ctx, name, "queries/reference/"+name+".csv", file); err != nil {
				t.Error(err)
			}
			if err := file.Close(); err != nil {
				t.Error(err)
			}
			raw, err := queries.Files.ReadFile("reference/" + name + ".csv")
			if err != nil {
				t.Fatal(err)
			}
			if got, want := look(t, w, "SELECT count(*) = "+strconv.Itoa(strings.Count(string(raw), "\n")-1)+" FROM referentie."+name), "true"; got != want {
				t.Errorf("%s: the table has another number of rows than the file has lines", name)
			}
		}
	}
}

func TestReferenceForms(t *testing.T) {
	ctx := context.Background()
	for name, content := range map[string]string{
		"as shipped":     "domein;zorgsoort;jaar;index;geldig_van;geldig_tot;bron\nzvw;;2017;101.5;2017-01-01;;CBS\n",
		"with commas":    "domein,zorgsoort,jaar,index,geldig_van,geldig_tot,bron\nzvw,,2017,101.5,2017-01-01,,CBS\n",
		"BOM and CRLF":   "\ufeffdomein;zorgsoort;jaar;index;geldig_van;geldig_tot;bron\r\nzvw;;2017;101.5;2017-01-01;;CBS\r\n",
		"another order":  "Jaar; INDEX ;bron;domein;zorgsoort;geldig_van;extra\n2017; 101.500000 ;CBS;zvw;;2017-01-01;x\n",
		"without expiry": "domein;zorgsoort;jaar;index;geldig_van;bron\nzvw;;2017;101.5;2017-01-01;CBS",
	} {
		w := night(t, t.TempDir())
		if err := w.SetReference(ctx, "prijsindex", "prijsindex.csv", strings.NewReader(content)); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := look(t, w, "SELECT concat_ws('|', domein, coalesce(zorgsoort, '-'), jaar, \"index\", geldig_van, coalesce(CAST(geldig_tot AS VARCHAR), '-'), bron) FROM referentie.prijsindex")
		if want := "zvw|-|2017|101.500000|2017-01-01|-|CBS"; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestReferenceErrorsSayWhere(t *testing.T) {
	ctx := context.Background()
	const header = "domein;zorgsoort;jaar;index;bron\n"
	w := night(t, t.TempDir())
	if err := w.SetReference(ctx, "prijsindex", "p.csv", strings.NewReader(header+"zvw;;2017;100;x\n")); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content, column, want string
		line                  int
	}{
		"empty":                {"", "", "no header line", 1},
		"a column missing":     {"domein;zorgsoort;jaar;bron\nzvw;;2017;x\n", "index", "found domein, zorgsoort, jaar, bron", 1},
		"no number":            {header + "zvw;;2017;100;x\nzvw;;2018;veel;x\n", "index", "is not a DECIMAL(18,6)", 3},
		"too many decimals":    {header + "zvw;;2017;1.0000001;x\n", "index", "is not a DECIMAL(18,6)", 2},
		"a decimal comma":      {header + "zvw;;2017;101,5;x\n", "index", "is not a DECIMAL(18,6)", 2},
		"no year":              {header + "zvw;;tweeduizend;100;x\n", "jaar", "is not a INTEGER", 2},
		"no date":              {"domein;zorgsoort;jaar;index;geldig_van\nzvw;;2017;100;1 mei\n", "geldig_van", "is not a DATE", 2},
		"a field too few":      {header + "zvw;;2017;100;x\nzvw;2018;100;x\n", "", "is not a line of 5 fields", 3},
		"a field too many":     {header + "zvw;;2017;100;x;y\n", "", "is not a line of 5 fields", 2},
		"a quote in the first": {header + "zv\"w;;2017;100;x\n", "", "is not a line of 5 fields", 2},
		"a quote in the last":  {header + "zvw;;2017;100;x\nzvw;;2018;100;a\"b\n", "", "is not a line of 5 fields", 3},
		"an open quote":        {header + "zvw;;2017;100;x\n\"zvw;;2018;100;x\n", "", "is not a line of 5 fields", 3},
	} {
		err := w.SetReference(ctx, "prijsindex", "mijn/prijsindex.csv", strings.NewReader(c.content))
		var wrong *ReferenceError
		if !errors.As(err, &wrong) {
			t.Errorf("%s: %v, want a *ReferenceError", name, err)
			continue
		}
		if wrong.File != "mijn/prijsindex.csv" || wrong.Line != c.line || wrong.Column != c.column || !strings.Contains(wrong.Reason, c.want) {
			t.Errorf("%s: %+v, want line %d, column %q, %q", name, wrong, c.line, c.column, c.want)
		}
		if !strings.HasPrefix(err.Error(), "mijn/prijsindex.csv:"+strconv.Itoa(c.line)+": ") {
			t.Errorf("%s: the text is %q", name, err)
		}
	}
	if got := look(t, w, "SELECT count(*) FROM referentie.prijsindex"); got != "1" {
		t.Errorf("after the errors the table has %s rows, want the one it had", got)
	}
}

func TestAreaNames(t *testing.T) {
	ctx := context.Background()
	w := night(t, t.TempDir())
	mustLoad(t, w, deliver(t, "aggregaat", "aggregaat.csv", "domein;jaar;gebied;zorgsoort;bedrag",
		"zvw;2017;SINT-PIETER;huisarts;1.00", "zvw;2017;;huisarts;1.00"))
	err := w.SetReference(ctx, "gebied", "gebied.csv", strings.NewReader("buurt;wijk;gemeente;naam;rol\nBU09350105;WK093501;GM0935;Sint Pieter;\n;;GM0935;;\n"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.SetAreaNames(ctx); err != nil {
			t.Fatal(err)
		}
		if got := look(t, w, "SELECT string_agg(naam || '=' || sleutel, ' ' ORDER BY naam) FROM levering.gebiedsnaam"); got != "SINT-PIETER=sintpieter Sint Pieter=sintpieter" {
			t.Errorf("the names are %s", got)
		}
	}
}

// TestAreaKeyForgetsWritingOnly draws a name, writes it in another way, and finds the same key; another letter gives
// another key.
func TestAreaKeyForgetsWritingOnly(t *testing.T) {
	letters := []rune("abcdefghijklmnopqrstuvwxyzéëïöüçñâ' .0123456789")
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.RuneFrom(letters), 1, 20, -1).Draw(t, "name")
		var written strings.Builder
		for _, r := range name {
			if rapid.Bool().Draw(t, "upper") {
				r = unicode.ToUpper(r)
			}
			text := string(r)
			if rapid.Bool().Draw(t, "decomposed") {
				text = norm.NFD.String(text)
			}
			if rapid.Bool().Draw(t, "plain") {
				text = string([]rune(norm.NFD.String(text))[0])
			}
			written.WriteString(text)
			written.WriteString(rapid.SampledFrom([]string{"", "", " ", "-", "\u00a0", "\u2011", "  ", "\u2013", "\t"}).Draw(t, "between"))
		}
		if a, b := AreaKey(name), AreaKey(written.String()); a != b {
			t.Fatalf("%q has the key %q, %q has %q", name, a, written.String(), b)
		}
		if key := AreaKey(name); AreaKey(key) != key {
			t.Fatalf("the key of the key %q is another", key)
		}
		other := name + rapid.SampledFrom([]string{"x", "9", "'"}).Draw(t, "more")
		if AreaKey(other) == AreaKey(name) {
			t.Fatalf("%q and %q have one key", other, name)
		}
	})
	for name, want := range map[string]string{
		"Sint Odiliënberg": "sintodilienberg", "'s-Gravenhage": "'sgravenhage", "Súdwest-Fryslân": "sudwestfryslan", "": "",
		"Gulpen\u2014Wittem": "gulpenwittem", "Gulpen\u2212Wittem": "gulpenwittem", "Gulpen\u00adWittem": "gulpenwittem",
	} {
		if got := AreaKey(name); got != want {
			t.Errorf("AreaKey(%q) = %q, want %q", name, got, want)
		}
	}
}
