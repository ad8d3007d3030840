package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

// region is a made-up region. Its numbers are exact: what the pilot spends on
// the Zvw moves to the Wmo, and the small area has too few persons.
type region struct {
	years   []int
	areas   []string
	domains []string
	status  func(year int) string
	amount  func(area, domain string, year int) int64 // cents
	persons func(area, domain string, year int) int64
}

const baseYear = 2017

func madeUp() region {
	return region{
		years:   []int{2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023},
		areas:   []string{"BU09350001", "BU09350002", "WK093501", "GM0935", "regio", "controle", "pilot"},
		domains: []string{"jeugdwet", "participatiewet", "wlz", "wmo", "zvw"},
		status: func(year int) string {
			return map[int]string{2022: "voorlopig", 2023: "onvolledig"}[year] + map[bool]string{true: "definitief"}[year < 2022]
		},
		amount: func(area, domain string, year int) int64 {
			size := map[string]int64{"pilot": 20, "controle": 22, "regio": 300, "GM0935": 240, "WK093501": 20, "BU09350001": 8, "BU09350002": 1}[area]
			cents := map[string]int64{"zvw": 100_000_037, "wlz": 60_000_011, "wmo": 25_000_003, "jeugdwet": 18_000_007, "participatiewet": 9_000_001}[domain] * size / 10
			moved := int64(0)
			if area == "pilot" && year > baseYear {
				moved = int64(year-baseYear) * 3_100_019
				if domain == "zvw" {
					moved = -moved
				} else if domain != "wmo" {
					moved = 0
				}
			}
			growth := int64(2)
			if area == "pilot" {
				growth = 1
			}
			return cents + cents*growth*int64(year-baseYear)/100 + moved
		},
		persons: func(area, domain string, year int) int64 {
			n := map[string]int64{"pilot": 9000, "controle": 9500, "regio": 150000, "GM0935": 120000, "WK093501": 9000, "BU09350001": 1200, "BU09350002": 4}[area]
			if domain == "jeugdwet" && strings.HasPrefix(area, "BU") {
				return 7
			}
			return n
		},
	}
}

// threeYears is the region from the base year on, for tests that write or read many workbooks.
func threeYears() region {
	r := madeUp()
	r.years = []int{baseYear, baseYear + 1, baseYear + 2}
	return r
}

func num(v int64) disclosure.Value      { return disclosure.Value{Unscaled: v} }
func word(s string) disclosure.Value    { return disclosure.Value{Text: s} }
func nothing() disclosure.Value         { return disclosure.Value{Null: true} }
func key(name string) disclosure.Column { return disclosure.Column{Name: name, Key: true} }
func yearKey() disclosure.Column {
	return disclosure.Column{Name: "jaar", Key: true, Type: disclosure.Integer}
}
func count(name string) disclosure.Column {
	return disclosure.Column{Name: name, Type: disclosure.Integer}
}
func euros(name string) disclosure.Column {
	return disclosure.Column{Name: name, Type: disclosure.Decimal, Scale: 2}
}
func ratio(name string) disclosure.Column {
	return disclosure.Column{Name: name, Type: disclosure.Decimal, Scale: 6}
}

func real(amount int64, year int) int64 { return amount * 1000 / (1000 + 15*int64(year-baseYear)) }

// insured are insured years, with two decimals.
func (r region) insured(area string) int64 { return r.persons(area, "zvw", baseYear) * 98 }

func (r region) costs() disclosure.Table {
	t := disclosure.Table{
		Name: "kosten_per_domein", Title: "Kosten per wet", Question: "Wat kost de zorg per wet?", Grain: "jaar × gebied × wet", Method: "methods.md §1.1",
		Columns: []disclosure.Column{
			yearKey(), key("gebied"), key("domein"), count("gebruikers"), count("declaraties"), euros("bedrag"), euros("bedrag_reeel"),
			euros("verzekerdejaren"), euros("per_verzekerdejaar"), euros("per_verzekerdejaar_reeel"), euros("per_gebruiker"),
			euros("gestandaardiseerd"), euros("gestandaardiseerd_reeel"), {Name: "status"}, {Name: "open"},
		},
		Thresholds: []disclosure.Threshold{{Count: "gebruikers"}}, Internal: []string{"open"}, Open: "open",
	}
	for _, y := range r.years {
		for _, a := range r.areas {
			for _, d := range r.domains {
				n, c, v := r.persons(a, d, y), r.amount(a, d, y), r.insured(a)
				per, perReal := c*100/v, real(c, y)*100/v
				standard := num(per)
				if y == 2015 {
					standard = nothing()
				}
				t.Rows = append(t.Rows, []disclosure.Value{num(int64(y)), word(a), word(d), num(n), num(n * 12), num(c), num(real(c, y)),
					num(v), num(per), num(perReal), num(c / n), standard, num(perReal), word(r.status(y)), word("nee")})
			}
		}
	}
	return t
}

