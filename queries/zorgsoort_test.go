package queries_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// coded is a combination of codes as a supplier may send it, and where it belongs.
type coded struct {
	domain, list, performance, category, provider, specialism, product, referrer string

	careType, line string
}

func (c coded) String() string {
	return fmt.Sprintf("%s, codelijst %s, prestatie %q, categorie %q, aanbieder %q, specialisme %q, zorgproduct %q, verwijzer %q",
		c.domain, c.list, c.performance, c.category, c.provider, c.specialism, c.product, c.referrer)
}

// numbered gives the numbers of a range as codes.
func numbered(from, to int) (codes []string) {
	for n := from; n <= to; n++ {
		codes = append(codes, fmt.Sprint(n))
	}
	return codes
}

// socialCodes are the product categories of WMO020 and JZ020, in their order; JZ020 has no 39.
func socialCodes() (all []coded) {
	for i, name := range strings.Fields(`huishoudelijke_hulp begeleiding persoonlijke_verzorging kortdurend_verblijf woondiensten
		overige_ondersteuning dagbesteding vervoerdiensten groepsgericht maatwerk_overig rolstoelen vervoervoorzieningen
		woonvoorzieningen hulpmiddelen beschermd_wonen opvang spoedopvang beschermd_wonen_overig`) {
		category := fmt.Sprintf("%02d", i+1)
		all = append(all, coded{domain: "wmo", list: "WMO020", performance: category + "A03", category: category, careType: "wmo_" + name, line: "0"})
	}
	for i, name := range strings.Fields(`wijkteam ambulant_locatie daghulp in_netwerk pleegzorg gezinsgericht gesloten residentieel -
		persoonlijke_verzorging dagbehandeling vervoer verblijf_met_behandeling verblijf_zonder_behandeling ambulant crisis reclassering
		bescherming preventief_justitieel maatwerk basis_ggz specialistische_ggz kindergeneeskunde ggz landelijk`) {
		if category := fmt.Sprint(31 + i); name != "-" {
			all = append(all, coded{domain: "jeugdwet", list: "JZ020", performance: category + "A01", category: category, careType: "jeugd_" + name, line: "0"})
		}
	}
	return all
}

// longTermCodes are the Wlz codes: packages of care, the letters of AW319, and functions that are given apart.
func longTermCodes() (all []coded) {
	add := func(careType string, performances ...string) {
		for _, p := range performances {
			all = append(all, coded{domain: "wlz", list: "055", performance: p, provider: "4701", careType: careType, line: "langdurig"})
		}
	}
	for _, r := range [][2]int{{750, 759}, {190, 191}, {760, 772}, {780, 784}, {790, 790}, {800, 814}, {820, 832}, {840, 848}, {850, 856}, {880, 888}} {
		add("wlz_verblijf", numbered(r[0], r[1])...)
	}
	add("wlz_overig", numbered(996, 999)...)
	add("wlz_verblijf", "Z051", "Z430")
	add("wlz_vpt", "V051", "V430")
	add("wlz_mpt", "H126", "H300")
	add("wlz_overig", "21", "31", "41", "61", "62", "63", "64", "71", "81", "82", "91")
	return all
}

// providerCodes are the kinds of the AGB register, as far as named with a qualification, each with a tariff code. What an
// institution for the disabled or the elderly, a GGD or a declarant sends under the Zvw belongs to no echelon.
func providerCodes() (all []coded) {
	for careType, at := range map[string]struct{ line, kinds string }{
		"huisarts":                  {"1", "0101 2101 3701"},
		"farmacie":                  {"1", "0201"},
		"medisch_specialistisch":    {"2", "0301 0320 0601 0602 0608 0616 1801 2001 2201"},
		"fysiotherapie":             {"1", "0401"},
		"paramedisch_overig":        {"1", "0501 0701 2401 8801 9601"},
		"ggz_specialistisch":        {"2", "0629 2501 5401 7901"},
		"verloskunde":               {"1", "0801"},
		"mondzorg":                  {"1", "1101 1201"},
		"eerstelijns_ondersteuning": {"1", "1901 5001"},
		"kraamzorg":                 {"1", "3301"},
		"ziekenvervoer_liggend":     {"2", "3601"},
		"wijkverpleging":            {"1", "4101 7501 9101"},
		"hoogspecialistisch":        {"3", "5101"},
		"ketenzorg":                 {"1.5", "5301 5303 5306 9038"},
		"anderhalvelijn":            {"1.5", "5308"},
		"ggz_overig":                {"2", "7201"},
		"hulpmiddelen":              {"1", "7601"},
		"basis_ggz":                 {"1", "9401"},
		"zvw_overig":                {"onbekend", "3001 3201 4201 4501 4601 4701 4801 6601 7301 9001 9039 9801 9802"},
	} {
		for kind := range strings.FieldsSeq(at.kinds) {
			all = append(all, coded{domain: "zvw", list: "016", performance: "10000", provider: kind, referrer: "02", careType: careType, line: at.line})
		}
	}
	return all
}

