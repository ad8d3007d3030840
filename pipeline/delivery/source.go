package delivery

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// Source is one [[bron]] of the configuration: how the files of one kind that a
// supplier sends map to a canonical table. The zero value is the canonical form.
type Source struct {
	Leverancier string `toml:"leverancier"`
	Tabel       string `toml:"tabel"`
	Bestanden   string `toml:"bestanden"`
	Levering    string `toml:"levering"`
	Scheiding   string `toml:"scheiding"`
	Decimaal    string `toml:"decimaal"`
	Duizendtal  string `toml:"duizendtal"`
	Datum       string `toml:"datum"`
	Tekenset    string `toml:"tekenset"`
	BedragIn    string `toml:"bedrag_in"`
	Teken       string `toml:"teken"`
	// Kolommen names the supplier's column per canonical column; * is a wildcard.
	Kolommen map[string]string `toml:"kolommen"`
	// Vast gives a canonical column one value for the whole file.
	Vast map[string]string `toml:"vast"`
	// Waarden translates the supplier's values per canonical column.
	Waarden map[string]map[string]string `toml:"waarden"`
	// Verwacht tells when a delivery is due; it changes no row.
	Verwacht Schedule `toml:"verwacht"`
	// UitNaam takes columns from the file name: "vektis_{jaar}_*.csv".
	UitNaam string `toml:"uit_naam"`
	// Openbaar marks open data; it changes no row.
	Openbaar bool `toml:"openbaar"`
	// Breed gives per zorgsoort the patterns of the columns that hold its amount.
	Breed map[string]Patterns `toml:"breed"`
	// BreedOverig is the pattern of cost columns that Breed does not list.
	BreedOverig string `toml:"breed_overig"`
}

// withDefaults fills in the canonical form where the source is silent.
func (s Source) withDefaults() Source {
	fill := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	fill(&s.Scheiding, ";")
	fill(&s.Decimaal, ".")
	fill(&s.Datum, "jjjj-mm-dd")
	fill(&s.Tekenset, "utf-8")
	fill(&s.BedragIn, "euro")
	fill(&s.Teken, "debet_credit")
	s.Tekenset = strings.ToLower(s.Tekenset)
	if strings.EqualFold(s.Scheiding, "tab") {
		s.Scheiding = "\t"
	}
	return s
}

// Validate reports the first key with a wrong value and what is allowed there.
func (s Source) Validate() error {
	s = s.withDefaults()
	if s.Tabel != "" {
		if _, ok := TableNamed(s.Tabel); !ok {
			return keyError("tabel", s.Tabel, "one of "+strings.Join(tableNames(), ", "))
		}
	}
	if s.Bestanden == "" {
		return errors.New(`bestanden: is empty; name the files, as in "aanlevering/zvw/*.csv.gz"`)
	}
	if _, err := filepath.Match(s.Bestanden, ""); err != nil {
		return keyError("bestanden", s.Bestanden, "a path with * and ? as wildcards")
	}
	if s.Levering != "" && s.Levering != string(Full) && s.Levering != string(Addition) {
		return keyError("levering", s.Levering, `"volledig" or "aanvulling"`)
	}
	if err := s.validateForm(); err != nil {
		return err
	}
	if err := s.validateColumns(); err != nil {
		return err
	}
	return s.validateWide()
}

const datePatternExpected = "a pattern with a day (d, dd), a month (m, mm) and a year (jjjj), as in dd-mm-jjjj or jjjjmmdd"

func (s Source) validateForm() error {
	if len(s.Scheiding) != 1 || s.Scheiding[0] >= 0x7f || (s.Scheiding[0] < 0x20 && s.Scheiding != "\t") ||
		strings.ContainsAny(s.Scheiding, "\"+-_ ") || isAlphanumeric(s.Scheiding[0]) {
		return keyError("scheiding", s.Scheiding, `one character such as ";" "," "|" or "\t", not a letter, digit, sign, space or quote`)
	}
	if s.Decimaal != "." && s.Decimaal != "," {
		return keyError("decimaal", s.Decimaal, `"." or ","`)
	}
	if s.Duizendtal != "" && !slices.Contains([]string{".", ",", " ", "'"}, s.Duizendtal) {
		return keyError("duizendtal", s.Duizendtal, `"" "." "," " " or "'"`)
	}
	if s.Duizendtal == s.Decimaal {
		return keyError("duizendtal", s.Duizendtal, "another sign than decimaal")
	}
	if _, err := parseDatePattern(s.Datum); err != nil {
		return keyError("datum", s.Datum, datePatternExpected)
	}
	if !slices.Contains([]string{"utf-8", "windows-1252", "utf-16"}, s.Tekenset) {
		return keyError("tekenset", s.Tekenset, `"utf-8", "windows-1252" or "utf-16"`)
	}
	if s.BedragIn != "euro" && s.BedragIn != "cent" {
		return keyError("bedrag_in", s.BedragIn, `"euro" or "cent"`)
	}
	if s.Teken != "debet_credit" && s.Teken != "bedrag" {
		return keyError("teken", s.Teken, `"debet_credit" or "bedrag"`)
	}
	if s.Teken == "bedrag" && s.Tabel != "" && s.Tabel != "declaraties" {
		return keyError("teken", s.Teken, `"bedrag" only for the table declaraties`)
	}
	return nil
}