// shift makes a shift table over the values of one key; only keeps what counts for a share of care.
func (r region) shift(name, keyName string, values []string, amount func(area, value string, year int) int64) disclosure.Table {
	t := disclosure.Table{Name: name, Grain: "jaar × gebied × " + keyName, Method: "Bennet 1920",
		Columns:    []disclosure.Column{yearKey(), key("gebied"), key(keyName), count("personen_intern")},
		Thresholds: []disclosure.Threshold{{Count: "personen_intern"}}, Internal: []string{"personen_intern"}}
	measures := []string{"bedrag_basis", "bedrag", "delta", "groei", "verschuiving"}
	for _, suffix := range []string{"", "_reeel"} {
		for _, m := range measures {
			t.Columns = append(t.Columns, euros(m+suffix))
		}
		t.Columns = append(t.Columns, ratio("aandeel_basis"+suffix), ratio("aandeel"+suffix))
		if keyName == "lijn" {
			t.Columns = append(t.Columns, ratio("aandeel_zorg_basis"+suffix), ratio("aandeel_zorg"+suffix))
		}
	}
	t.Columns = append(t.Columns, disclosure.Column{Name: "status"})
	care := []string{"1", "1.5", "2", "3"}
	for _, y := range r.years {
		for _, a := range r.areas {
			total, base := map[bool]int64{}, int64(0)
			careNow, careBase := map[bool]int64{}, int64(0)
			for _, v := range values {
				for _, isReal := range []bool{false, true} {
					c := amount(a, v, y)
					if isReal {
						c = real(c, y)
					}
					total[isReal] += c
					if slices.Contains(care, v) {
						careNow[isReal] += c
					}
				}
				base += amount(a, v, baseYear)
				if slices.Contains(care, v) {
					careBase += amount(a, v, baseYear)
				}
			}
			for _, v := range values {
				row := []disclosure.Value{num(int64(y)), word(a), word(v), num(r.persons(a, v, y))}
				for _, isReal := range []bool{false, true} {
					b, c := amount(a, v, baseYear), amount(a, v, y)
					if isReal {
						c = real(c, y)
					}
					grow := b*(total[isReal]/1000)/(base/1000) - b
					row = append(row, num(b), num(c), num(c-b), num(grow), num(c-b-grow), num(b*1000/(base/1000)), num(c*1000/(total[isReal]/1000)))
					if keyName == "lijn" {
						if slices.Contains(care, v) {
							row = append(row, num(b*1000/(careBase/1000)), num(c*1000/(careNow[isReal]/1000)))
						} else {
							row = append(row, nothing(), nothing())
						}
					}
				}
				t.Rows = append(t.Rows, append(row, word(r.status(y))))
			}
		}
	}
	return t
}

func (r region) lineAmount(area, line string, year int) int64 {
	c := r.amount(area, "zvw", year)
	return c * map[string]int64{"0": 50, "1": 30, "1.5": 4, "2": 50, "3": 16, "langdurig": 60, "onbekend": 1}[line] / 100
}