// hospitalCodesNamed are DBC products, tariff codes and bilateral ones for every specialism, with and without what a
// supplier may leave out, and every referrer at both kinds of hospital.
func hospitalCodesNamed() (all []coded) {
	place := map[string][2]string{
		"0308": {"hoogspecialistisch", "3"}, "0328": {"hoogspecialistisch", "3"}, "0361": {"hoogspecialistisch", "3"},
		"0390": {"hoogspecialistisch", "3"}, "0329": {"ggz_specialistisch", "2"},
	}
	for specialism := range strings.FieldsSeq(`0301 0302 0303 0304 0305 0306 0307 0308 0310 0313 0316 0318 0320 0322 0324 0326 0327
		0328 0329 0330 0335 0361 0362 0363 0389 0390`) {
		at, known := place[specialism]
		if !known {
			at = [2]string{"medisch_specialistisch", "2"}
		}
		for _, list := range []string{"041", "016", "990"} {
			for _, provider := range []string{"0601", "0602", "0608", "2201", ""} {
				all = append(all, coded{domain: "zvw", list: list, performance: "15B101", provider: provider, specialism: specialism,
					referrer: "02", careType: at[0], line: at[1]})
			}
		}
		all = append(all, coded{domain: "zvw", list: "016", performance: "10000", provider: "5308", specialism: specialism, careType: "anderhalvelijn", line: "1.5"})
	}
	for referrer := range strings.FieldsSeq("01 02 03 04 05 06 08") {
		for _, provider := range []string{"0601", "0602"} {
			c := coded{domain: "zvw", list: "041", performance: "15B101", provider: provider, specialism: "0313", product: "049999015",
				referrer: referrer, careType: "medisch_specialistisch", line: "2"}
			if provider == "0602" && referrer == "05" {
				c.careType, c.line = "hoogspecialistisch", "3"
			}
			all = append(all, c)
		}
	}
	return all
}

// otherCodes are lists that decide by themselves, and products that say more than who gave them.
func otherCodes() (all []coded) {
	for _, provider := range []string{"7501", "4101", "4701", "0601", "0602", "9101", ""} {
		all = append(all,
			coded{domain: "zvw", list: "065", performance: "1000", provider: provider, careType: "wijkverpleging", line: "1"},
			coded{domain: "zvw", list: "066", performance: "ZG001", provider: provider, careType: "zintuiglijk", line: "2"},
			coded{domain: "zvw", list: "068", performance: "V0101", provider: provider, careType: "eerstelijnsverblijf", line: "1"})
	}
	return append(all,
		coded{domain: "zvw", list: "041", performance: "14D301", careType: "medisch_specialistisch", line: "2"},
		coded{domain: "zvw", list: "990", performance: "BIL01", careType: "medisch_specialistisch", line: "2"},
		coded{domain: "zvw", list: "041", performance: "16F501", provider: "4701", specialism: "8418", product: "998418075",
			careType: "geriatrische_revalidatie", line: "2"},
		coded{domain: "zvw", list: "016", performance: "GZSP1", provider: "4703", careType: "gzsp", line: "1.5"},
		coded{domain: "zvw", list: "016", performance: "MEEK1", provider: "0101", careType: "anderhalvelijn", line: "1.5"},
		coded{domain: "participatiewet", list: "PW", performance: "UITK1", careType: "participatiewet_uitkering", line: "0"},
		coded{domain: "participatiewet", list: "PW", performance: "REIN1", careType: "participatiewet_reintegratie", line: "0"})
}

