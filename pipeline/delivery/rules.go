package delivery

import (
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
)

// The rules that quarantine a line, as they are stored.
const (
	RuleFieldCount      = "aantal_velden"
	RuleQuoting         = "aanhalingstekens"
	RuleRequired        = "verplicht_veld_leeg"
	RuleDomain          = "onbekend_domein"
	RuleAllowed         = "geen_toegestane_waarde"
	RuleTooShort        = "te_kort"
	RuleTooLong         = "te_lang"
	RuleCharacters      = "ongeldige_tekens"
	RuleNeighbourhood   = "geen_buurtcode"
	RuleDate            = "geen_datum"
	RuleAmount          = "geen_bedrag"
	RuleNumber          = "geen_getal"
	RuleYear            = "geen_jaar"
	RuleDecimals        = "te_veel_decimalen"
	RuleTooLarge        = "getal_te_groot"
	RuleNegative        = "bedrag_negatief"
	RuleEndBeforeBegin  = "einde_voor_begin"
	RuleBegin2000       = "begindatum_voor_2000"
	RuleBeginInFuture   = "begindatum_na_levering"
	RuleDate1900        = "datum_voor_1900"
	RuleCreditReference = "credit_zonder_verwijzing"
)

// Quarantined is a line that was not loaded, with what could be read of it.
type Quarantined struct {
	// Line is the line number in the file; the header is line 1.
	Line int64
	// Column is the canonical column (of a wide file: the supplier's) that broke
	// Rule; empty when the line as a whole did.
	Column, Rule string
	// Domain, DebitCredit, CodeList and CareType are empty when unknown.
	Domain, DebitCredit, CodeList, CareType string
	// Begin and End are nil when unknown.
	Begin, End *arrow.Date32
	// Cents is the amount as delivered, without the sign of DebitCredit.
	Cents int64
	// AmountKnown is false when the amount cannot be read exactly; Cents is then 0.
	AmountKnown bool
	// Year is jaar, else the year of Begin, else nil.
	Year *int
}

// signed gives the cents with the sign of debet_credit.
func (q Quarantined) signed() int64 {
	if q.DebitCredit == "C" {
		return -q.Cents
	}
	return q.Cents
}

// Counts tells what a reader has read so far. Amounts are cents with the sign of
// debet_credit applied; lines whose amount cannot be read count as 0.
type Counts struct {
	// Lines are the data lines (records), Rows the delivered rows: more than the
	// lines of a wide file.
	Lines, Rows, Quarantined int64
	// Cents is all that was read; QuarantinedCents the part in quarantine.
	Cents, QuarantinedCents int64
	// UnknownAmounts counts the quarantined lines whose amount cannot be read.
	UnknownAmounts int64
}

// EuroText writes cents as euros, exactly: -1234 is -12.34.
func EuroText(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	return fmt.Sprintf("%s%d.%02d", sign, cents/100, cents%100)
}
