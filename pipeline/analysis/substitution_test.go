package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// flowRegion is twelve neighbourhoods, four of them the pilot, of 1,000 insured years, in which euros move between two laws.
type flowRegion struct {
	moved   float64    // euros per insured year from zvw to wmo in the pilot, beyond what moves everywhere
	effects [2]float64 // on zvw and wmo in 2018
	known   bool       // a price index was there
	earlier bool       // there are data of 2016
}

// verdict draws the region and gives the row of 2018.
func (f flowRegion) verdict(t *testing.T) (row struct {
	from, to, verdict, reason, tests string
	difference, p, ratio             sql.Null[float64]
}) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 8))
	var chosen, flows []string
	for i := range 12 {
		role, moved := "vergelijking", 0.0
		if i < 4 {
			role, moved = "pilot", f.moved
		}
		chosen = append(chosen, fmt.Sprintf("('BU%02d', '%s', 1000.0)", i, role))
		// Seen from the base year, what flowed from zvw to wmo up to it is a flow the other way.
		for year, net := range map[int]float64{2016: -5, 2018: 5 + moved} {
			amount := fmt.Sprintf("%.2f", -1000*(net+r.NormFloat64()))
			if !f.known && i == 2 {
				amount = "NULL"
			}
			if year == 2018 || f.earlier {
				flows = append(flows, fmt.Sprintf("(%d, 'BU%02d', 'wmo', 'zvw', %s, 365000, 365)", year, i, amount))
			}
		}
	}
	conn := engine(t,
		"CREATE TABLE model.jaar AS SELECT 2017 AS jaar, TRUE AS is_basisjaar UNION ALL SELECT 2018, FALSE",
		"CREATE TABLE model.wijk_vergelijkbaar (buurt VARCHAR, rol VARCHAR, verzekerdejaren DOUBLE)",
		"INSERT INTO model.wijk_vergelijkbaar VALUES "+strings.Join(chosen, ", "),
		"CREATE TABLE model.wijk_stroom (jaar INTEGER, buurt VARCHAR, van VARCHAR, naar VARCHAR, netto DECIMAL(18,2), dagen BIGINT, dagen_in_jaar INTEGER)",
		"INSERT INTO model.wijk_stroom VALUES "+strings.Join(flows, ", "),
		`CREATE TABLE model.wijk_schatting (indeling VARCHAR, uitkomst VARCHAR, periode VARCHAR, effect DECIMAL(18,2), ci_laag DECIMAL(18,2),
			ci_hoog DECIMAL(18,2), reden VARCHAR)`,
		fmt.Sprintf(`INSERT INTO model.wijk_schatting VALUES ('domein', 'zvw', '2018', %[1]f, %[1]f - 5, %[1]f + 5, ''),
			('domein', 'wmo', '2018', %[2]f, %[2]f - 5, %[2]f + 5, '')`, f.effects[0], f.effects[1]))
	if err := estimateSubstitution(context.Background(), conn); err != nil {
		t.Fatal(err)
	}
	err := conn.QueryRowContext(context.Background(), `SELECT van, naar, oordeel, reden, toets_stroom || toets_controle || toets_effect || toets_verhouding,
		CAST(verschil AS DOUBLE), CAST(p_holm AS DOUBLE), CAST(verhouding AS DOUBLE) FROM model.substitutie_schatting`).
		Scan(&row.from, &row.to, &row.verdict, &row.reason, &row.tests, &row.difference, &row.p, &row.ratio)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// TestSubstitution fails one test after another: only with all four is it substitution.
func TestSubstitution(t *testing.T) {
	all := flowRegion{moved: 20, effects: [2]float64{-25, 20}, known: true, earlier: true}
	for name, c := range map[string]struct {
		change                 func(f *flowRegion)
		verdict, tests, reason string
	}{
		"all four":                             {func(*flowRegion) {}, "substitutie", "jajajaja", ""},
		"no more than elsewhere":               {func(f *flowRegion) { f.moved = 0 }, "niet vast te stellen", "janeejaja", ""},
		"the one did not fall":                 {func(f *flowRegion) { f.effects[0] = 3 }, "groei", "jajaneenee", ""},
		"the other did not rise":               {func(f *flowRegion) { f.effects[1] = -2 }, "afname", "jajaneenee", ""},
		"less went than came":                  {func(f *flowRegion) { f.effects[0] = -10 }, "groei", "jajajanee", ""},
		"nothing is known of before":           {func(f *flowRegion) { f.earlier = false }, "niet vast te stellen", "jajaja", reasonNothingBefore},
		"a price is unknown":                   {func(f *flowRegion) { f.known = false }, "niet vast te stellen", "jajaja", reasonPrice},
		"neither rose nor fell beyond a doubt": {func(f *flowRegion) { f.moved, f.effects = 0, [2]float64{2, 3} }, "niet vast te stellen", "janeeneenee", ""},
	} {
		f := all
		c.change(&f)
		row := f.verdict(t)
		if row.verdict != c.verdict || row.tests != c.tests || row.reason != c.reason || row.from != "zvw" || row.to != "wmo" {
			t.Errorf("%s: %+v, want %s by %s %s", name, row, c.verdict, c.tests, c.reason)
		}
	}
	row := all.verdict(t)
	if row.difference.V < 18 || row.difference.V > 22 || row.p.V > 0.01 || row.ratio.V != 1.25 {
		t.Errorf("planted is 20 euros a year, and 25 for 20: %+v", row)
	}
	// The other way about the law that euros left is named first.
	back := flowRegion{moved: -30, effects: [2]float64{20, -25}, known: true, earlier: true}.verdict(t)
	if back.from != "wmo" || back.to != "zvw" || back.verdict != "substitutie" {
		t.Errorf("the other way: %+v", back)
	}
}
