package delivery

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

const manifestSuffix = ".manifest.toml"

// Manifest is what a supplier says about one file, in NAME.manifest.toml beside
// it. It wins over the configuration.
type Manifest struct {
	Leverancier string
	// PeriodeVan and PeriodeTot bound the delivered period, both days included.
	PeriodeVan, PeriodeTot *time.Time
	Levering               Mode
	// Aangemaakt is the date of the delivery.
	Aangemaakt *time.Time
	// Regels is the number of data lines, the header not counted.
	Regels *int64
	// Totaal is the sum of the amounts in cents, credits subtracted.
	Totaal *int64
}

// readManifest reads the manifest of a data file; nil when there is none.
func readManifest(dataFile string) (*Manifest, error) {
	for _, name := range manifestNames(dataFile) {
		raw, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", filepath.Base(name), err)
		}
		m, err := parseManifest(string(raw))
		if err != nil {
			return nil, fmt.Errorf("%s:%w", filepath.Base(name), err)
		}
		return m, nil
	}
	return nil, nil
}

// manifestNames lists the accepted names, the most precise first.
func manifestNames(dataFile string) []string {
	dir, base := filepath.Split(dataFile)
	names := []string{dir + base + manifestSuffix}
	for ext := filepath.Ext(base); ext != "" && ext != base; ext = filepath.Ext(base) {
		base = strings.TrimSuffix(base, ext)
		names = append(names, dir+base+manifestSuffix)
		if len(names) == 3 { // .csv.gz is the longest extension there is
			break
		}
	}
	return names
}

func parseManifest(raw string) (*Manifest, error) {
	var t struct {
		Leverancier string `toml:"leverancier"`
		PeriodeVan  any    `toml:"periode_van"`
		PeriodeTot  any    `toml:"periode_tot"`
		Levering    string `toml:"levering"`
		Aangemaakt  any    `toml:"aangemaakt"`
		Regels      *int64 `toml:"regels"`
		Totaal      any    `toml:"totaal"`
	}
	err := toml.NewDecoder(strings.NewReader(raw)).DisallowUnknownFields().Decode(&t)
	if _, unknown := errors.AsType[*toml.StrictMissingError](err); unknown {
		return nil, errors.New(TOMLError(err) + "; allowed: leverancier, periode_van, periode_tot, levering, aangemaakt, regels, totaal")
	}
	if err != nil {
		return nil, errors.New(TOMLError(err))
	}
	m := &Manifest{Leverancier: strings.TrimSpace(t.Leverancier), Levering: Mode(t.Levering), Regels: t.Regels}
	if m.Levering != "" && m.Levering != Full && m.Levering != Addition {
		return nil, atKey(raw, "levering", fmt.Errorf(`%q is not allowed; use "volledig" or "aanvulling"`, t.Levering))
	}
	for _, d := range []struct {
		key   string
		value any
		to    **time.Time
	}{{"periode_van", t.PeriodeVan, &m.PeriodeVan}, {"periode_tot", t.PeriodeTot, &m.PeriodeTot}, {"aangemaakt", t.Aangemaakt, &m.Aangemaakt}} {
		if *d.to, err = manifestDate(d.value); err != nil {
			return nil, atKey(raw, d.key, err)
		}
	}
	if m.Totaal, err = manifestCents(t.Totaal); err != nil {
		return nil, atKey(raw, "totaal", err)
	}
	return m, nil
}

// atKey gives an error of a value the line of its key, which stands on a line of
// its own as a manifest has no tables; without a line it begins with a space.
func atKey(raw, key string, err error) error {
	before := regexp.MustCompile(`(?m)^[ \t]*\[*["']?` + key + `["']?[ \t]*[=.\]]`).FindStringIndex(raw)
	if before == nil { // written with escapes
		return fmt.Errorf(" %s: %w", key, err)
	}
	return fmt.Errorf("%d: %s: %w", 1+strings.Count(raw[:before[0]], "\n"), key, err)
}

func manifestDate(v any) (*time.Time, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case time.Time:
		return &v, nil
	case toml.LocalDate:
		day := v.AsTime(time.UTC)
		return &day, nil
	case toml.LocalDateTime:
		moment := v.AsTime(time.UTC)
		return &moment, nil
	case string:
		for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", time.DateTime} {
			if t, err := time.Parse(layout, v); err == nil {
				return &t, nil
			}
		}
	}
	return nil, errors.New("is not a date; write it as 2024-01-31")
}

var euros = regexp.MustCompile(`^(-?)(\d{1,15})(?:\.(\d{1,2}))?$`)

// manifestCents turns a total in euros, a number or a text, into cents.
func manifestCents(v any) (*int64, error) {
	wrong := errors.New("is not an amount in euros with at most two decimals; write it as 1234.56")
	var text string
	switch v := v.(type) {
	case nil:
		return nil, nil
	case int64:
		text = strconv.FormatInt(v, 10)
	case float64:
		// Beyond this a float no longer holds every cent.
		if math.Abs(v) >= 1e13 || math.IsNaN(v) {
			return nil, errors.New(`is too large for a number; write it as a text, "12345678901234.56"`)
		}
		text = strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		text = strings.TrimSpace(v)
	default:
		return nil, wrong
	}
	p := euros.FindStringSubmatch(text)
	if p == nil {
		return nil, wrong
	}
	cents, err := strconv.ParseInt(p[2]+(p[3] + "00")[:2], 10, 64)
	if err != nil {
		return nil, wrong
	}
	if p[1] == "-" {
		cents = -cents
	}
	return &cents, nil
}
