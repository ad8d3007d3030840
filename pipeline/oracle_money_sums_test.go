package pipeline_test

import (
	"strings"
	"testing"
)

// TestOracleMoneyAddsUp lets the tables of MoneyTables add up to those of the costs, on the region that is small enough
// to check by hand; no table has a key twice.
func TestOracleMoneyAddsUp(t *testing.T) {
	t.Parallel()
	o := oracleKlein(t)
	tables := map[string]oracleTable{}
	for _, table := range o.Tables() {
		tables[table.Name] = table
		seen := map[string]bool{}
		for _, row := range table.Rows {
			key := strings.Join(row.Key, " · ")
			if seen[key] {
				t.Errorf("%s has key %s twice", table.Name, key)
			}
			seen[key] = true
		}
		for _, difference := range oracleDiff(table, table.parse(t, []byte(table.json()))) {
			t.Errorf("written and read again: %s", difference)
		}
	}
	sum := func(name, column string, of func(key []string) string) map[string]int64 {
		sums := map[string]int64{}
		for _, row := range tables[name].Rows {
			if at := of(row.Key); at != "" {
				sums[at] += nightCents(t, row.Values[column])
			}
		}
		return sums
	}
	same := func(what string, got, want map[string]int64) {
		if len(got) == 0 {
			t.Errorf("%s: nothing to compare", what)
		}
		for at, cents := range got {
			if cents != want[at] {
				t.Errorf("%s of %s is %s, want %s", what, at, oracleEuros(cents), oracleEuros(want[at]))
			}
		}
	}
	byDomain := sum("kosten_per_domein", "bedrag", func(k []string) string { return k[0] + " " + k[1] + " " + k[2] })
	same("kosten_per_kwartaal", sum("kosten_per_kwartaal", "bedrag", func(k []string) string {
		return k[0][:4] + " " + k[1] + " " + k[2]
	}), byDomain)
	same("volledigheid", sum("volledigheid", "aangeleverd", func(k []string) string { return k[2][:4] + " regio " + k[0] }), byDomain)
	payer := map[string]string{"zvw": "zorgverzekeraar", "wlz": "zorgkantoor"}
	paid := sum("kosten_per_domein", "bedrag", func(k []string) string {
		if payer[k[2]] == "" {
			return ""
		}
		return k[0] + " " + k[1] + " " + payer[k[2]]
	})
	same("baten_lasten", sum("baten_lasten", "werkelijk", func(k []string) string {
		if k[2] == "gemeente" {
			return ""
		}
		return strings.Join(k, " ")
	}), paid)
	same("specialistische_zorg", sum("specialistische_zorg", "bedrag", func(k []string) string { return k[0] + " " + k[1] + " " + k[2] }),
		sum("verschuiving_lijn", "bedrag", func(k []string) string { return strings.Join(k, " ") }))
}
