package pipeline_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"
)

var oracleUpdate = flag.Bool("update", false, "write testdata/klein/verwacht anew from the oracle")

// oracleKlein reads the region that is small enough to check by hand.
func oracleKlein(t testing.TB) *oracle {
	t.Helper()
	dir := filepath.Join("..", "testdata", "klein")
	reference := map[string]string{}
	for _, name := range []string{"gebied", "prijsindex", "zorgsoort", "zorgsoort_grof", "voorlopig"} {
		reference[name] = filepath.Join(dir, "referentie", name+".csv")
	}
	return readOracle(t, dir, oracleShippedReferences(reference), 2017, time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC))
}

// json writes a table in the shape of `ontschot query --format json`, a row a line so that a change can be read.
func (t oracleTable) json() string {
	quote := func(text string) string {
		out, _ := json.Marshal(text)
		return string(out)
	}
	value := func(column, text string) string {
		text, _, _ = strings.Cut(text, oracleOr)
		switch {
		case text == "":
			return "null"
		case oracleTextColumns[column]:
			return quote(text)
		}
		return text
	}
	var rows []string
	for _, row := range t.Rows {
		var fields []string
		for i, column := range t.Keys {
			fields = append(fields, quote(column)+":"+value(column, row.Key[i]))
		}
		for _, column := range t.Columns {
			fields = append(fields, quote(column)+":"+value(column, row.Values[column]))
		}
		rows = append(rows, "{"+strings.Join(fields, ",")+"}")
	}
	return "[\n" + strings.Join(rows, ",\n") + "\n]\n"
}