// shippedRules fills the tables with the rules for care types as they are shipped.
func shippedRules(t *testing.T, conn *sql.Conn) {
	t.Helper()
	run(t, conn, "CREATE SCHEMA referentie")
	columns := strings.Split("domein codelijst prestatiecode productcategorie aanbiedersoort specialisme zorgproduct verwijzer regel rang "+
		"zorgsoort leefdomein lijn hoogspecialistisch geldig_van geldig_tot bron", " ")
	for _, name := range []string{"zorgsoort", "zorgsoort_grof"} {
		var rows, types []string
		for _, row := range reference(t, name) {
			var values []string
			for _, c := range columns {
				values = append(values, quoted(row[c]))
			}
			rows = append(rows, "("+strings.Join(values, ", ")+")")
		}
		for _, c := range columns {
			kind := "VARCHAR"
			switch c {
			case "rang":
				kind = "INTEGER"
			case "geldig_van", "geldig_tot":
				kind = "DATE"
			}
			types = append(types, c+" "+kind)
		}
		run(t, conn, "CREATE TABLE referentie."+name+" ("+strings.Join(types, ", ")+")")
		run(t, conn, "INSERT INTO referentie."+name+" VALUES "+strings.Join(rows, ", "))
	}
	var periods []string
	for _, row := range ask(t, conn, "codeperiode", "vanaf", "voor") {
		periods = append(periods, fmt.Sprintf("(DATE '%s', DATE '%s')", row[0], row[1]))
	}
	run(t, conn, "CREATE TABLE model.codeperiode (vanaf DATE, voor DATE)")
	run(t, conn, "INSERT INTO model.codeperiode VALUES "+strings.Join(periods, ", "))
}

// quoted is a text for SQL; an empty one is unknown.
func quoted(s string) string {
	if s == "" {
		return "NULL"
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// TestEveryNamedCodeHasItsPlace sends every code of the standards that the domain names, from before and after the
// changes of 2021 and 2022, through the rules as they are shipped.
func TestEveryNamedCodeHasItsPlace(t *testing.T) {
	all := slices.Concat(socialCodes(), longTermCodes(), providerCodes(), hospitalCodesNamed(), otherCodes())
	conn := bench(t, "CREATE SCHEMA opslag", `CREATE TABLE opslag.codering (codering INTEGER, domein VARCHAR, codelijst VARCHAR, prestatiecode VARCHAR,
		productcategorie VARCHAR, aanbiedersoort VARCHAR, specialisme VARCHAR, zorgproduct VARCHAR, verwijzer VARCHAR)`,
		"CREATE TABLE opslag.declaraties (codering INTEGER, begindatum DATE)")
	shippedRules(t, conn)
	var codes, lines []string
	for i, c := range all {
		values := []string{fmt.Sprint(i)}
		for _, v := range []string{c.domain, c.list, c.performance, c.category, c.provider, c.specialism, c.product, c.referrer} {
			values = append(values, quoted(v))
		}
		codes = append(codes, "("+strings.Join(values, ", ")+")")
		for _, day := range []string{"2017-03-01", "2023-03-01"} {
			lines = append(lines, fmt.Sprintf("(%d, DATE '%s')", i, day))
		}
	}
	run(t, conn, "INSERT INTO opslag.codering VALUES "+strings.Join(codes, ", "))
	run(t, conn, "INSERT INTO opslag.declaraties VALUES "+strings.Join(lines, ", "))
	seen := map[string]bool{}
	for _, row := range ask(t, conn, "zorgsoort_keuze", "codering", "vanaf", "zorgsoort", "lijn", "regel", "ook_passend") {
		var number int
		if _, err := fmt.Sscan(row[0], &number); err != nil {
			t.Fatal(err)
		}
		c := all[number]
		seen[row[0]] = true
		if row[2] != c.careType || row[3] != c.line {
			t.Errorf("%s, from %s: %s in lijn %s by %s, want %s in lijn %s", c, row[1], row[2], row[3], row[4], c.careType, c.line)
		}
		if row[5] != "" {
			t.Errorf("%s: rules %s and %s are equally strong", c, row[4], row[5])
		}
	}
	if len(seen) != len(all) {
		t.Errorf("%d of %d combinations came out", len(seen), len(all))
	}
}
