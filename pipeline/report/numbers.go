package report

import (
	"fmt"
	"strconv"
	"strings"

	"ontschot/pipeline/disclosure"
)

// maxExact bounds the numbers that Excel keeps whole: it has 15 digits.
const maxExact = 1_000_000_000_000_000

// format is how a number looks; the cell keeps the exact value.
type format int

const (
	formatText format = iota
	formatYear
	formatCount
	formatCountSigned
	formatEuro
	formatEuroSigned
	formatPercent
	formatGrowth // a relative change
	formatPoints // a change of a share, in percentage points
	formatPerThousand
	formatPerThousandChange
	formatOneDecimal
	formatTwoDecimals
	formatRatio
	formatGuess // not said: follows from the type of the column
	formatKinds
)

// numFmt are the codes of Excel, which shows them in the reader's own locale.
var numFmt = [formatKinds]string{
	formatText: "@", formatYear: "0", formatCount: "#,##0", formatCountSigned: "+#,##0;-#,##0;0",
	formatEuro: "#,##0", formatEuroSigned: "+#,##0;-#,##0;0",
	formatPercent: "0.0%", formatGrowth: `+0.0%;-0.0%;0.0%`, formatPoints: `+0.0" %-pt";-0.0" %-pt";0.0" %-pt"`,
	formatPerThousand: "#,##0.0", formatPerThousandChange: "+0.0;-0.0;0.0",
	formatOneDecimal: "#,##0.0", formatTwoDecimals: "#,##0.00", formatRatio: "#,##0.000",
}

// settle chooses a format for a column of which the catalogue says nothing.
func (f format) settle(c disclosure.Column) format {
	switch {
	case f != formatGuess:
		return f
	case c.Type == disclosure.Text:
		return formatText
	case c.Name == "jaar":
		return formatYear
	case c.Type == disclosure.Integer || c.Scale == 0:
		return formatCount
	case strings.HasPrefix(c.Name, "aandeel"):
		return formatPercent
	case c.Scale == 1:
		return formatOneDecimal
	case c.Scale == 2:
		return formatTwoDecimals
	}
	return formatRatio
}

// formatOf is the format of a number in a row: the measures of the referrals are some per 1.000, some a share, and goals
// are in euros or per 1.000.
func formatOf(c *column, t *disclosure.ReleasedTable, row []disclosure.Cell) format {
	if c.formats != nil {
		return c.formats(row)
	}
	switch {
	case t.Name == "doelen":
		if i := t.ColumnIndex("eenheid"); i >= 0 && strings.HasPrefix(row[i].Text, "euro") {
			return goalFormat(c.format)
		}
	case t.Name == balanceTable && t.Columns[c.source].Name == "waarde":
		if i := t.ColumnIndex("kenmerk"); i >= 0 {
			return traitFormat(row[i].Text)
		}
	case t.Name == "verwijzing" && t.Columns[c.source].Name == "waarde":
		if i := t.ColumnIndex("maat"); i >= 0 {
			return referralFormat(c.format, row[i].Text)
		}
	}
	return c.format
}

// goalFormat is that of a goal in euros, which are whole; other goals have a decimal.
func goalFormat(otherwise format) format {
	switch otherwise {
	case formatOneDecimal:
		return formatEuro
	case formatPerThousandChange:
		return formatEuroSigned
	default:
		return otherwise
	}
}

func referralFormat(otherwise format, measure string) format {
	if strings.HasSuffix(measure, "_per_1000") {
		return otherwise
	}
	return formatPercent
}

// traitFormat is that of a trait of participants: how many they are, what they cost, or an average.
func traitFormat(trait string) format {
	switch {
	case trait == traitPersons:
		return formatCount
	case trait == "verzekerdejaren_na":
		return formatTwoDecimals
	case strings.HasPrefix(trait, "kosten_"):
		return formatEuro
	}
	return formatOneDecimal
}

// scaleOf is the number of decimals of a column; a whole number has none.
func scaleOf(c disclosure.Column) int {
	if c.Type == disclosure.Decimal {
		return c.Scale
	}
	return 0
}

// tooLong says whether a number has more digits than Excel keeps, not counting zeros at the end of its decimals.
func tooLong(unscaled int64, scale int) bool {
	for ; scale > 0 && unscaled%10 == 0; scale-- {
		unscaled /= 10
	}
	return unscaled >= maxExact || unscaled <= -maxExact
}

// asFloat is the double nearest to an exact number; within maxExact Excel shows
// every digit of it.
func asFloat(unscaled int64, scale int) float64 {
	v, err := strconv.ParseFloat(decimalText(unscaled, scale), 64)
	if err != nil {
		panic(fmt.Sprintf("report: %d with scale %d is no number", unscaled, scale)) // cannot happen: digits only
	}
	return v
}

// decimalText writes unscaled / 10^scale without loss.
func decimalText(unscaled int64, scale int) string {
	s := strconv.FormatInt(unscaled, 10)
	if scale <= 0 {
		return s
	}
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	if len(s) <= scale {
		s = strings.Repeat("0", scale-len(s)+1) + s
	}
	return sign + s[:len(s)-scale] + "." + s[len(s)-scale:]
}

func yearText(year int) string { return strconv.Itoa(year) }
