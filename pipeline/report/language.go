package report

import (
	"fmt"
	"strings"
)

// DefaultLanguage is that of a book that names none.
const DefaultLanguage = "nl"

var catalogues = map[string]*texts{"": &dutch, DefaultLanguage: &dutch, "en": &english}

// Languages are those that a workbook can be written in, the default first.
func Languages() []string { return []string{DefaultLanguage, "en"} }

// textsOf is the catalogue of a book.
func textsOf(b Book) (*texts, error) {
	if t := catalogues[b.Language]; t != nil {
		return t, nil
	}
	return nil, fmt.Errorf("the language %q is not known: it is one of %s", b.Language, strings.Join(Languages(), ", "))
}
