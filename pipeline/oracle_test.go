// The oracle recomputes indicators from the delivered lines in the slowest, most obvious way: day by day, line by
// line, person by person, in integer cents and exact fractions. It knows no database and no project package, so
// that a figure of the fast queries that agrees with it has been derived twice.
package pipeline_test

import (
	"fmt"
	"math/big"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"
)

// oracleRow is one row of an indicator: its key in the order of the table's key columns, and its other columns as
// exact decimal text ("" is unknown; euros have 2 decimals, ratios 6, counts none).
type oracleRow struct {
	Key    []string
	Values map[string]string
}

// oracleTable is one indicator: only the columns that the catalogue of indicators fixes, and their _reeel twins.
type oracleTable struct {
	Name    string
	Keys    []string
	Columns []string
	Rows    []oracleRow
}

// oracleTextColumns are written as JSON strings; every other column is a number.
var oracleTextColumns = map[string]bool{
	"gebied": true, "domein": true, "zorgsoort": true, "lijn": true, "leefdomein": true, "status": true,
	"telling": true, "klasse": true, "leverancier": true, "post": true, "factor": true, "trendbreuk": true, "van": true,
	"naar": true, "arrangement": true, "groep": true,
	"maand": true, "methode": true, "kwartaal": true, "financier": true, "regel": true, "signaal": true, "maat": true,
	"domeinen": true, "landelijk": true, "binnen": true, "totaal_van": true, "in_regio": true, "deel_van": true,
	"doel": true, "eenheid": true, "richting": true, "oordeel": true, "reden": true,
}

// oracle holds a region as delivered and everything derived from it that more than one indicator needs.
type oracle struct {
	t        testing.TB
	baseYear int

	deliveries  []*oracleDelivery               // oldest first
	stand       oracleDay                       // the newest delivery date
	refused     []string                        // files refused whole for too many quarantined lines
	lines       []*oracleLine                   // every delivered line of declaraties
	credits     map[oracleLineKey][]*oracleLine // credits by the line that they name
	homes       map[string][]*oracleHome
	grants      []oracleGrant
	aggregates  []*oracleAggregate
	areaRows    []map[string]string
	areasKnown  map[oracleAreaYear][]string
	careRules   []oracleRule
	coarseRules []oracleRule
	prices      map[string]map[int]*big.Rat
	openMonths  map[string]int
	references  oracleMoneyReferences
	budgets     []*oracleBudget

	costs          []*oracleCost
	aggregateLevel map[oracleDomainYear]int // the finest level of domains that come without persons in a year
	insured        map[oracleDomainYear][]oracleInsured
	years          []int
	incomplete     map[int]bool // trailing years that exist only through spread parts
	domains        []string
	lijnen         []string
	areas          []string
	lived          []string // the areas where somebody lived in one of the years; the others only came as aggregaat
	people         map[oracleAreaYear]*oraclePeople
	stays          map[oraclePersonYear][]*oracleHome
}

// readOracle reads every canonical CSV file under dir/aanlevering and the reference tables (name to CSV path; a
// missing name is an empty table). today is the date of a delivery whose manifest names none.
func readOracle(t testing.TB, dir string, reference map[string]string, baseYear int, today time.Time) *oracle {
	t.Helper()
	o := &oracle{t: t, baseYear: baseYear}
	o.readReferences(reference)
	o.readDeliveries(dir, oracleDayOf(today.Year(), int(today.Month()), today.Day()))
	o.settleLines()
	o.readPeople()
	o.readGrants()
	o.readAggregates()
	o.readBudgets()
	o.buildCosts()
	o.findYears()
	o.countPeople()
	return o
}

// Tables returns every indicator that the oracle knows.
func (o *oracle) Tables() []oracleTable {
	tables := []oracleTable{
		o.KerncijfersGebied(), o.KostenPerDomein(), o.KostenPerZorgsoort(), o.VerschuivingDomein(),
		o.VerschuivingLijn(), o.StapelingPersonen(), o.Aansluiting(),
	}
	return append(append(tables, o.PersonTables()...), o.MoneyTables()...)
}

// sorted orders the rows by their keys as text, an unknown key last.
func (t oracleTable) sorted() oracleTable {
	sort.Slice(t.Rows, func(i, j int) bool {
		a, b := t.Rows[i].Key, t.Rows[j].Key
		for k := range a {
			if a[k] != b[k] {
				return a[k] != "" && (b[k] == "" || a[k] < b[k])
			}
		}
		return false
	})
	return t
}

