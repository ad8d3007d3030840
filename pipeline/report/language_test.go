package report

import (
	"encoding/csv"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

var placeholder = regexp.MustCompile(`\{[a-z]+\}|&[A-Z]`)

// TestTheCataloguesSayTheSame wants every text of the Dutch catalogue in the English one, with the same variable parts.
func TestTheCataloguesSayTheSame(t *testing.T) {
	compareTexts(t, "texts", reflect.ValueOf(dutch), reflect.ValueOf(english))
}

func compareTexts(t *testing.T, path string, nl, en reflect.Value) {
	t.Helper()
	switch nl.Kind() {
	case reflect.Struct:
		for i := range nl.NumField() {
			compareTexts(t, path+"."+nl.Type().Field(i).Name, nl.Field(i), en.Field(i))
		}
	case reflect.Map:
		for _, key := range nl.MapKeys() {
			if in := en.MapIndex(key); in.IsValid() {
				compareTexts(t, path+"."+key.String(), nl.MapIndex(key), in)
			} else {
				t.Errorf("%s.%s is not there in English", path, key)
			}
		}
	case reflect.Slice, reflect.Array:
		if en.Len() < nl.Len() {
			t.Errorf("%s has %d texts in English, want %d", path, en.Len(), nl.Len())
		}
		for i := range min(nl.Len(), en.Len()) {
			compareTexts(t, path, nl.Index(i), en.Index(i))
		}
	case reflect.String:
		want, got := placeholder.FindAllString(nl.String(), -1), placeholder.FindAllString(en.String(), -1)
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%s has the parts %v in English, want %v", path, got, want)
		}
		if nl.String() != "" && strings.TrimSpace(en.String()) == "" {
			t.Errorf("%s is empty in English", path)
		}
	default:
		if !nl.Equal(en) {
			t.Errorf("%s is %v in English, want %v", path, en, nl)
		}
	}
}

// TestTheShippedCodeListsAreNamedInEnglish reads the code lists, whose names are Dutch.
func TestTheShippedCodeListsAreNamedInEnglish(t *testing.T) {
	for file, names := range map[string]map[string]string{"zorgsoort_naam": english.CareTypes, "leefdomein": english.LifeDomains} {
		in, err := os.Open("../../queries/reference/" + file + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		reader := csv.NewReader(in)
		reader.Comma = ';'
		rows, err := reader.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if err := in.Close(); err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			if names[row[0]] == "" {
				t.Errorf("%s.csv: %s has no English name", file, row[0])
			}
		}
	}
}

// TestTheQueriesAreToldInEnglish wants the words of every indicator and every check in the English catalogue.
func TestTheQueriesAreToldInEnglish(t *testing.T) {
	for folder, told := range map[string]func(name string) bool{
		"indicator": func(name string) bool {
			return english.Tables[name].Grain != "" && english.Tables[name].Method != "" && english.Sheets[name].Title != ""
		},
		"check": func(name string) bool {
			return english.Notices.Checks[name].Title != "" && english.Notices.Checks[name].Note != ""
		},
	} {
		files, err := os.ReadDir("../../queries/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if name, ok := strings.CutSuffix(file.Name(), ".sql"); ok && !told(name) {
				t.Errorf("%s %s is not told in English", folder, name)
			}
		}
	}
}

