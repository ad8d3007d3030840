package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ontschot/pipeline"
	"ontschot/pipeline/analysis"
)

// ruleFile is a delivery of declaraties; made is the day of its manifest.
type ruleFile struct {
	path, made string
	lines      []string
}

// ruleLine is a debit or, with the reference of its debit, a credit. The codes are those of one ordinary kind of care per law.
func ruleLine(domain, id, debit, who, begin, end, declared, volume, amount string) string {
	codes := map[string]string{"wmo": "WMO020;01A03;01;9802", "zvw": "016;12000;;0101", "wlz": "055;Z041;;4702"}[domain]
	sign := "D"
	if debit != "" {
		sign = "C"
	}
	return strings.Join([]string{domain, id, debit, sign, who, codes, "aanbieder-1", begin, end, declared, volume, "04", amount}, ";")
}

func rulePerson(n int) string { return fmt.Sprintf("regels-persoon-%02d", n) }

// ruleRegion is four years in which every rule of declaring is kept: three persons with Wmo, three who see a doctor, one in
// a nursing home, and one Wmo line that is credited and declared anew.
func ruleRegion() (files []ruleFile, granted []string) {
	wmo := ruleFile{path: "maastricht/declaraties_wmo.csv", made: "2023-03-31"}
	zvw := ruleFile{path: "vgz/declaraties_zvw.csv", made: "2023-03-31"}
	wlz := ruleFile{path: "vgz/declaraties_wlz.csv", made: "2023-03-31"}
	for m := range 48 {
		first := fmt.Sprintf("%d-%02d-", 2019+m/12, 1+m%12)
		for p := 1; p <= 3; p++ {
			id := fmt.Sprintf("%d-%d", m, p)
			wmo.lines = append(wmo.lines, ruleLine("wmo", "W"+id, "", rulePerson(p), first+"01", first+"28", first+"28", "4", "120.00"))
			zvw.lines = append(zvw.lines, ruleLine("zvw", "Z"+id, "", rulePerson(3+p), first+"10", first+"10", "", "1", "10.00"))
		}
		wlz.lines = append(wlz.lines, ruleLine("wlz", fmt.Sprint("L", m), "", rulePerson(7), first+"01", first+"28", "", "28", "5000.00"))
	}
	late := ruleFile{path: "maastricht/declaraties_wmo_later.csv", made: "2023-06-30", lines: []string{
		ruleLine("wmo", "W-credit", "W40-1", rulePerson(1), "2022-05-01", "2022-05-28", "2023-04-01", "4", "120.00"),
		ruleLine("wmo", "W-nieuw", "", rulePerson(1), "2022-05-01", "2022-05-28", "2023-04-02", "3", "90.00"),
	}}
	for p := 1; p <= 3; p++ {
		granted = append(granted, fmt.Sprintf("wmo;T%d;%s;01;01A03;2019-01-01;", p, rulePerson(p)))
	}
	return []ruleFile{wmo, zvw, wlz, late}, granted
}