func (s Source) validateColumns() error {
	known := columnsOf(s.Tabel)
	check := func(key, column string) error {
		if _, ok := known[column]; ok {
			return nil
		}
		names := sortedKeys(known)
		return fmt.Errorf("%s: %q is not a canonical column; did you mean %q? Allowed: %s",
			key, column, nearest(column, names), strings.Join(names, ", "))
	}
	for _, c := range sortedKeys(s.Kolommen) {
		if err := check("kolommen", c); err != nil {
			return err
		}
		if strings.TrimSpace(s.Kolommen[c]) == "" {
			return fmt.Errorf("kolommen.%s: is empty; name the supplier's column", c)
		}
	}
	for _, c := range sortedKeys(s.Vast) {
		if err := check("vast", c); err != nil {
			return err
		}
		if rule := checkValue(known[c], s.Vast[c]); rule != "" {
			return fmt.Errorf("vast.%s: %q breaks %s; %s", c, s.Vast[c], rule, allowedText(known[c]))
		}
	}
	// One translation may serve several sources, so that a column of another table is no mistake.
	all := columnsOf("")
	for _, c := range sortedKeys(s.Waarden) {
		if _, elsewhere := all[c]; !elsewhere {
			return check("waarden", c)
		}
		for _, from := range sortedKeys(s.Waarden[c]) {
			to := s.Waarden[c][from]
			if rule := checkValue(all[c], to); to != "" && rule != "" {
				return fmt.Errorf("waarden.%s: %q breaks %s; %s", c, to, rule, allowedText(all[c]))
			}
		}
	}
	if s.UitNaam != "" {
		_, names, err := namePattern(s.UitNaam)
		if err != nil {
			return keyError("uit_naam", s.UitNaam, `a file name with {column} and *, as in "vektis_{jaar}_*.csv"`)
		}
		for _, c := range names {
			if err := check("uit_naam", c); err != nil {
				return err
			}
			if _, both := s.Vast[c]; both {
				return fmt.Errorf("uit_naam: column %s is fixed by vast as well; keep one of the two", c)
			}
		}
	}
	return nil
}

func (s Source) validateWide() error {
	if len(s.Breed) == 0 {
		if s.BreedOverig != "" {
			return errors.New("breed_overig: stands alone; list the known columns in breed as well")
		}
		return nil
	}
	if s.Tabel != "" && s.Tabel != "aggregaat" {
		return keyError("breed", s.Tabel, "only with the table aggregaat, whose lines have a zorgsoort")
	}
	for _, c := range []string{"zorgsoort", "bedrag"} {
		if s.Kolommen[c] != "" || s.Vast[c] != "" {
			return fmt.Errorf("breed: fills %s; take it out of kolommen and vast", c)
		}
	}
	for _, z := range sortedKeys(s.Breed) {
		if z == "" || len(s.Breed[z]) == 0 || slices.ContainsFunc(s.Breed[z], func(p string) bool { return strings.TrimSpace(p) == "" }) {
			return errors.New(`breed: an empty name or pattern; write zorgsoort = "column" or ["column", "column"], * for a cut-off part`)
		}
	}
	return nil
}

func keyError(key, value, allowed string) error {
	return fmt.Errorf("%s: %q is not allowed; use %s", key, value, allowed)
}

func allowedText(c Column) string {
	switch {
	case len(c.Allowed) > 0:
		return "allowed: " + strings.Join(c.Allowed, ", ")
	case c.Kind == Date:
		return "write the date as jjjj-mm-dd"
	case c.Kind == Decimal:
		return fmt.Sprintf("write a number with a decimal point and at most %d decimals", c.Scale)
	case c.Kind == Integer:
		return "write a whole number"
	default:
		return fmt.Sprintf("write a text of %d to %d characters (0: no bound)", c.MinLength, c.MaxLength)
	}
}

func tableNames() []string {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.Name
	}
	return names
}

// columnsOf returns the columns of a table, or of all tables when it is unnamed.
func columnsOf(table string) map[string]Column {
	all := map[string]Column{}
	for _, t := range tables {
		if table != "" && t.Name != table {
			continue
		}
		for _, c := range t.Columns {
			all[c.Name] = c
		}
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