// TestNoDutchExampleIsLeft translates every example that a check always gives.
func TestNoDutchExampleIsLeft(t *testing.T) {
	literal := regexp.MustCompile(`'(grens[^']*|[a-z]+ [^']*)'( \|\|.*)? AS voorbeeld`)
	found := 0
	for check := range english.Notices.Checks {
		sql, err := os.ReadFile("../../queries/check/" + check + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(sql), -1) {
			found++
			if got := english.example(check, m[1]); dutchWord(got) != "" || got == m[1] {
				t.Errorf("%s: %q is left of %q", check, got, m[1])
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d examples were found", found)
	}
}

// tellTales are Dutch words that are no English ones.
var tellTales = set("de het een en van voor naar bij niet geen wordt worden kosten wijken wijk buurt buurten verborgen gebied jaar jaren regels " +
	"wet wetten zorg zorgsoort personen bedrag inwoners aandeel verschuiving hele zonder tussen voorlopig onvolledig definitief " +
	"basisjaar verzekerdejaar verzekerdejaren lijn vraag blad kolom leveringen onbekend ongewijzigd prijzen euro's uit tot samen per_gebruiker")

// dutchWord is the first tell-tale in a text.
func dutchWord(s string) string {
	for word := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '_' }) {
		if tellTales[word] {
			return word
		}
	}
	return ""
}

// bilingual is a book with all tables of the tests, and a mark of an earlier release and an empty table among them.
func bilingual(t *testing.T) Book {
	t.Helper()
	tables := append(madeUp().tables(), flows(), transitions(), concentration(), referrals(), participantBalance(true),
		neighbourhoodEffects(neighbourhoodRows()...), participantEffects(estimated{[]string{allProjects, totalOutcome, periodAfter}, -10, -20, 5, false, 90, "niet aantoonbaar", 400}),
		arrangements(arrangement("jeugdwet:huiselijke_relaties+zvw:lichamelijke_gezondheid", 20, 20)),
		disclosure.Table{Name: "benchmark", Columns: []disclosure.Column{yearKey()}, Empty: EmptyAggregated},
		disclosure.Table{
			Name: "kosten_per_kwartaal", Columns: []disclosure.Column{key("kwartaal"), key("gebied"), key("domein"), count("personen"), {Name: "vrijgave"}},
			Thresholds: []disclosure.Threshold{{Count: "personen"}},
			Rows:       [][]disclosure.Value{{word("2021-K3"), word("pilot"), word("zvw"), num(20), word("ongewijzigd")}},
		})
	book := bookOf(t, tables...)
	book.Aggregated = []string{"participatiewet"}
	book.Warnings = append(book.Warnings, Warning{Check: WithoutPersons})
	return book
}

// dataOf gives the texts that stand in a workbook as they were delivered: codes, and names of areas, tables and columns.
func dataOf(b Book) map[string]bool {
	data := map[string]bool{b.Region: true, "regio": true, "controle": true}
	for _, name := range b.AreaNames {
		data[name] = true
	}
	for _, d := range b.Deliveries {
		data[d.Table] = true
	}
	for _, table := range b.Released.Tables() {
		for _, c := range table.Columns {
			data[c.Name], data[table.Name+"."+c.Name] = true, true
		}
	}
	return data
}