// ruleNight delivers the files and runs the night.
func ruleNight(t *testing.T, files []ruleFile, granted []string) map[string]analysis.Finding {
	t.Helper()
	dir := t.TempDir()
	write := func(path, text string) {
		t.Helper()
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("ontschot.toml", "[regio]\nbasisjaar = 2019\n")
	header := "domein;regel_id;vorige_regel_id;debet_credit;pseudoniem;codelijst;prestatiecode;productcategorie;aanbiedersoort;" +
		"aanbieder;begindatum;einddatum;declaratiedatum;volume;eenheid;bedrag\n"
	for _, f := range files {
		write("aanlevering/"+f.path, header+strings.Join(f.lines, "\n")+"\n")
		write("aanlevering/"+f.path+".manifest.toml", "aangemaakt = "+f.made+"\n")
	}
	write("aanlevering/maastricht/toewijzingen.csv", "domein;toewijzing_id;pseudoniem;productcategorie;productcode;begindatum;einddatum\n"+
		strings.Join(granted, "\n")+"\n")
	people := "pseudoniem;geboortejaar;geslacht;buurt;begindatum;einddatum\n"
	for p := 1; p <= 40; p++ {
		people += rulePerson(p) + ";1950;1;BU09350000;2010-01-01;\n"
	}
	write("aanlevering/maastricht/bevolking.csv", people)
	found := map[string]analysis.Finding{}
	for _, f := range nightRun(t, dir).night.Findings {
		found[f.Query.Name] = f
	}
	return found
}

// rules are the checks on how claims are declared.
var rules = []string{
	"aantal_per_maand", "credit_bij_debet", "credit_voor_debet", "debet_tweemaal_gecrediteerd", "levering_herhaald",
	"meer_open_debetten", "nieuw_debet_voor_credit", "periode_in_maand", "periode_in_toewijzing", "prijs_per_eenheid",
	"regels_dubbel", "regels_gelijk", "regels_gewijzigd", "regels_overlappen", "toewijzingen_overlappen", "wlz_naast_wmo",
}

func TestRulesAreQuietWhereTheyAreKept(t *testing.T) {
	t.Parallel()
	files, granted := ruleRegion()
	found := ruleNight(t, files, granted)
	for _, name := range rules {
		if f := found[name]; f.Failed != 0 || f.Checked == 0 {
			t.Errorf("check %s: %d of %d", name, f.Failed, f.Checked)
		}
	}
}

// TestEveryRuleSeesWhatBreaksIt breaks every rule by a person of his own and expects each check to count that and nothing else.
func TestEveryRuleSeesWhatBreaksIt(t *testing.T) {
	t.Parallel()
	files, granted := ruleRegion()
	now := ruleFile{path: "maastricht/declaraties_fout_1.csv", made: "2023-04-30"}
	later := ruleFile{path: "maastricht/declaraties_fout_2.csv", made: "2023-07-31"}
	want := map[string]int64{}
	grant := func(person int) {
		granted = append(granted, fmt.Sprintf("wmo;T%d;%s;01;01A03;2019-01-01;", person, rulePerson(person)))
	}
	wmo := func(f *ruleFile, id, debit string, person int, begin, end, declared, volume, amount string) {
		f.lines = append(f.lines, ruleLine("wmo", id, debit, rulePerson(person), begin, end, declared, volume, amount))
	}
	zvw := func(f *ruleFile, id, debit string, person int, day, amount string) {
		f.lines = append(f.lines, ruleLine("zvw", id, debit, rulePerson(person), day, day, "", "1", amount))
	}

	// One arrangement and period declared twice, and so overlapping.
	grant(8)
	wmo(&now, "A1", "", 8, "2020-01-01", "2020-01-28", "2020-02-01", "4", "120.00")
	wmo(&now, "A2", "", 8, "2020-01-01", "2020-01-28", "2020-03-01", "3", "90.00")
	want["meer_open_debetten"]++
	want["regels_overlappen"]++

	// A credit in the message of its debit.
	wmo(&now, "B1", "", 9, "2020-02-01", "2020-02-28", "2020-03-01", "4", "120.00")
	wmo(&now, "B2", "B1", 9, "2020-02-01", "2020-02-28", "2020-03-01", "4", "120.00")
	want["credit_bij_debet"]++

	// A credit that was delivered before its debit.
	zvw(&now, "C2", "C1", 10, "2020-02-05", "10.00")
	zvw(&later, "C1", "", 10, "2020-02-05", "10.00")
	want["credit_voor_debet"]++

	// A debit that is credited twice.
	zvw(&now, "D1", "", 11, "2020-03-05", "10.00")
	zvw(&later, "D2", "D1", 11, "2020-03-05", "10.00")
	zvw(&later, "D3", "D1", 11, "2020-03-05", "10.00")
	want["debet_tweemaal_gecrediteerd"]++

	// A new debit while the old one was open.
	grant(12)
	wmo(&now, "E1", "", 12, "2020-04-01", "2020-04-28", "2020-05-01", "4", "120.00")
	wmo(&now, "E2", "", 12, "2020-04-01", "2020-04-28", "2020-06-01", "3", "90.00")
	wmo(&later, "E3", "E1", 12, "2020-04-01", "2020-04-28", "2020-07-01", "4", "120.00")
	want["nieuw_debet_voor_credit"]++

	// The same line twice, and the same reference with another amount.
	zvw(&now, "F1", "", 13, "2020-05-05", "10.00")
	zvw(&later, "F1", "", 13, "2020-05-05", "10.00")
	want["regels_dubbel"]++
	zvw(&now, "G1", "", 14, "2020-06-05", "10.00")
	zvw(&later, "G1", "", 14, "2020-06-05", "11.00")
	want["regels_gewijzigd"]++

	// Prices in cents and per day in place of per hour.
	grant(15)
	for i, amount := range []string{"12000.00", "11000.00", "20.00"} {
		wmo(&now, fmt.Sprint("H", i), "", 15, fmt.Sprintf("2020-%02d-01", 7+i), fmt.Sprintf("2020-%02d-28", 7+i), "", "4", amount)
		want["prijs_per_eenheid"]++
	}

	// Two granted periods of one product that overlap, and their lines; sharing one day is no overlap.
	granted = append(granted, "wmo;T16a;"+rulePerson(16)+";01;01A03;2020-01-01;2020-10-20", "wmo;T16b;"+rulePerson(16)+";01;01A03;2020-10-15;",
		"wmo;T17a;"+rulePerson(17)+";01;01A03;2019-01-01;2020-11-15", "wmo;T17b;"+rulePerson(17)+";01;01A03;2020-11-15;")
	want["toewijzingen_overlappen"]++
	wmo(&now, "I1", "", 16, "2020-10-01", "2020-10-20", "", "4", "120.00")
	wmo(&now, "I2", "", 16, "2020-10-15", "2020-10-28", "", "4", "121.00")
	wmo(&now, "I5", "", 16, "2020-10-18", "2020-10-19", "", "4", "122.00")
	want["regels_overlappen"] += 2
	wmo(&now, "I3", "", 17, "2020-11-01", "2020-11-15", "", "4", "120.00")
	wmo(&now, "I4", "", 17, "2020-11-15", "2020-11-28", "", "4", "121.00")

	// Wmo in the nursing home.
	grant(7)
	wmo(&now, "J1", "", 7, "2020-12-01", "2020-12-28", "", "4", "120.00")
	want["wlz_naast_wmo"]++

	// A period of two months, as often as it takes to be more than an exception, and a line that is not granted.
	grant(18)
	for m := 1; m <= 12; m++ {
		wmo(&now, fmt.Sprint("K", m), "", 18, fmt.Sprintf("2021-%02d-28", m), fmt.Sprintf("%d-%02d-02", 2021+m/12, 1+m%12), "", "4", "120.00")
		want["periode_in_maand"]++
	}
	for m := range 5 {
		wmo(&now, fmt.Sprint("M", m), "", 19, fmt.Sprintf("2021-%02d-01", 1+m), fmt.Sprintf("2021-%02d-28", 1+m), "", "4", "120.00")
		want["periode_in_toewijzing"]++
	}

	// A month delivered again with new references: the totals are those of before, and the month stands out.
	first := ruleFile{path: "cz/declaraties_mei.csv", made: "2022-06-30"}
	again := ruleFile{path: "cz/declaraties_mei_nieuw.csv", made: "2022-07-31"}
	for p := 21; p <= 25; p++ {
		zvw(&first, fmt.Sprint("N", p), "", p, "2022-05-12", "10.00")
		zvw(&again, fmt.Sprint("O", p), "", p, "2022-05-12", "10.00")
		want["regels_gelijk"]++
	}
	want["levering_herhaald"]++
	want["aantal_per_maand"]++
	// And the Zvw of the insurer again with its own references and one line more, so that only the references tell.
	more := ruleFile{path: "vgz/declaraties_zvw_nieuw.csv", made: "2023-08-31"}
	more.lines = append(more.lines, files[1].lines...)
	zvw(&more, "P1", "", 26, "2022-11-05", "10.00")
	want["levering_herhaald"]++
	want["regels_dubbel"] += int64(len(files[1].lines))

	found := ruleNight(t, append(files, now, later, first, again, more), granted)
	for _, name := range rules {
		f := found[name]
		if f.Failed != want[name] || f.Outcome() != analysis.Failed {
			t.Errorf("check %s: %s, %d of %d, want %d: %s", name, f.Outcome(), f.Failed, f.Checked, want[name], f.Example)
		}
		if strings.Contains(f.Example, "persoon") {
			t.Errorf("check %s shows a person: %s", name, f.Example)
		}
	}
	if files := found["levering_herhaald"].Example; files != "aanlevering/cz/declaraties_mei_nieuw.csv en aanlevering/cz/declaraties_mei.csv" {
		t.Errorf("the deliveries that repeat are %q", files)
	}
	if month := found["aantal_per_maand"].Example; month != "de eerste is zvw 2022-05" {
		t.Errorf("the month that stands out: %q", month)
	}
}

// TestARaisedCheckStopsTheNight: maand_zonder_regels fails in klein and only warns; a check that passes stops nothing.
func TestARaisedCheckStopsTheNight(t *testing.T) {
	t.Parallel()
	for check, stops := range map[string]bool{"maand_zonder_regels": true, "persoon_eenduidig": false} {
		dir := t.TempDir()
		nightCopyKlein(t, dir)
		path := filepath.Join(dir, "ontschot.toml")
		settings, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		settings = append(settings, "\n[kwaliteit.ernst]\n"+check+" = \"fout\"\n"...)
		if err := os.WriteFile(path, settings, 0o600); err != nil {
			t.Fatal(err)
		}
		config, err := pipeline.ReadConfig(path)
		if err != nil {
			t.Fatal(err)
		}
		night, err := pipeline.Run(t.Context(), config, nightEnv())
		switch {
		case !stops && err != nil:
			t.Errorf("%s passes and stopped the night: %v", check, err)
		case stops && (pipeline.KindOf(err) != pipeline.Refused || !strings.Contains(err.Error(), "check "+check+" failed")):
			t.Errorf("%s did not stop the night: %v", check, err)
		}
		for _, f := range night.Findings {
			if want := f.Query.Name == check || f.Query.Name == "grootboek_klopt" || f.Query.Name == "aansluiting_sluit"; (f.Query.Severity == analysis.Failure) != want {
				t.Errorf("with %s raised, %s has severity %s", check, f.Query.Name, f.Query.Severity)
			}
		}
	}
}
