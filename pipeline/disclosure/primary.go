package disclosure

import (
	"math/big"
	"slices"
	"strings"
)

// The parameters of the concentration rules stay inside: a recipient who knows them can use them.
const (
	// wholeShare is what the two shares below are parts of.
	wholeShare = 100_000
	// priorShare is the p of the p% rule: how close the second largest contributor may come to the largest.
	priorShare = 10_000
	// providerShare is the most that the two largest providers may hold for a party that does not know the tariffs.
	providerShare = 90_000
	// fewestProviders is the smallest number of providers behind such an amount.
	fewestProviders = 3
	// countWidth is how wide the interval of a hidden count must stay.
	countWidth = 5
)

// The columns with the largest contributors to the amount that a table's Dominance names.
const (
	columnLargest        = "grootste"           // of a person, absolute, after netting
	columnSecond         = "tweede"             // likewise
	columnProviders      = "aanbieders"         // how many
	columnProviderFirst  = "aanbieder_grootste" // the amount of the largest
	columnProviderSecond = "aanbieder_tweede"   // and of the second
	columnDomains        = "domeinen"           // the laws in the row, where it has no domein
)

// priorProtection is the p% rule: the second largest contributor can estimate the largest to within rest = total - x1 - x2. It
// returns how far, in the unit of the amounts, an attacker must be kept from the total; the amount is safe when that is zero or
// less (Handbook on Statistical Disclosure Control, 4.2).
func priorProtection(total, largest, second, share int64) int64 {
	return partOf(largest, share, wholeShare) - (total - largest - second)
}

// dominanceProtection is the (2,k) rule: the largest two may not hold more than a share of the total.
func dominanceProtection(total, largest, second, share int64) int64 {
	return partOf(largest+second, wholeShare, share) - total
}

// partOf is amount * part / of, rounded up.
func partOf(amount, part, of int64) int64 {
	n := new(big.Int).Mul(big.NewInt(amount), big.NewInt(part))
	q, rest := n.QuoRem(n, big.NewInt(of), new(big.Int))
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q.Int64()
}

func absolute(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// amount reads a value of a row by the name of its column.
func (t *working) amount(row int, column string) (int64, bool) {
	at, ok := t.place[column]
	if !ok || t.Rows[row][at].Null {
		return 0, false
	}
	return t.Rows[row][at].Unscaled, true
}

// primary marks the groups that tell of few persons by themselves.
func (w *workings) primary() {
	for i := range w.groups {
		g := &w.groups[i]
		t := w.tables[g.table]
		g.persons = t.fewest(g.row, g.class)
		g.shown = true
		if t.isOpen(g.row) {
			continue
		}
		if t.recall(g, w.policy.Threshold); g.kept {
			continue
		}
		g.sensitive = g.persons != 0 && g.persons < int64(w.policy.Threshold) || g.persons > 0 && t.personProtection(g.row) > 0
	}
}

// personProtection is what the p% rule asks for the amount of a row; zero or less is safe.
func (t *working) personProtection(row int) int64 {
	total, ok := t.amount(row, t.Dominance)
	largest, some := t.amount(row, columnLargest)
	second, _ := t.amount(row, columnSecond)
	if !ok || !some || largest == 0 {
		return 0
	}
	return priorProtection(absolute(total), largest, second, priorShare)
}

// providerProtection is what a recipient who does not know the tariffs may not come within of the amount; zero or less is safe.
func (t *working) providerProtection(row int, r Recipient) int64 {
	total, ok := t.amount(row, t.Dominance)
	n, some := t.amount(row, columnProviders)
	if !ok || !some || n == 0 || t.isOpen(row) || r.knowsTariffs(t.laws(row)) {
		return 0
	}
	first, _ := t.amount(row, columnProviderFirst)
	second, _ := t.amount(row, columnProviderSecond)
	need := dominanceProtection(absolute(total), first, second, providerShare)
	if n < fewestProviders {
		need = max(need, 1)
	}
	return need
}

// laws are those whose euros stand in a row.
func (t *working) laws(row int) []string {
	if at, ok := t.place[columnDomains]; ok {
		return strings.Split(t.Rows[row][at].Text, "|")
	}
	if t.domain >= 0 {
		return []string{t.Rows[row][t.domain].Text}
	}
	return nil
}

// knowsTariffs holds when all laws are the recipient's own, or agreed to be open.
func (r Recipient) knowsTariffs(laws []string) bool {
	if r.OwnDomains == nil {
		return true
	}
	for _, law := range laws {
		if !slices.Contains(r.OwnDomains, law) && !slices.Contains(r.OpenTariffs, law) {
			return false
		}
	}
	return len(laws) > 0
}