// oracleDiff says, a line each, where got differs from want; rows are matched on their keys.
func oracleDiff(want, got oracleTable) []string {
	index := map[string]oracleRow{}
	var out []string
	for _, row := range got.Rows {
		key := strings.Join(row.Key, " · ")
		if _, twice := index[key]; twice {
			out = append(out, fmt.Sprintf("%s: key %s occurs twice", want.Name, key))
		}
		index[key] = row
	}
	for _, row := range want.Rows {
		key := strings.Join(row.Key, " · ")
		other, found := index[key]
		if !found {
			out = append(out, fmt.Sprintf("%s: row %s is missing, expected %v", want.Name, key, row.Values))
			continue
		}
		delete(index, key)
		for _, column := range want.Columns {
			if !slices.Contains(strings.Split(row.Values[column], oracleOr), other.Values[column]) {
				out = append(out, fmt.Sprintf("%s: %s of %s is %q, expected %q",
					want.Name, column, key, other.Values[column], row.Values[column]))
			}
		}
	}
	for key := range index {
		out = append(out, fmt.Sprintf("%s: row %s was not expected", want.Name, key))
	}
	sort.Strings(out)
	return out
}

// oracleDay is a calendar day as the number of days since 1 January 1970.
type oracleDay int

func oracleDayOf(year, month, day int) oracleDay {
	return oracleDay(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d oracleDay) date() (year, month, day int) {
	y, m, dd := time.Unix(int64(d)*86400, 0).UTC().Date()
	return y, int(m), dd
}

func (d oracleDay) year() int {
	year, _, _ := d.date()
	return year
}

// oracleParseDay reads an ISO date and nothing else.
func oracleParseDay(text string) (oracleDay, bool) {
	at, err := time.Parse("2006-01-02", text)
	if err != nil || len(text) != 10 {
		return 0, false
	}
	return oracleDayOf(at.Year(), int(at.Month()), at.Day()), true
}

func oracleDaysIn(year int) int {
	return int(oracleDayOf(year+1, 1, 1) - oracleDayOf(year, 1, 1))
}

// oracleRound rounds to a whole number, half away from zero.
func oracleRound(r *big.Rat) int64 {
	twice := new(big.Int).Mul(new(big.Int).Abs(r.Num()), big.NewInt(2))
	twice.Add(twice, r.Denom())
	whole := twice.Quo(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	if r.Sign() < 0 {
		whole.Neg(whole)
	}
	return whole.Int64()
}

// oracleDecimal writes a whole number of units of 10^-decimals as decimal text.
func oracleDecimal(units int64, decimals int) string {
	sign := ""
	if units < 0 {
		sign, units = "-", -units
	}
	text := fmt.Sprintf("%0*d", decimals+1, units)
	return sign + text[:len(text)-decimals] + "." + text[len(text)-decimals:]
}

func oracleEuros(cents int64) string { return oracleDecimal(cents, 2) }

// oracleOr stands between two texts that are both right.
const oracleOr = " or "

// oracleRatio writes num/den with six decimals, or unknown when the denominator is zero. A ratio that lies exactly
// between two of those may be either: the program divides floats, which do not know a tie.
func oracleRatio(num, den *big.Rat) string {
	if den.Sign() == 0 {
		return ""
	}
	quotient := new(big.Rat).Quo(num, den)
	quotient.Mul(quotient, big.NewRat(1_000_000, 1))
	text := oracleDecimal(oracleRound(quotient), 6)
	if twice := quotient.Add(quotient, quotient); twice.IsInt() && twice.Num().Bit(0) == 1 {
		text += oracleOr + oracleDecimal(oracleRound(twice)/2, 6)
	}
	return text
}

func oracleRat(n int64) *big.Rat { return big.NewRat(n, 1) }

// oracleCents is an amount in real euros that is unknown as soon as one of its terms is.
type oracleCents struct {
	cents   int64
	unknown bool
}

func (c *oracleCents) add(other oracleCents) {
	c.cents += other.cents
	c.unknown = c.unknown || other.unknown
}

func (c oracleCents) text() string {
	if c.unknown {
		return ""
	}
	return oracleEuros(c.cents)
}
