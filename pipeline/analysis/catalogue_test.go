package analysis

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"ontschot/queries"
)

func TestParseHeader(t *testing.T) {
	const sql = `-- titel: Kosten: per domein
-- vraag: Wat kost
--   de zorg?
-- korrel: jaar × gebied
-- methode: Som; zie
--    Fay & Feuer 1997.
-- sleutel: jaar , gebied
-- drempel: personen; ouderen: aandeel, bedrag ;jongeren:
-- intern: personen, ouderen
-- vast: ouderen
-- optelsom: bedrag = som(deel; jaar); rest = bedrag - deel
-- open: openbaar
-- detail: ja
SELECT 1 AS jaar -- titel: geen kop
`
	want := Header{
		Title: "Kosten: per domein", Question: "Wat kost de zorg?", Grain: "jaar × gebied", Method: "Som; zie Fay & Feuer 1997.",
		Keys:       []string{"jaar", "gebied"},
		Thresholds: []Threshold{{Count: "personen"}, {Count: "ouderen", Measures: []string{"aandeel", "bedrag"}}, {Count: "jongeren"}},
		Internal:   []string{"personen", "ouderen"}, Fixed: []string{"ouderen"},
		Additions: []string{"bedrag = som(deel; jaar)", "rest = bedrag - deel"}, Open: "openbaar", Detail: true,
	}
	for name, text := range map[string]string{"LF": sql, "CRLF": strings.ReplaceAll(sql, "\n", "\r\n")} {
		got, err := parseHeader(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

func TestParseHeaderErrors(t *testing.T) {
	const good = "-- titel: a\n-- vraag: b\n-- korrel: c\n"
	for name, c := range map[string]struct{ sql, want string }{
		"no header":        {"SELECT 1\n", "1: the header needs titel, vraag and korrel"},
		"empty":            {"", "1: the header needs"},
		"no title":         {"-- vraag: b\n-- korrel: c\nSELECT 1\n", "1: the header needs"},
		"an empty title":   {"-- titel:\n-- vraag: b\n-- korrel: c\nSELECT 1\n", "1: the header needs"},
		"no key":           {good + "-- zomaar een regel\nSELECT 1\n", "4: a line of the header is '-- key: value'"},
		"the same twice":   {good + "-- titel: d\nSELECT 1\n", `4: the header has "titel" twice`},
		"an unknown key":   {good + "-- sleutels: jaar\nSELECT 1\n", `4: the header has an unknown key "sleutels"`},
		"unknown severity": {good + "-- ernst: streng\nSELECT 1\n", `4: "streng" is not a severity`},
		"continues first":  {"--   verder\n" + good, "1: a line of the header is '-- key: value'"},
	} {
		_, err := parseHeader(c.sql)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s…", name, err, c.want)
		}
	}
}

func TestLoadNamesTheFile(t *testing.T) {
	for name, c := range map[string]struct{ path, sql, want string }{
		"wrong header":             {"model/a.sql", "-- titel: x\n-- wat\n", "queries/model/a.sql:2:"},
		"a check without severity": {"check/a.sql", "-- titel: a\n-- vraag: b\n-- korrel: c\nSELECT 1\n", "queries/check/a.sql:1: a check needs"},
	} {
		_, err := Load(fstest.MapFS{c.path: {Data: []byte(c.sql)}})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s…", name, err, c.want)
		}
	}
}

func TestLoadRealQueries(t *testing.T) {
	c, err := Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []Kind{Model, Indicator, Check} {
		if len(c.Of(kind)) == 0 {
			t.Errorf("no queries in %s", kind)
		}
	}
	titles := map[string]string{}
	for _, q := range c {
		if q.Title == "" || q.Question == "" || q.Grain == "" {
			t.Errorf("%s: without titel, vraag or korrel", q.Path)
		}
		if q.Kind != Check && len(q.Keys) == 0 {
			t.Errorf("%s: without sleutel", q.Path)
		}
		if q.Kind == Check && q.Note == "" {
			t.Errorf("%s: a check says why it is there", q.Path)
		}
		if q.Kind == Indicator {
			if q.Method == "" {
				t.Errorf("%s: without methode", q.Path)
			}
			// Excel has room for 31 letters in the name of a sheet.
			if len([]rune(q.Title)) > 31 {
				t.Errorf("%s: the title is too long for a sheet", q.Path)
			}
			if first := titles[q.Title]; first != "" {
				t.Errorf("%s: has the title of %s", q.Path, first)
			}
			titles[q.Title] = q.Path
		}
		found, ok := c.Find(q.Name)
		if q.Kind != Check && (!ok || found.Path != q.Path) {
			t.Errorf("Find(%q) gives %s", q.Name, found.Path)
		}
	}
	if _, ok := c.Find("geen_vraag"); ok {
		t.Error("a query that is not there is found")
	}
	if _, ok := c.Find("aansluiting_sluit"); ok {
		t.Error("a check is found by its name: it makes no table")
	}
}

func TestASeverityCanOnlyBeRaised(t *testing.T) {
	c := Catalogue{
		{Kind: Model, Name: "regel"},
		{Kind: Check, Name: "maand", Header: Header{Severity: Warning}},
		{Kind: Check, Name: "grootboek", Header: Header{Severity: Failure}},
		{Kind: Check, Name: "basisjaar", Header: Header{Severity: Configuration}},
	}
	for _, wrong := range []struct {
		check string
		to    Severity
		want  string
	}{
		{"regel", Failure, "there is no check regel; there are maand, grootboek, basisjaar"},
		{"maand", Warning, `the severity of maand is "waarschuwing": it can only be raised, to "fout"`},
		{"grootboek", "streng", `the severity of grootboek is "streng"`},
		{"basisjaar", Failure, `basisjaar has severity "configuratie"`},
	} {
		if err := c.Raise(wrong.check, wrong.to); err == nil || !strings.HasPrefix(err.Error(), wrong.want) {
			t.Errorf("%s to %s: %v, want %s…", wrong.check, wrong.to, err, wrong.want)
		}
	}
	for _, check := range []string{"maand", "grootboek"} {
		if err := c.Raise(check, Failure); err != nil {
			t.Error(err)
		}
	}
	if c[1].Severity != Failure || c[2].Severity != Failure || c[3].Severity != Configuration {
		t.Errorf("the severities are %s, %s, %s", c[1].Severity, c[2].Severity, c[3].Severity)
	}
}