func (r region) tables() []disclosure.Table {
	people := disclosure.Table{Name: "kerncijfers_gebied", Grain: "jaar × gebied", Columns: []disclosure.Column{
		yearKey(), key("gebied"), count("inwoners"), euros("verzekerdejaren"), count("huishoudens"), ratio("aandeel_0_17"), ratio("aandeel_65plus")},
		Thresholds: []disclosure.Threshold{{Count: "inwoners"}}}
	stack := disclosure.Table{Name: "stapeling_personen", Grain: "jaar × gebied × telling × klasse", Columns: []disclosure.Column{
		yearKey(), key("gebied"), key("telling"), key("klasse"), count("personen"), euros("per_1000"), euros("bedrag_gemiddeld")},
		Thresholds: []disclosure.Threshold{{Count: "personen"}}}
	care := disclosure.Table{Name: "kosten_per_zorgsoort", Grain: "jaar × gebied × wet × zorgsoort", Detail: true, Columns: []disclosure.Column{
		yearKey(), key("gebied"), key("domein"), key("zorgsoort"), {Name: "leefdomein"}, {Name: "lijn"}, count("gebruikers"),
		euros("bedrag"), euros("bedrag_reeel"), {Name: "volume", Type: disclosure.Decimal, Scale: 3}, {Name: "eenheid"}},
		Thresholds: []disclosure.Threshold{{Count: "gebruikers"}}}
	for _, y := range r.years {
		for _, a := range r.areas {
			n := r.persons(a, "zvw", y)
			people.Rows = append(people.Rows, []disclosure.Value{num(int64(y)), word(a), num(n), num(r.insured(a)), num(n / 2), num(187_654), num(213_456)})
			for _, telling := range []string{"arrangementen", "wetten"} {
				for i, class := range []string{"0", "1", "2", "3", "4", "5", "6+"} {
					share := []int64{800, 150, 30, 12, 5, 2, 1}[i]
					p := n * share / 1000
					stack.Rows = append(stack.Rows, []disclosure.Value{num(int64(y)), word(a), word(telling), word(class), num(p), num(share * 100), num(int64(i+1) * 123_456)})
				}
			}
			for i, c := range []string{"huisarts", "medisch_specialistisch", "hoogspecialistisch", "anderhalvelijn"} {
				care.Rows = append(care.Rows, []disclosure.Value{num(int64(y)), word(a), word("zvw"), word(c), word("lichamelijke_gezondheid"),
					word([]string{"1", "2", "3", "1.5"}[i]), num(n / 3), num(r.amount(a, "zvw", y) / 4), num(real(r.amount(a, "zvw", y)/4, y)), num(n * 1500), word("14")})
			}
			care.Rows = append(care.Rows, []disclosure.Value{num(int64(y)), word(a), word("wmo"), word("wmo_begeleiding"), word("sociaal_netwerk"),
				word("0"), num(n / 9), num(r.amount(a, "wmo", y)), num(real(r.amount(a, "wmo", y), y)), nothing(), nothing()})
		}
	}
	proof := disclosure.Table{Name: "aansluiting", Grain: "leverancier × wet × jaar × post", Columns: []disclosure.Column{
		key("leverancier"), key("domein"), yearKey(), key("post"), count("regels"), euros("bedrag")},
		Thresholds: []disclosure.Threshold{{Count: "regels"}}}
	for _, y := range r.years {
		for i, post := range []string{"aangeleverd", "dubbel", "geladen", "gemodelleerd", "in_quarantaine"} {
			lines := []int64{123_456, 12, 123_440, 123_430, 4}[i]
			proof.Rows = append(proof.Rows, []disclosure.Value{word("vgz"), word("zvw"), num(int64(y)), word(post), num(lines), num(lines * 12_345)})
		}
	}
	return []disclosure.Table{
		people, r.costs(), care,
		r.shift("verschuiving_domein", "domein", r.domains, r.amount),
		r.shift("verschuiving_lijn", "lijn", []string{"0", "1", "1.5", "2", "3", "langdurig", "onbekend"}, r.lineAmount),
		stack, proof,
	}
}

// protect takes tables the only way there is.
func protect(t testing.TB, own []string, tables ...disclosure.Table) disclosure.Released {
	t.Helper()
	for i := range tables {
		for j := range tables[i].Columns {
			tables[i].Columns[j].Round = 1
		}
	}
	released, err := disclosure.Protect(tables, disclosure.Policy{Threshold: 10, Recipients: []disclosure.Recipient{{OwnDomains: own}}})
	if err != nil {
		t.Fatal(err)
	}
	return released[0]
}

func bookOf(t testing.TB, tables ...disclosure.Table) Book {
	own := []string{"zvw", "wlz"}
	b := Book{
		Recipient: "vgz", OwnDomains: own, Region: "Maastricht-Heuvelland", BaseYear: baseYear, Concept: true,
		Fingerprint: "9f2c81d04be7a3556610cc2f", Stand: "2024-10-01", Released: protect(t, own, tables...),
		AreaNames:       map[string]string{"BU09350001": "Binnenstad", "BU09350002": "Jekerkwartier", "WK093501": "Centrum", "GM0935": "Maastricht"},
		CareTypeNames:   map[string]string{"huisarts": "Huisartsenzorg", "medisch_specialistisch": "Medisch-specialistische zorg", "hoogspecialistisch": "Hoogspecialistische zorg", "anderhalvelijn": "Anderhalvelijnszorg"},
		LifeDomainNames: map[string]string{"lichamelijke_gezondheid": "Lichamelijke gezondheid"},
		Warnings: []Warning{
			{Check: OneInsurer},
			{Check: "onbekende_zorgsoort", Title: "Euro's zonder bekende zorgsoort", Example: "0.80%", Note: "Vul de zorgsoorttabel aan."},
			{Check: "credit_zonder_debet", Title: "Credits zonder debet", Example: "grens: 1% van de creditregels", Note: "Zij blijven buiten de kosten."},
		},
		PriceSources: []PriceSource{
			{Domain: "zvw", Source: "NZa 2023: 7,70%"}, {Domain: "wlz", Source: "NZa 2023: 7,70%"}, {Domain: "wmo", Source: "CPI 2023: 126,09", Consumer: true},
		},
		Versions:    []Version{{"Ontschot", "1.0.0"}, {"Vragen (queries)", "3f2a99c01b77"}, {"Codelijsten", "77aa01928374"}, {"DuckDB", "1.5.5"}},
		Provisional: []Provisional{{Domain: "zvw", Status: "voorlopig", Years: "2022"}, {Domain: "wmo", Status: "onvolledig", Years: "2023"}},
	}
	for i := range 12 {
		b.Deliveries = append(b.Deliveries, Delivery{"vgz", "declaraties", fmt.Sprintf("vgz/declaraties_%d.csv.gz", 2015+i%9), "2024-10-01", strings.Repeat(fmt.Sprintf("%x", i), 64), 123_456})
	}
	return b
}
