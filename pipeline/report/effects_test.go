package report

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

// estimated is a row of a table of effects in whole euros; none of an interval leaves it unknown.
type estimated struct {
	keys              []string // project, outcome and period
	effect, low, high int64
	none              bool
	persons           int64
	verdict           string
	held              int64 // thousandths; below zero is unknown
}

func maybe(known bool, v int64) disclosure.Value {
	if !known {
		return nothing()
	}
	return num(v)
}

func participantEffects(rows ...estimated) disclosure.Table {
	p := func(name string) disclosure.Column {
		return disclosure.Column{Name: name, Type: disclosure.Decimal, Scale: 3}
	}
	t := disclosure.Table{Name: participantTable, Empty: "Er zijn geen deelnemers.", Columns: []disclosure.Column{
		key("project"), key("indeling"), key("uitkomst"), key("periode"), euros("effect"), euros("se"), euros("ci_laag"), euros("ci_hoog"), euros("mde"),
		count("n_deelnemers"), count("n_controle"), p("p"), p("p_holm"), {Name: "oordeel"}, p("aanhoudtoets_p"), euros("effect_ongekoppeld"), count("ess"),
		count("van"), count("tot")}, Thresholds: []disclosure.Threshold{{Count: "n_deelnemers"}}}
	for _, r := range rows {
		t.Rows = append(t.Rows, []disclosure.Value{word(r.keys[0]), word("alles"), word(r.keys[1]), word(r.keys[2]), num(100 * r.effect), num(15_000),
			maybe(!r.none, 100*r.low), maybe(!r.none, 100*r.high), num(42_000), num(r.persons), num(3 * r.persons), num(432), num(1000), word(r.verdict),
			maybe(r.held >= 0, r.held), num(30_500), num(2 * r.persons), num(-8), num(8)})
	}
	return t
}

func participantBalance(left bool) disclosure.Table {
	t := disclosure.Table{Name: balanceTable, Empty: "Er zijn geen deelnemers.", Columns: []disclosure.Column{
		key("project"), key("kenmerk"), key("groep"), euros("waarde"), euros("verschil"), count("personen")},
		Thresholds: []disclosure.Threshold{{Count: "personen"}}, Internal: []string{"personen"}}
	for trait, values := range map[string][4]int64{
		"personen": {21_000, 32_000, 52_500, 4500}, "kosten_basis": {1_116_000, 1_116_000, 911_500, 1_203_000}, "kosten_jaar_voor": {1_282_500, 1_192_000, 1_063_000, 1_470_000},
	} {
		for i, group := range []string{"deelnemers", "controle", "controle_ongewogen", "niet_gekoppeld"} {
			if group == "niet_gekoppeld" && !left {
				continue
			}
			difference := maybe(trait == "kosten_jaar_voor" && i > 0, -12)
			t.Rows = append(t.Rows, []disclosure.Value{word(allProjects), word(trait), word(group), num(values[i]), difference, num(45)})
		}
	}
	return t
}

func neighbourhoodEffects(rows ...estimated) disclosure.Table {
	p := func(name string) disclosure.Column {
		return disclosure.Column{Name: name, Type: disclosure.Decimal, Scale: 6}
	}
	t := disclosure.Table{Name: neighbourhoodTable, Empty: "Er zijn geen pilotbuurten.", Columns: []disclosure.Column{
		key("indeling"), key("uitkomst"), key("periode"), euros("effect"), p("p_randomisatie"), euros("ci_laag"), euros("ci_hoog"), euros("se"), p("p_holm"),
		{Name: "oordeel"}, {Name: "reden"}, count("n_pilot"), count("n_vergelijking"), count("toewijzingen"), count("mensen")},
		Thresholds: []disclosure.Threshold{{Count: "mensen"}}, Internal: []string{"mensen"}}
	for _, r := range rows {
		t.Rows = append(t.Rows, []disclosure.Value{word("alles"), word(r.keys[0]), word(r.keys[1]), num(100 * r.effect), num(111_111), maybe(!r.none, 100*r.low),
			maybe(!r.none, 100*r.high), num(15_000), num(333_333), word(r.verdict), word(""), num(4), num(5), num(126), num(r.persons)})
	}
	return t
}