// parse reads the rows of the same table from JSON, as `ontschot query --format json` writes it; columns that the
// oracle does not know are left out, an absent one reads as "absent".
func (t oracleTable) parse(tb testing.TB, content []byte) oracleTable {
	tb.Helper()
	var objects []map[string]any
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	if err := decoder.Decode(&objects); err != nil {
		tb.Fatalf("%s: %v", t.Name, err)
	}
	text := func(object map[string]any, column string) string {
		value, there := object[column]
		switch {
		case !there:
			return "absent"
		case value == nil:
			return ""
		}
		return fmt.Sprint(value)
	}
	out := oracleTable{Name: t.Name, Keys: t.Keys, Columns: t.Columns}
	for _, object := range objects {
		row := oracleRow{Values: map[string]string{}}
		for _, key := range t.Keys {
			row.Key = append(row.Key, text(object, key))
		}
		for _, column := range t.Columns {
			row.Values[column] = text(object, column)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// TestKleinMatchesOracle compares the written expectations with the oracle; -update writes them.
func TestKleinMatchesOracle(t *testing.T) {
	o := oracleKlein(t)
	if len(o.refused) > 0 {
		t.Fatalf("refused files: %v", o.refused)
	}
	for _, table := range o.Tables() {
		path := filepath.Join("..", "testdata", "klein", "verwacht", table.Name+".json")
		if *oracleUpdate {
			if err := os.WriteFile(path, []byte(table.json()), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		written, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, difference := range oracleDiff(table, table.parse(t, written)) {
			t.Error(difference)
		}
		if string(written) != table.json() {
			t.Errorf("%s differs from the oracle; read what changed, then run with -update", path)
		}
	}
}

// oracleValue picks one value of a table by its key.
func oracleValue(t testing.TB, table oracleTable, column string, key ...string) string {
	t.Helper()
	for _, row := range table.Rows {
		if strings.Join(row.Key, " ") == strings.Join(key, " ") {
			value, _, _ := strings.Cut(row.Values[column], oracleOr)
			return value
		}
	}
	t.Fatalf("%s has no row %v", table.Name, key)
	return ""
}

// TestKleinByHand holds the figures of testdata/klein/README.md that were worked out by hand.
func TestKleinByHand(t *testing.T) {
	t.Parallel()
	tables := map[string]oracleTable{}
	for _, table := range oracleKlein(t).Tables() {
		tables[table.Name] = table
	}
	var names []string
	for _, c := range slices.Concat(oracleByHand, oraclePersonsByHand) {
		names = append(names, c.table)
		if got := oracleValue(t, tables[c.table], c.column, strings.Split(c.key, " ")...); got != c.want {
			t.Errorf("%s: %s of %s is %q, by hand %q", c.table, c.column, c.key, got, c.want)
		}
	}
	for _, table := range oracleKlein(t).MoneyTables() { // those have regions by hand of their own
		names = append(names, table.Name)
	}
	sort.Strings(names)
	for name := range tables {
		if i := sort.SearchStrings(names, name); i == len(names) || names[i] != name {
			t.Errorf("nothing of %s was worked out by hand", name)
		}
	}
}

// oracleByHand are figures worked out from the delivered lines with a calculator, not with the oracle.
var oracleByHand = []struct{ table, key, column, want string }{
	{"kerncijfers_gebied", "2017 regio", "inwoners", "9"},               // person 10 comes on 15 January
	{"kerncijfers_gebied", "2017 regio", "verzekerdejaren", "9.961644"}, // 9 + 351/365
	{"kerncijfers_gebied", "2017 regio", "huishoudens", "7"},
	{"kerncijfers_gebied", "2017 regio", "aandeel_0_17", "0.100385"},
	{"kerncijfers_gebied", "2017 regio", "aandeel_65plus", "0.301155"},
	{"kerncijfers_gebied", "2018 regio", "verzekerdejaren", "10.671233"}, // 10 + 245/365: the birth is stored as 1 May
	{"kerncijfers_gebied", "2018 pilot", "verzekerdejaren", "2.690411"},  // 2 + (184 + 68)/365
	{"kerncijfers_gebied", "2018 pilot", "inwoners", "3"},
	{"kerncijfers_gebied", "2019 regio", "verzekerdejaren", "10.202740"}, // 10 + 74/365: died on 15 March
	{"kerncijfers_gebied", "2019 regio", "huishoudens", "8"},
	{"kosten_per_domein", "2017 regio wmo", "bedrag", "1464.05"},               // 118.92 + 335.13 + 730 + 280
	{"kosten_per_domein", "2018 regio wmo", "bedrag", "2395.95"},               // 335.14 + 302.70 + 108.11 + 730 + 920
	{"kosten_per_domein", "2017 pilot wmo", "gestandaardiseerd", "384.632073"}, // (5 351/365 × 454.05 + 730 + 1184.05/3) / 9 351/365
	{"kosten_per_domein", "2018 pilot wmo", "bedrag", "2095.95"},               // person 03: July and August only
	{"kosten_per_domein", "2018 controle wmo", "bedrag", "300.00"},
	{"kosten_per_domein", "2017 regio jeugdwet", "bedrag", "1220.00"},
	{"kosten_per_domein", "2017 regio zvw", "bedrag", "885.01"},
	{"kosten_per_domein", "2017 regio zvw", "gebruikers", "6"}, // not person 11: wholly credited
	{"kosten_per_domein", "2017 regio zvw", "declaraties", "6"},
	{"kosten_per_domein", "2018 regio zvw", "bedrag", "962.00"},
	{"kosten_per_domein", "2018 regio zvw", "gebruikers", "9"}, // not person 12: -100 + 33
	{"kosten_per_domein", "2018 regio zvw", "declaraties", "12"},
	{"kosten_per_domein", "2018 regio zvw", "per_verzekerdejaar", "90.148909"},
	{"kosten_per_domein", "2018 regio wlz", "bedrag_reeel", "17548.05"}, // rounded per month
	{"kosten_per_domein", "2019 regio wlz", "bedrag_reeel", ""},
	{"kosten_per_domein", "2019 regio zvw", "bedrag", "2047.00"},
	{"kosten_per_domein", "2018 regio zvw", "status", "definitief"},
	{"kosten_per_domein", "2019 regio zvw", "status", "voorlopig"},
	{"kosten_per_domein", "2020 regio wmo", "status", "onvolledig"},
	{"kosten_per_domein", "2020 regio wmo", "bedrag", "310.00"},
	{"kosten_per_domein", "2017 regio participatiewet", "bedrag", "9000.00"}, // buurten count, the gemeente row does not
	{"kosten_per_domein", "2018 regio participatiewet", "bedrag", "9900.00"},
	{"kosten_per_domein", "2019 regio participatiewet", "bedrag", "10450.00"},
	{"kosten_per_domein", "2017 pilot participatiewet", "per_verzekerdejaar", "120.000000"}, // 6000 over the 50 years that came with it
	{"kosten_per_domein", "2019 regio participatiewet", "per_verzekerdejaar", "104.500000"}, // both care types tell the same 100 years
	{"kosten_per_domein", "2017 BU09350203 participatiewet", "verzekerdejaren", ""},         // no row names it
	{"kosten_per_domein", "2017 BU09350203 participatiewet", "bedrag", "0.00"},
	{"kosten_per_zorgsoort", "2017 regio zvw fysiotherapie", "bedrag", "0.01"},
	{"kosten_per_zorgsoort", "2018 regio zvw fysiotherapie", "bedrag", "295.00"},
	{"kosten_per_zorgsoort", "2018 regio zvw medisch_specialistisch", "bedrag", "-100.00"},
	{"kosten_per_zorgsoort", "2018 regio zvw medisch_specialistisch", "gebruikers", "0"},
	{"kosten_per_zorgsoort", "2018 regio zvw medisch_specialistisch", "volume", "-1.000"}, // no line has one: a credit is minus one
	{"kosten_per_zorgsoort", "2018 regio zvw mondzorg", "bedrag", "40.00"},
	{"kosten_per_zorgsoort", "2019 pilot zvw hoogspecialistisch", "lijn", "3"},
	{"kosten_per_zorgsoort", "2019 regio zvw onbekend", "bedrag", "15.00"},
	{"kosten_per_zorgsoort", "2018 regio zvw huisarts", "bedrag_reeel", "191.27"},
	{"verschuiving_domein", "2018 regio wlz", "groei", "5843.29"}, // 5843.28 and the remainder of a cent
	{"verschuiving_domein", "2018 regio wlz", "verschuiving", "3206.71"},
	{"verschuiving_domein", "2018 regio participatiewet", "groei", "4290.38"},
	{"verschuiving_domein", "2018 regio jeugdwet", "groei", "776.64"},
	{"verschuiving_domein", "2018 regio wmo", "groei", "838.75"},
	{"verschuiving_domein", "2018 regio zvw", "groei", "419.83"},
	{"verschuiving_domein", "2018 pilot wmo", "groei", "452.12"}, // 280.45 × (1184.05/1714.05 + 2095.95/2274.95): without participatiewet
	{"verschuiving_domein", "2018 pilot wmo", "verschuiving", "459.78"},
	{"verschuiving_domein", "2018 pilot zvw", "verschuiving", "-459.78"},
	{"verschuiving_lijn", "2018 regio 1.5", "aandeel_zorg", "0.083160"}, // 80 / 962
	{"verschuiving_lijn", "2018 regio 1", "bedrag", "982.00"},
	{"verschuiving_lijn", "2018 pilot 0", "bedrag_basis", "1184.05"}, // Wmo only: 2018 knows no participatiewet of the pilot
	{"verschuiving_lijn", "2017 pilot 0", "bedrag_basis", "7184.05"},
	{"stapeling_personen", "2018 regio arrangementen 2", "personen", "3"}, // 01, 04, 09
	{"stapeling_personen", "2018 BU09350203 arrangementen 2", "bedrag_gemiddeld", "135.000000"},
	{"stapeling_personen", "2018 regio wetten 2", "personen", "5"}, // 02, 03, 04, 09, 12
	{"stapeling_personen", "2018 pilot wetten 2", "bedrag_gemiddeld", "447.500000"},
	{"stapeling_personen", "2017 regio arrangementen 1", "bedrag_gemiddeld", "3040.012500"},
	{"aansluiting", "vgz zvw 2018 aangeleverd", "bedrag", "1059.00"},
	{"aansluiting", "vgz zvw 2018 aangeleverd", "regels", "20"},
	{"aansluiting", "vgz zvw 2018 in_quarantaine", "bedrag", "6.00"}, // 11 - 5 + 0
	{"aansluiting", "vgz zvw 2018 dubbel", "bedrag", "33.00"},
	{"aansluiting", "vgz zvw 2018 vervangen", "bedrag", "70.00"},
	{"aansluiting", "vgz zvw 2018 geladen", "bedrag", "950.00"},
	{"aansluiting", "vgz zvw 2018 credit_zonder_debet", "bedrag", "-12.00"},
	{"aansluiting", "vgz zvw 2018 gemodelleerd", "bedrag", "962.00"},
	{"aansluiting", "maastricht participatiewet 2017 vervangen", "bedrag", "10000.00"}, // by the buurten
	{"aansluiting", "maastricht participatiewet 2018 niet_in_bevolking", "bedrag", "70800.00"},
	{"aansluiting", "maastricht participatiewet 2018 niet_in_bevolking", "regels", "2"},
	{"aansluiting", "maastricht participatiewet 2019 gemodelleerd", "bedrag", "10450.00"},
	{"aansluiting", "maastricht wmo 2017 vervangen", "bedrag", "99999.00"}, // Wmo comes by line
	{"aansluiting", "vgz zvw  in_quarantaine", "bedrag", "9.00"},
	{"aansluiting", "vgz zvw 2019 niet_in_bevolking", "bedrag", "25.00"},
	{"aansluiting", "maastricht wmo 2017 niet_in_bevolking", "bedrag", "310.00"},
	{"aansluiting", "maastricht wmo 2017 niet_in_bevolking", "regels", "0"},
	{"aansluiting", "maastricht wmo 1999 in_quarantaine", "bedrag", "20.00"},
}
