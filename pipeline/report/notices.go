package report

import (
	"strings"

	"ontschot/pipeline/disclosure"
)

// Warning is something that a reader must know before using a figure: a check
// that failed, or one of the notices below.
type Warning struct {
	// Check is the name of the check, or of a notice.
	Check string
	// Title and Note are those of the check, in Dutch; a notice has none.
	Title, Note string
	// Example is what to look at, as the check gives it.
	Example string
}

// The notices that are no check: values of [Warning.Check].
const (
	OneInsurer     = "een_verzekeraar"     // the Zvw comes from one insurer, and nobody told who is insured there
	WithoutPersons = "alleen_geaggregeerd" // the laws of [Book.Aggregated] came without persons
)

// Provisional says of a law over which years its figures may still change.
type Provisional struct {
	Domain, Status string
	Years          string // such as "2022, 2023"
}

// Why a table has no rows: values of [disclosure.Table.Empty] and Withheld.
const (
	EmptyNoBudget     = "geen_budget"
	EmptyNoNational   = "geen_landelijke_cijfers"
	EmptyNoPilot      = "geen_pilotgebied"
	EmptyNoProject    = "geen_deelname"
	EmptyFewMatched   = "te_weinig_deelnemers"
	EmptyNoComparison = "geen_vergelijkbare_buurten"
	EmptyOnlyTotals   = "alleen_bedragen" // no persons at all
	EmptyNoPopulation = "geen_bevolking"
	EmptyAggregated   = "niet_per_persoon" // the laws of [Book.Aggregated] came without persons
	EmptyNothing      = "geen_gegevens"
	EmptyWithheld     = "andere_ontvanger"
)

// noticeTexts are the sentences about the data behind the figures.
type noticeTexts struct {
	Check, Provisional, ConsumerPrices string
	Notices                            map[string]string    // by the name of the notice
	Empty                              map[string]string    // by the reason
	Checks                             map[string]checkText // by the name of the check; one that is not here speaks for itself
	Versions                           map[string]string    // by the name of the part
}

// checkText is what a check says in a language other than that of the queries.
type checkText struct {
	Title, Note string
	// Example holds pieces of the example and what they are called, by turns.
	Example []string
}

// tableText is what a row of a table is and how it was made, where the queries say it in another language.
type tableText struct {
	Grain, Method string
}

// spoken gives a table its texts in the language of the catalogue.
func (t *texts) spoken(table disclosure.ReleasedTable, b Book) disclosure.ReleasedTable {
	if said, ok := t.Tables[table.Name]; ok {
		table.Title, table.Question = t.Sheets[table.Name].Title, t.Sheets[table.Name].Question
		table.Grain, table.Method = said.Grain, said.Method
	}
	table.Empty = t.reason(table.Empty, b)
	return table
}

// reason says why a table has no rows.
func (t *texts) reason(code string, b Book) string {
	return fill(named(t.Notices.Empty, code), "wetten", strings.Join(b.Aggregated, ", "))
}

// warning is a sentence for the first sheet.
func (t *texts) warning(warned Warning, b Book) string {
	if said := t.Notices.Notices[warned.Check]; said != "" {
		return fill(said, "wetten", strings.Join(b.Aggregated, ", "))
	}
	if said, ok := t.Notices.Checks[warned.Check]; ok {
		warned.Title, warned.Note = said.Title, said.Note
	}
	return fill(t.Notices.Check, "titel", warned.Title, "toelichting", warned.Note, "voorbeeld", t.example(warned.Check, warned.Example))
}

// example is what a check points at, with the words around it translated.
func (t *texts) example(check, text string) string {
	return strings.NewReplacer(t.Notices.Checks[check].Example...).Replace(text)
}

// provisional says of which law which years may still change.
func (t *texts) provisional(p Provisional) string {
	return fill(t.Notices.Provisional, "wet", named(t.Domains, p.Domain), "status", named(t.Statuses, p.Status), "jaren", p.Years)
}

// priceSource says where a price index comes from.
func (t *texts) priceSource(s PriceSource) string {
	if s.Consumer {
		return fill(t.Notices.ConsumerPrices, "bron", s.Source)
	}
	return s.Source
}

// careName names a type of care: as the catalogue does, or else the code list.
func (w *workbook) careName(code string) string {
	return firstOf(w.texts.CareTypes[code], named(w.book.CareTypeNames, code))
}

// lifeName names a life domain: as the catalogue does, or else the code list.
func (w *workbook) lifeName(code string) string {
	return firstOf(w.texts.LifeDomains[code], named(w.book.LifeDomainNames, code))
}