// effectRows are those of three projects, of which one is too small and one ran apart before the start.
func effectRows() (rows []estimated) {
	of := func(project, outcome, period string, effect, low, high, persons int64, verdict string, held int64) {
		rows = append(rows, estimated{[]string{project, outcome, period}, effect, low, high, false, persons, verdict, held})
	}
	of("wijk_a", totalOutcome, periodAfter, -2085, -5995, 1830, 95, "niet vast te stellen", 13)
	of(allProjects, "wmo", periodAfter, -740, -1200, -280, 210, "daling", 523)
	of(allProjects, "zvw", periodAfter, 585, -1165, 2340, 210, "niet aantoonbaar", 957)
	of(allProjects, totalOutcome, periodAfter, -12_345, -36_000, 15_405, 210, "niet aantoonbaar", 896)
	of("klein", totalOutcome, periodAfter, -73_519, -84_627, -62_841, 4, "daling", 700)
	for quarter := -mostQuartersAway; quarter <= mostQuartersAway; quarter++ {
		if quarter != 0 {
			of(allProjects, totalOutcome, quarterPrefix+strconv.Itoa(quarter), int64(-10*quarter), -1000, 1000, 210, "", -1)
		}
	}
	return rows
}

func neighbourhoodRows() (rows []estimated) {
	of := func(outcome, period string, effect, low, high int64, verdict string) {
		rows = append(rows, estimated{[]string{outcome, period}, effect, low, high, false, 5000, verdict, -1})
	}
	of(totalOutcome, periodAfter, -120, -400, 160, "niet aantoonbaar")
	of("zvw", periodAfter, -150, -300, -10, "daling")
	of(totalOutcome, "na t.o.v. 2016", -90, -380, 190, "")
	of(totalOutcome, "na t.o.v. 2015", -60, -380, 190, "")
	of(totalOutcome, "na zonder 2020 en 2021", -130, -420, 170, "")
	for _, year := range []int64{2015, 2016, 2018, 2019, 2020, 2021, 2022} {
		of(totalOutcome, strconv.FormatInt(year, 10), 10*(2017-year), -300, 300, "")
	}
	return rows
}

// substitutions has one that is found, one that is not and one that is hidden.
func substitutions() disclosure.Table {
	t := disclosure.Table{Name: substitutionTable, Empty: "Er zijn geen pilotbuurten.", Columns: []disclosure.Column{
		yearKey(), key("van"), key("naar"), {Name: "oordeel"}, {Name: "reden"}, euros("netto_stroom"), euros("verschil"), euros("effect_van"), euros("effect_naar"),
		euros("p_holm"), count("mensen")}, Thresholds: []disclosure.Threshold{{Count: "mensen"}}, Internal: []string{"mensen"}}
	for _, r := range []struct {
		year     int64
		from, to string
		verdict  string
		persons  int64
	}{{2018, "zvw", "wmo", verdictSubstitution, 300}, {2019, "zvw", "wlz", "niet vast te stellen", 50}, {2019, "wmo", "wlz", verdictSubstitution, 4}} {
		t.Rows = append(t.Rows, []disclosure.Value{num(r.year), word(r.from), word(r.to), word(r.verdict), word(""), num(26_100_000), num(2000), num(-7500), num(4000),
			num(2), num(r.persons)})
	}
	return t
}

func effectTables() []disclosure.Table {
	return []disclosure.Table{participantEffects(effectRows()...), participantBalance(true), neighbourhoodEffects(neighbourhoodRows()...), substitutions()}
}

func effectBook(t testing.TB, language string, tables ...disclosure.Table) Book {
	book := bookOf(t, tables...)
	book.Language = language
	return book
}

