package delivery

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// identifier is a kind of thing that identifies a person.
type identifier int

const (
	citizenNumber identifier = iota
	bankAccount
	emailAddress
	phoneNumber
	address  // postcode and house number in one value
	postcode // identifies only beside a house number
	birthDate
	personName
	insuredNumber
	identifiers // the number of kinds
)

var identifierNames = [identifiers]string{
	"BSNs (burgerservicenummers)", "bank account numbers (IBAN)", "e-mail addresses", "telephone numbers",
	"postcodes with house numbers", "full postcodes", "full birth dates", "names of persons", "numbers of insured persons, patients or clients",
}

// Words of a header that tell its kind wherever they stand in it.
var tellingWords = [identifiers][]string{
	citizenNumber: {"burgerservicen", "sofinummer", "sofinr", "bsnnummer", "bsnnr", "citizenservicenumber"},
	bankAccount:   {"rekeningnummer", "rekeningnr", "bankrekening", "ibannummer", "ibannr", "gironummer"},
	emailAddress:  {"email", "mailadres"},
	phoneNumber:   {"telefoonn", "telefoonprive", "telefoonthuis", "telefoonwerk", "telefoonmobiel", "telnr", "telnummer", "mobielnummer", "mobielnr", "mobieletelefoon", "gsmnummer", "gsmnr", "phonenumber", "telephone"},
	address:       {"woonadres", "huisadres", "thuisadres", "postadres"},
	birthDate:     {"geboortedat", "geboortedag", "datumgeboorte", "datgeboorte", "gebdat", "gebdt", "gebdag", "datumgeb", "datgeb", "dateofbirth", "birthdat", "birthday"},
	personName: {"achternaam", "achternamen", "voornaam", "voornamen", "voorletter", "roepnaam", "familienaam", "geslachtsnaam", "geboortenaam", "meisjesnaam",
		"tussenvoegsel", "voorvoegsel", "initialen", "surname", "lastname", "firstname", "givenname", "familyname", "fullname", "middlename"},
	insuredNumber: {"verzekerdennummer", "verzekerdennr", "verzekerdenummer", "verzekerdenr", "patientnummer", "patientnr", "patientennummer", "patientennr", "clientnummer", "clientnr"},
}

// Words that tell their kind only as a part of its own: aantal_mobielen is a count.
var tellingParts = [identifiers][]string{
	citizenNumber: {"bsn", "sofi"},
	bankAccount:   {"iban"},
	phoneNumber:   {"telefoon", "phone"},
	birthDate:     {"dob"},
	personName:    {"initials"},
}

// Headers that tell their kind only as a whole, and only where lines are of persons:
// elsewhere a naam is an area's and a rekening an annual account.
var tellingHeaders = [identifiers][]string{
	bankAccount:   {"rekening"},
	emailAddress:  {"mail"},
	phoneNumber:   {"mobiel", "mobile", "gsm", "tel"},
	address:       {"adres", "address", "postcodehuisnummer", "pc6huisnummer"},
	birthDate:     {"geboren", "geborenop", "geboorte", "geb", "birth", "birthdt"},
	personName:    {"naam", "namen", "name", "volledigenaam", "eigennaam"},
	insuredNumber: {"patientid", "clientid", "verzekerdeid"},
}

// Whose name it is; gemeentenaam and productnaam are nobody's.
var persons = []string{"client", "patient", "verzekerde", "verzekerden", "persoon", "persoons", "person", "deelnemer", "inwoner", "burger", "partner", "ouder", "kind", "behandelaar", "contactpersoon"}

// Words of a header whose values identify nobody any more, or never did.
var harmlessWords = []string{"aantal", "pseudo", "hash", "versleuteld", "encrypt", "kosten", "consult"}

// identifierOfHeader tells what the name of a column says that it holds; ofPersons
// tells that the lines of the table are of persons.
func identifierOfHeader(name string, ofPersons bool) (identifier, bool) {
	parts := headerParts(name)
	whole := strings.Join(parts, "")
	if containsAny(whole, harmlessWords) {
		return 0, false
	}
	for kind := range identifiers {
		if kind == birthDate && (strings.Contains(whole, "jaar") || strings.Contains(whole, "year")) {
			continue // geb_datum_jaar is a year
		}
		if containsAny(whole, tellingWords[kind]) || ofPersons && slices.Contains(tellingHeaders[kind], whole) {
			return kind, true
		}
		for _, part := range parts {
			if slices.Contains(tellingParts[kind], part) {
				return kind, true
			}
		}
	}
	if owner, ok := strings.CutSuffix(whole, "naam"); ok && slices.Contains(persons, owner) {
		return personName, true
	}
	owner, ok := strings.CutPrefix(whole, "naam")
	return personName, ok && slices.Contains(persons, owner)
}

// headerParts cuts a header into its words, in plain lower-case letters and digits.
func headerParts(name string) []string {
	var parts []string
	var part []byte
	end := func() {
		if len(part) > 0 {
			parts, part = append(parts, string(part)), nil
		}
	}
	var before rune
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r): // an accent
			continue
		case r < 0x80 && isAlphanumeric(byte(r)):
			if r <= 'Z' && r >= 'A' && before >= 'a' && before <= 'z' {
				end()
			}
			part = append(part, byte(unicode.ToLower(r)))
		default:
			end()
		}
		before = r
	}
	end()
	return parts
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// isHouseNumber tells whether a column is named as one.
func isHouseNumber(name string) bool {
	return containsAny(strings.Join(headerParts(name), ""), []string{"huisnummer", "huisnr", "housenumber"})
}

// isFullPostcode tells whether a column is named as a postcode of more than four digits.
func isFullPostcode(name string) bool {
	parts := headerParts(name)
	whole := strings.Join(parts, "")
	return (slices.Contains(parts, "pc6") || containsAny(whole, []string{"postcode", "postalcode", "zipcode"})) &&
		!containsAny(whole, []string{"postcode4", "pc4", "4pos", "cijfer", "numeriek"})
}