// TestAnEnglishWorkbookHoldsNoDutch reads every text of every part.
func TestAnEnglishWorkbookHoldsNoDutch(t *testing.T) {
	book := bilingual(t)
	book.Language = "en"
	data := dataOf(book)
	read := 0
	err := ReadBack(write(t, book), func(f disclosure.Found) {
		text := f.Text
		if code, ok := strings.CutPrefix(text[strings.LastIndex(text, "\n")+1:], "Column in the data: "); ok {
			if data[strings.TrimSuffix(code, ".")] {
				text = strings.TrimSuffix(text, code)
			}
		}
		if f.Kind != disclosure.Words || data[text] || codeOfACell(book, f) || strings.HasPrefix(text, "en-") || strings.HasPrefix(text, "kern_") || strings.HasPrefix(text, "tabel_") {
			return
		}
		read++
		if found := dutchWord(text); found != "" {
			t.Errorf("%s %s: %q is Dutch, in %q", f.Part, f.Place, found, text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 5000 {
		t.Errorf("only %d texts were read", read)
	}
}

// codeOfACell holds for a code that stands beside its name.
func codeOfACell(b Book, f disclosure.Found) bool {
	return f.Row > rowHeader && (b.CareTypeNames[f.Text] != "" || b.AreaNames[f.Text] != "" || f.Text == "wmo_begeleiding")
}

// TestBothLanguagesHoldTheSameNumbers compares the workbooks cell by cell: what is a number in one is that number in the other.
func TestBothLanguagesHoldTheSameNumbers(t *testing.T) {
	book := bilingual(t)
	in := map[string]*excelize.File{}
	for _, book.Language = range Languages() {
		in[book.Language] = reopen(t, write(t, book))
	}
	tabs := in["en"].GetSheetList()
	if len(tabs) != len(in["nl"].GetSheetList()) {
		t.Fatalf("the sheets are %v and %v", tabs, in["nl"].GetSheetList())
	}
	compared := 0
	for i, tab := range in["nl"].GetSheetList() {
		nl, en := numbersOf(t, in["nl"], tab), numbersOf(t, in["en"], tabs[i])
		if !reflect.DeepEqual(nl, en) {
			t.Errorf("%s and %s do not hold the same numbers", tab, tabs[i])
		}
		compared += len(nl)
	}
	if compared < 5000 {
		t.Errorf("only %d numbers were compared", compared)
	}
}

// numbersOf gives the cells of a sheet, by column, that hold a number or a mark in its place.
func numbersOf(t *testing.T, f *excelize.File, tab string) []string {
	t.Helper()
	rows, err := f.GetRows(tab, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	number := regexp.MustCompile(`^(-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)?|x|\.)$`)
	var out []string
	for _, row := range rows {
		for column, value := range row {
			if number.MatchString(value) {
				out = append(out, string(rune('A'+column))+" "+value)
			}
		}
	}
	return out
}

func TestAnUnknownLanguageIsRefused(t *testing.T) {
	book := bookOf(t)
	book.Language = "de"
	if err := Write(t.TempDir()+"/boek.xlsx", book); err == nil || !strings.Contains(err.Error(), `"de" is not known`) {
		t.Errorf("error %v", err)
	}
	if _, err := Account(book); err == nil {
		t.Error("such a workbook has an account")
	}
}

// TestNoticesAreSaidInBothLanguages fixes the sentences that the facts of a book become.
func TestNoticesAreSaidInBothLanguages(t *testing.T) {
	book := Book{Aggregated: []string{"participatiewet", "wmo"}}
	for _, c := range []struct{ got, want string }{
		{dutch.provisional(Provisional{"zvw", "voorlopig", "2022, 2023"}), "Zvw is voorlopig over 2022, 2023."},
		{english.provisional(Provisional{"zvw", "voorlopig", "2022, 2023"}), "Zvw is provisional for 2022, 2023."},
		{dutch.reason(EmptyAggregated, book), "Deze tabel heeft gegevens per persoon nodig; alleen geaggregeerd aangeleverd zijn: participatiewet, wmo."},
		{english.reason(EmptyAggregated, book), "This table needs data per person; delivered as totals only: participatiewet, wmo."},
		{dutch.warning(Warning{"maand_zonder_regels", "Maanden zonder regels", "Vergeten?", "de eerste is zvw 2019-03"}, book), "Maanden zonder regels: de eerste is zvw 2019-03. Vergeten?"},
		{english.warning(Warning{"maand_zonder_regels", "Maanden zonder regels", "Vergeten?", "de eerste is zvw 2019-03"}, book),
			"Months without lines: the first is zvw 2019-03. An empty month is seldom true; probably a delivery was forgotten."},
		{english.example("budget_zonder_gebied", "1.00 euro, het eerste bij Nergenshuizen 2016"), "1.00 euros, the first at Nergenshuizen 2016"},
		{english.example("basisjaar_aanwezig", "er zijn gegevens van 2018, 2019"), "there are data of 2018, 2019"},
		{dutch.priceSource(PriceSource{"wmo", "CBS 2023", true}), "Consumentenprijsindex (geen sectorindex bekend). CBS 2023"},
		{english.priceSource(PriceSource{"wmo", "CBS 2023", true}), "Consumer price index (no index of the sector known). CBS 2023"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