// TestTheSheetOnEffectsSaysWhatCanBeConcluded fixes its sentences in both languages.
func TestTheSheetOnEffectsSaysWhatCanBeConcluded(t *testing.T) {
	for language, want := range map[string][][]string{
		"nl": {
			{"Alle projecten samen (210 deelnemers, 630 controles): niet aantoonbaar (tussen −€ 36.000 en € 15.405); een verandering kleiner dan € 420 per verzekerdejaar kan deze meting missen.",
				"Klein: verborgen ter bescherming van personen of tarieven.",
				"Wijk a (95 deelnemers, 285 controles): niet vast te stellen: vóór de start liepen deelnemers en controles al uiteen.",
				"Alleen voor en na bekeken, alle deelnemers tegen alle inwoners, leek het een stijging van € 305 per verzekerdejaar; dat is geen effect: wie begint, staat vaak op een piek."},
			{"Per wet, alle projecten samen: Wmo daling van € 740 per verzekerdejaar (tussen € 280 en € 1.200); niet aantoonbaar bij Zvw."},
			{"De kwartalen −8 tot en met −5 zijn vooraf gelijk gemaakt; in de kwartalen −4 tot en met −1 liepen deelnemers en controles gelijk op (p = 0,90)."},
			{"Met 45 deelnemers is niemand te vergelijken; zij tellen in geen effect mee, 210 andere wel. In het tweede jaar vóór de start kostten zij € 12.030 per verzekerdejaar, de anderen € 11.160.",
				"De controles lijken niet in alles op de deelnemers; 0,1 of meer van hun standaardafwijking verschilt: Kosten, jaar ervoor (€).",
				"Controles tellen naar hun gewicht: bij personen staat hoeveel even zware bewoners evenveel zeggen."},
			{"4 pilotbuurten tegenover 5 vergelijkbare buurten, alle wetten samen: niet aantoonbaar (tussen −€ 400 en € 160); bij 14 van de 126 manieren om pilotbuurten aan te wijzen was het verschil minstens zo groot.",
				"Per wet: Zvw daling van € 150 per verzekerdejaar (tussen € 10 en € 300).",
				"Tegenover 2017 is het verschil −€ 120; tegenover 2016 −€ 90, tegenover 2015 −€ 60.",
				"2017 was al deels een pilotjaar: de pilot begon op 1 november 2016.",
				"2020 en 2021 zijn coronajaren; zonder deze is het verschil −€ 130."},
			{"Alle wetten samen, verschil met vergelijkbare buurten tegenover 2017: 2015 € 20, 2016 € 10, 2018 −€ 10, 2019 −€ 20, 2020 −€ 30, 2021 −€ 40, 2022 −€ 50.",
				"Vóór 2017 hoort het verschil rond nul te liggen, en dat doet het: nul ligt in elk interval.",
				"2017 was al deels een pilotjaar: de pilot begon op 1 november 2016.",
				"2020 en 2021 zijn coronajaren."},
			{"Substitutie vastgesteld: van Zvw naar Wmo in 2018.", dutchEffects.SubstitutionHow, "Waar het oordeel is verborgen, telt het hier niet mee."},
		},
		"en": {
			{"All projects together (210 participants, 630 controls): cannot be shown (between −€36,000 and €15,405); this measurement can miss a change smaller than €420 per insured year.",
				"Klein: hidden to protect persons or tariffs.",
				"Wijk a (95 participants, 285 controls): cannot be established: participants and controls already drifted apart before the start.",
				"Before and after alone, all participants against all residents, would have looked like a rise of €305 per insured year; that is no effect: people often start at a peak."},
			{"Per law, all projects together: Wmo fall of €740 per insured year (between €280 and €1,200); cannot be shown for Zvw."},
			{"Quarters −8 to −5 were made alike beforehand; in quarters −4 to −1 participants and controls ran alike (p = 0.90)."},
			{"There is nobody to compare 45 participants with; they count in no effect, 210 others do. In the second year before the start they cost €12,030 per insured year, the others €11,160.",
				"The controls are not like the participants in everything; by 0.1 or more of their standard deviation differ: Costs, year before (€).",
				"Controls count by their weight: at persons stands how many residents of equal weight say as much."},
			{"4 pilot neighbourhoods against 5 comparable ones, all laws together: cannot be shown (between −€400 and €160); in 14 of the 126 ways to choose pilot neighbourhoods the difference was at least as large.",
				"Per law: Zvw fall of €150 per insured year (between €10 and €300).",
				"Against 2017 the difference is −€120; against 2016 −€90, against 2015 −€60.",
				"2017 was partly a year of the pilot already: the pilot began on 1 November 2016.",
				"2020 and 2021 are years of the coronavirus; without them the difference is −€130."},
			{"All laws together, difference from comparable neighbourhoods against 2017: 2015 €20, 2016 €10, 2018 −€10, 2019 −€20, 2020 −€30, 2021 −€40, 2022 −€50.",
				"Before 2017 the difference should lie around zero, and it does: zero lies in every interval.",
				"2017 was partly a year of the pilot already: the pilot began on 1 November 2016.",
				"2020 and 2021 are years of the coronavirus."},
			{"Substitution found: from Zvw to Wmo in 2018.", englishEffects.SubstitutionHow, "Where the verdict is hidden, it does not count here."},
		},
	} {
		w := composedOf(t, effectBook(t, language, effectTables()...))
		if len(w.effects) != len(want) {
			t.Fatalf("%s: %d pictures", language, len(w.effects))
		}
		for i, v := range w.effects {
			if got := append([]string{v.finding}, v.more...); !slices.Equal(got, want[i]) {
				t.Errorf("%s, %s:\n got %q\nwant %q", language, v.heading, got, want[i])
			}
			if strings.ContainsAny(v.finding+v.heading+v.note+v.why+strings.Join(v.more, ""), "{}") {
				t.Errorf("%s, %s: a part is not filled in", language, v.heading)
			}
		}
	}
}

