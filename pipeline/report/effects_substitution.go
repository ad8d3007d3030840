package report

import (
	"strings"

	"ontschot/pipeline/disclosure"
)

const (
	substitutionTable   = "substitutie"
	verdictSubstitution = "substitutie"
)

// drawSubstitution says between which laws care replaced other care, and shows the flows of the year that is compared.
func (w *workbook) drawSubstitution(v *picture) {
	t := &w.texts.Effects
	l := newLookup(w.book.Released, substitutionTable, "jaar", "van", "naar")
	var found []string
	var pairs [][2]string
	hidden := false
	v.bare = true
	v.grid = grid{corner: fill(t.SubstitutionPair, "van", w.columnText(substitutionTable, "van").Label, "naar", w.columnText(substitutionTable, "naar").Label)}
	for _, year := range l.distinct("jaar") {
		for _, from := range ranked(l.distinct("van"), domainRank) {
			for _, to := range ranked(l.distinct("naar"), domainRank) {
				if l.row(year, from, to) == nil {
					continue
				}
				names := []string{"van", named(w.texts.Domains, from), "naar", named(w.texts.Domains, to), "jaar", year}
				verdict := l.text("oordeel", year, from, to)
				if verdict == "" || l.get("netto_stroom", year, from, to).State != disclosure.Shown {
					hidden = true
					continue
				}
				if verdict == verdictSubstitution {
					found = append(found, fill(t.SubstitutionItem, names...))
				}
				if year == w.found.year {
					pairs = append(pairs, [2]string{from, to})
					v.grid.rows = append(v.grid.rows, fill(t.SubstitutionPair, names...))
				}
			}
		}
	}
	for _, measure := range []string{"netto_stroom", "verschil", "effect_van", "effect_naar", "p_holm"} {
		said := w.columnText(substitutionTable, measure)
		c := gridColumn{head: said.Label, format: said.Format}
		for _, pair := range pairs {
			c.values = append(c.values, l.get(measure, w.found.year, pair[0], pair[1]))
		}
		v.grid.columns = append(v.grid.columns, c)
	}
	v.finding = t.SubstitutionNone
	if len(found) > 0 {
		v.finding = fill(t.SubstitutionFound, "opsomming", strings.Join(found, ", "))
	}
	v.more = []string{t.SubstitutionHow}
	if hidden {
		v.more = append(v.more, t.SubstitutionHidden)
	}
	if len(pairs) > 0 {
		v.more = append(v.more, fill(t.SubstitutionYear, "jaar", w.found.year, "basis", w.found.base))
	}
}
