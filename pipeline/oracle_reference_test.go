package pipeline_test

import (
	"math/big"
	"os"
	"strconv"
	"strings"
	"unicode"
)

// oracleRule places a line in a care type.
type oracleRule struct {
	domain                           string
	patterns                         map[string]string // the non-empty ones, by column
	name, careType, lifeDomain, lijn string
	rank                             int
	fields                           map[string]string
}

var oraclePatternColumns = []string{"codelijst", "prestatiecode", "productcategorie", "aanbiedersoort", "specialisme",
	"zorgproduct", "verwijzer"}

func (o *oracle) readReferences(reference map[string]string) {
	read := func(name string) []map[string]string {
		if reference[name] == "" {
			return nil
		}
		content, err := os.ReadFile(reference[name])
		if err != nil {
			o.t.Fatal(err)
		}
		records, err := oracleReadCSV(string(content))
		if err != nil {
			o.t.Fatal(err)
		}
		var rows []map[string]string
		for i, record := range records {
			if record == nil {
				o.t.Fatalf("%s: row %d does not have the fields of its header", reference[name], i+1)
			}
			rows = append(rows, record)
		}
		return rows
	}
	o.areaRows = read("gebied")
	o.references = oracleMoneyReferences{regimes: read("stelselwijziging"), careNames: read("zorgsoort_naam"),
		payers: read("financier"), signals: read("hoogspecialistisch"), contacts: read("huisartscontact")}
	o.careRules = oracleRules(read("zorgsoort"))
	o.coarseRules = oracleRules(read("zorgsoort_grof"))
	o.prices = map[string]map[int]*big.Rat{}
	for _, row := range read("prijsindex") {
		year, err := strconv.Atoi(row["jaar"])
		index, ok := new(big.Rat).SetString(row["index"])
		if err != nil || !ok {
			o.t.Fatalf("%s: a row has no readable jaar or index", reference["prijsindex"])
		}
		series := row["domein"] + ":" + row["zorgsoort"]
		if o.prices[series] == nil {
			o.prices[series] = map[int]*big.Rat{}
		}
		o.prices[series][year] = index
	}
	o.openMonths = map[string]int{}
	for _, row := range read("voorlopig") {
		months, err := strconv.Atoi(row["maanden"])
		if err != nil {
			o.t.Fatalf("%s: maanden is not a number", reference["voorlopig"])
		}
		o.openMonths[row["domein"]] = months
	}
}

func oracleRules(rows []map[string]string) []oracleRule {
	var rules []oracleRule
	for _, row := range rows {
		rank, _ := strconv.Atoi(row["rang"])
		rule := oracleRule{domain: row["domein"], patterns: map[string]string{}, name: row["regel"], rank: rank,
			careType: row["zorgsoort"], lifeDomain: row["leefdomein"], lijn: row["lijn"], fields: row}
		for _, column := range oraclePatternColumns {
			if row[column] != "" {
				rule.patterns[column] = row[column]
			}
		}
		rules = append(rules, rule)
	}
	return rules
}

// oracleValid tells whether a dated reference row holds on a day; both its dates are included.
func oracleValid(row map[string]string, day oracleDay) bool {
	from, fromOK := oracleParseDay(row["geldig_van"])
	to, toOK := oracleParseDay(row["geldig_tot"])
	return (!fromOK || day >= from) && (!toOK || day <= to)
}

// oracleLike is SQL LIKE: % is any text, _ any one character.
func oracleLike(text, pattern string) bool {
	if pattern == "" {
		return text == ""
	}
	if pattern[0] == '%' {
		for i := 0; i <= len(text); i++ {
			if oracleLike(text[i:], pattern[1:]) {
				return true
			}
		}
		return false
	}
	return text != "" && (pattern[0] == '_' || pattern[0] == text[0]) && oracleLike(text[1:], pattern[1:])
}

// classify finds the rule of a line: most non-empty patterns, then the lowest rank; failing all the coarse type,
// failing that onbekend. An unknown field fits no pattern; a rule holds on the begindatum of the line.
func (o *oracle) classify(l *oracleLine) oracleRule {
	for _, rules := range [][]oracleRule{o.careRules, o.coarseRules} {
		var best *oracleRule
		tie := false
		for i := range rules {
			rule := &rules[i]
			fits := (rule.domain == "" || rule.domain == l.domain) && oracleValid(rule.fields, l.begin)
			for column, pattern := range rule.patterns {
				fits = fits && l.fields[column] != "" && oracleLike(l.fields[column], pattern)
			}
			if !fits {
				continue
			}
			switch {
			case best == nil || len(rule.patterns) > len(best.patterns) ||
				len(rule.patterns) == len(best.patterns) && rule.rank < best.rank:
				best, tie = rule, false
			case len(rule.patterns) == len(best.patterns) && rule.rank == best.rank:
				tie = true
			}
		}
		if tie {
			o.t.Fatalf("two rules of equal rank place the same line; one of them is %s", best.name)
		}
		if best != nil {
			return *best
		}
	}
	return oracleRule{name: "onbekend", careType: "onbekend", lifeDomain: "onbekend", lijn: "onbekend"}
}

// real turns cents into prices of the base year, rounded to the cent: the series of the care type, else of the
// domain, else CPI; a missing year makes it unknown.
func (o *oracle) real(cents int64, domain, careType string, year int) oracleCents {
	for _, series := range []string{domain + ":" + careType, domain + ":", "cpi:"} {
		if o.prices[series] == nil {
			continue
		}
		base, now := o.prices[series][o.baseYear], o.prices[series][year]
		if base == nil || now == nil {
			break
		}
		amount := new(big.Rat).Mul(oracleRat(cents), base)
		return oracleCents{cents: oracleRound(amount.Quo(amount, now))}
	}
	return oracleCents{unknown: true}
}

var oracleAccents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "ï", "i", "î", "i", "ó", "o", "ö", "o", "ô", "o", "ú", "u", "ü", "u", "û", "u", "ç", "c", "ñ", "n")

// oraclePlainName drops case, accents, spaces and hyphens.
func oraclePlainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, oracleAccents.Replace(strings.ToLower(name)))
}