// TestAHiddenEffectIsNeitherDrawnNorTold looks for the effect of a project with too few participants in the plan and in the file.
func TestAHiddenEffectIsNeitherDrawnNorTold(t *testing.T) {
	book := effectBook(t, "nl", effectTables()...)
	w := composedOf(t, book)
	v := &w.effects[0]
	if last := len(v.grid.rows) - 1; v.grid.rows[last] != "Klein" || v.chart == nil || v.chart.to != last-1 {
		t.Fatalf("the rows are %v, and %+v is drawn", v.grid.rows, v.chart)
	}
	for _, v := range w.effects {
		if v.chart == nil {
			continue
		}
		for _, s := range append(slices.Clone(v.chart.series), v.chart.over...) {
			for row := v.chart.from; row <= v.chart.to; row++ {
				if v.grid.columns[s.column].values[row].State != disclosure.Shown {
					t.Errorf("%s: column %d, row %d is drawn and not shown", v.heading, s.column, row)
				}
			}
		}
	}
	for name, body := range parts(t, write(t, book)) {
		for _, hidden := range []string{"73519", "73.519", "84627", "84.627", "62841", "62.841"} {
			if strings.Contains(body, hidden) {
				t.Errorf("%s holds %s", name, hidden)
			}
		}
	}
}

// TestAnEmptyTableOfEffectsSaysWhy has a reason in the place of every picture, and no sheet without any of the tables.
func TestAnEmptyTableOfEffectsSaysWhy(t *testing.T) {
	w := composedOf(t, effectBook(t, "nl", participantEffects(), participantBalance(true), neighbourhoodEffects()))
	for i, want := range []string{"Er zijn geen deelnemers.", "Er zijn geen deelnemers.", "Er zijn geen deelnemers.", "", "Er zijn geen pilotbuurten.", "Er zijn geen pilotbuurten."} {
		if v := w.effects[i]; v.why != want || v.chart != nil || want != "" && w.pictureSentence(&v) != "Geen grafiek: "+want {
			t.Errorf("%s: %q, %q", v.heading, v.why, w.pictureSentence(&v))
		}
	}
	w = composedOf(t, bookOf(t, madeUp().tables()...))
	for _, s := range w.composed() {
		if s.tab == w.texts.Effects.Tab || len(w.effects) > 0 {
			t.Error("there is a sheet on effects without effects")
		}
	}
}

// TestTheTestBeforeTheStartIsTold says what it found, and where it could not be made.
func TestTheTestBeforeTheStartIsTold(t *testing.T) {
	for held, want := range map[int64]string{
		13:  "in de kwartalen −4 tot en met −1 liepen deelnemers en controles al uiteen (p = 0,01), dus er is niets te besluiten.",
		500: "in de kwartalen −4 tot en met −1 liepen deelnemers en controles gelijk op (p = 0,50).",
		-1:  "in de kwartalen −4 tot en met −1 is niet te toetsen of deelnemers en controles gelijk opliepen.",
	} {
		rows := effectRows()
		for i := range rows {
			rows[i].held = held
		}
		w := composedOf(t, effectBook(t, "nl", participantEffects(rows...)))
		if got := w.effects[2].finding; !strings.HasSuffix(got, want) {
			t.Errorf("%q", got)
		}
	}
}

