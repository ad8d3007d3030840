package delivery

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// holdsNone fails when a value of a person stands in a text.
func holdsNone(t *testing.T, said string, values []string) {
	t.Helper()
	for _, v := range values {
		if strings.Contains(said, v) {
			t.Error("shows a value")
		}
	}
}

// Each kind by what its values are, in every format: named, with its column, and never shown.
func TestIdentifiersByValueAreToldExactly(t *testing.T) {
	const (
		held   = "its values identify persons; expected pseudonyms, and nothing that identifies a person; found "
		advice = ". Ask the supplier to leave the column out, or to pseudonymise it at the source, and to deliver again"
	)
	code := func(i int) string {
		return fmt.Sprintf("%d%c%c", 6200+i*37%99, 'A'+i%26, 'A'+i*7%26)
	}
	birth := func(i int) string {
		return time.Date(1925+i*2%90, 1, 1+i*17%365, 0, 0, 0, 0, time.UTC).Format("02-01-2006")
	}
	for _, tc := range []struct {
		column string
		value  func(int) string
		want   string
	}{
		{"nummer", bsn, ": column nummer: " + held + "BSNs (burgerservicenummers)" + advice},
		{"regel_id", bsn, ": column regel_id: " + held + "BSNs (burgerservicenummers)" + advice},
		{"pseudoniem", bsn, ": column pseudoniem: " + held + "BSNs (burgerservicenummers)" + advice}, // too short as well: the person goes first
		{"pseudoniem", func(i int) string { return "0000000" + bsn(i) }, ": column pseudoniem: " + held + "BSNs (burgerservicenummers)" + advice},
		{"nummer", iban, ": column nummer: " + held + "bank account numbers (IBAN)" + advice},
		{"codelijst", iban, ": column codelijst: " + held + "bank account numbers (IBAN)" + advice},
		{"contact", func(i int) string { return fmt.Sprintf("piet%d@voorbeeld.nl", i) }, ": column contact: " + held + "e-mail addresses" + advice},
		{"contact", func(i int) string { return fmt.Sprintf("06-%08d", 12345678+i*711317) }, ": column contact: " + held + "telephone numbers" + advice},
		{"plek", func(i int) string { return fmt.Sprintf("%s %d", code(i), 1+i) }, ": column plek: " + held + "postcodes with house numbers" + advice},
		{"aanbieder", func(i int) string { return fmt.Sprintf("Kerkstraat %d, %s Dorp", 1+i, code(i)) }, ": column aanbieder: " + held + "postcodes with house numbers" + advice},
		{"dag", birth, ": column dag: " + held + "full birth dates" + advice},
		{"wie", func(i int) string { return string(rune('A'+i%26)) + ". Jans" + strings.Repeat("e", i) + "n" }, ": column wie: " + held + "names of persons" + advice},
	} {
		t.Run(tc.column, func(t *testing.T) {
			s, values := claimSheet(40), some(40, tc.value)
			if tab, _ := TableNamed("declaraties"); tab.columnIndex(tc.column) < 0 {
				s = s.with(tc.column, values...)
			}
			for i, v := range values {
				s.set(i, tc.column, v)
			}
			for name, data := range s.everyFormat(t) {
				said := saysExactly(t, place(t, "declaraties", name, data, Source{}), Options{}, tc.want)
				holdsNone(t, said, values)
			}
		})
	}
	s, codes := claimSheet(40).with("huisnummer", some(40, func(i int) string { return fmt.Sprint(1 + i) })...), some(40, code)
	for name, data := range s.with("pc", codes...).everyFormat(t) {
		said := saysExactly(t, place(t, "declaraties", name, data, Source{}), Options{}, ": column pc: together with column huisnummer it identifies persons; "+
			"expected pseudonyms, and nothing that identifies a person; found postcodes with house numbers"+advice)
		holdsNone(t, said, codes)
	}
}

// Each kind by the name of its column, before a line is read; the column may be empty.
func TestIdentifiersByHeaderAreToldExactly(t *testing.T) {
	const (
		named  = "its name says that it identifies persons; expected pseudonyms, and nothing that identifies a person; found "
		advice = ". Ask the supplier to leave the column out, or to pseudonymise it at the source, and to deliver again; under another name if it holds something else"
	)
	for _, tc := range []struct{ column, want string }{
		{"BSN", ":1: column BSN: " + named + "BSNs (burgerservicenummers)" + advice},
		{"IBAN", ":1: column IBAN: " + named + "bank account numbers (IBAN)" + advice},
		{"E-mailadres", ":1: column E-mailadres: " + named + "e-mail addresses" + advice},
		{"telefoonnr", ":1: column telefoonnr: " + named + "telephone numbers" + advice},
		{"woonadres", ":1: column woonadres: " + named + "postcodes with house numbers" + advice},
		{"Geboortedatum", ":1: column Geboortedatum: " + named + "full birth dates" + advice},
		{"achternaam", ":1: column achternaam: " + named + "names of persons" + advice},
		{"patiëntnummer", ":1: column patiëntnummer: " + named + "numbers of insured persons, patients or clients" + advice},
		{"geheim@voorbeeld.nl", ":1: column 20 (its name is not shown): " + named + "e-mail addresses" + advice},
		{iban(7), ":1: column 20 (its name is not shown): " + named + "bank account numbers (IBAN)" + advice},
	} {
		for name, data := range claimSheet(2).with(tc.column, "").everyFormat(t) {
			saysExactly(t, place(t, "declaraties", name, data, Source{}), Options{}, inFormat(name, tc.want))
		}
	}
	both := claimSheet(2).with("POSTCODE", "").with("Huis_Nr", "")
	for name, data := range both.everyFormat(t) {
		saysExactly(t, place(t, "declaraties", name, data, Source{}), Options{}, ": column POSTCODE: together with column Huis_Nr it identifies persons; "+
			"expected pseudonyms, and nothing that identifies a person; found postcodes with house numbers. "+
			"Ask the supplier to leave the column out, or to pseudonymise it at the source, and to deliver again")
	}
}