// TestYearsBeforeThatDriftedApartAreNamed does not call a difference around zero what lies away from it.
func TestYearsBeforeThatDriftedApartAreNamed(t *testing.T) {
	rows := neighbourhoodRows()
	for i := range rows {
		if rows[i].keys[1] == "2016" {
			rows[i].low = 1
		}
	}
	w := composedOf(t, effectBook(t, "nl", neighbourhoodEffects(rows...)))
	if got := w.effects[5].more[0]; got != "Vóór 2017 hoort het verschil rond nul te liggen; niet zo in 2016: de buurten liepen toen al uiteen." {
		t.Errorf("%q", got)
	}
}

// TestEffectsWithoutAnIntervalArePoints draws no bar of what is not known.
func TestEffectsWithoutAnIntervalArePoints(t *testing.T) {
	rows := neighbourhoodRows()
	for i := range rows {
		rows[i].none, rows[i].verdict = true, "niet vast te stellen"
	}
	book := effectBook(t, "nl", neighbourhoodEffects(rows...), participantBalance(false))
	w := composedOf(t, book)
	for _, v := range w.effects[4:6] {
		if v.chart == nil || len(v.chart.over) > 1 || v.note != w.texts.Effects.Dots && v.note != w.texts.Effects.Line {
			t.Errorf("%s: %q, %+v", v.heading, v.note, v.chart)
		}
	}
	if got := w.effects[3].finding; got != "Met elke deelnemer is iemand te vergelijken." {
		t.Errorf("of those left out: %q", got)
	}
	path := write(t, book)
	noFault(t, path)
	if err := judge(t, path, book); err != nil {
		t.Error(err)
	}
}

// TestAWorkbookWithEffectsIsValidAndPassesTheGate has projects with the names that data can have.
func TestAWorkbookWithEffectsIsValidAndPassesTheGate(t *testing.T) {
	rows := effectRows()
	for _, name := range []string{"123456", "12,5", "12.5", "project_{n}_9876543", "=1+1", "", "a\x01b_54321", " <b>&amp; "} {
		rows = append(rows, estimated{[]string{name, totalOutcome, periodAfter}, 98_765, 87_650, 109_880, false, 95, "stijging", 500})
	}
	for _, language := range Languages() {
		book := effectBook(t, language, append(threeYears().tables(), participantEffects(rows...), participantBalance(true), neighbourhoodEffects(neighbourhoodRows()...))...)
		path := write(t, book)
		noFault(t, path)
		if err := judge(t, path, book); err != nil {
			t.Errorf("%s: %v", language, err)
		}
	}
}

// TestEffectsAreReadFromTheWholeToItsParts orders the rows of the tables.
func TestEffectsAreReadFromTheWholeToItsParts(t *testing.T) {
	w := composedOf(t, effectBook(t, "nl", effectTables()...))
	for _, s := range w.sheets {
		if !slices.Contains([]string{participantTable, balanceTable, neighbourhoodTable}, s.table.Name) {
			continue
		}
		var first []string
		for _, row := range s.order[:min(4, len(s.order))] {
			var keys []string
			for _, c := range s.columns {
				if c.key {
					keys = append(keys, c.text(s.table.Rows[row][c.source]))
				}
			}
			first = append(first, strings.Join(keys, " | "))
		}
		want := map[string][]string{
			participantTable: {"Alle projecten samen | Totaal | Alle wetten samen | Erna", "Alle projecten samen | Totaal | Alle wetten samen | Kwartaal −8",
				"Alle projecten samen | Totaal | Alle wetten samen | Kwartaal −7", "Alle projecten samen | Totaal | Alle wetten samen | Kwartaal −6"},
			balanceTable: {"Alle projecten samen | Personen | Deelnemers", "Alle projecten samen | Personen | Controles",
				"Alle projecten samen | Personen | Controles, ongewogen", "Alle projecten samen | Personen | Met niemand te vergelijken"},
			neighbourhoodTable: {"Totaal | Alle wetten samen | Erna", "Totaal | Alle wetten samen | 2015", "Totaal | Alle wetten samen | 2016", "Totaal | Alle wetten samen | 2018"},
		}[s.table.Name]
		if !slices.Equal(first, want) {
			t.Errorf("%s begins with %q", s.table.Name, first)
		}
	}
	if got := w.periodName("na zonder 2020 en 2021"); got != "Erna, zonder 2020 en 2021" {
		t.Errorf("the period is called %q", got)
	}
}
