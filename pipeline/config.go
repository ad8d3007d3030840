package pipeline

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/delivery"
	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/report"
	"ontschot/pipeline/warehouse"
)

// Config is ontschot.toml. The names of the keys are those of the contract.
type Config struct {
	Werkmap    string            `toml:"werkmap"`
	Regio      Region            `toml:"regio"`
	Referentie map[string]string `toml:"referentie"`
	Bron       []delivery.Source `toml:"bron"`
	Kwaliteit  Quality           `toml:"kwaliteit"`
	Pseudoniem Pseudonym         `toml:"pseudoniem"`
	Onthulling Disclosure        `toml:"onthulling"`
	Bewaren    Retention         `toml:"bewaren"`
	Ontvanger  []Recipient       `toml:"ontvanger"`

	path         string // the file it was read from
	content      string // its SHA-256
	pseudonymKey []byte // what the key file holds
}

// Region is whom the figures are about.
type Region struct {
	Naam      string `toml:"naam"`
	Basisjaar int    `toml:"basisjaar"`
	// Populatie is "inwoners" or "verzekerden".
	Populatie string `toml:"populatie"`
}

// Quality says when a file, a table or a night is not to be trusted.
type Quality struct {
	QuarantaineMax *float64 `toml:"quarantaine_max"`
	OnbekendMax    *float64 `toml:"onbekend_max"`
	// Ernst raises the severity of checks, by name.
	Ernst map[string]analysis.Severity `toml:"ernst"`
}

// Pseudonym names the file with the key that hashes pseudonyms once more.
type Pseudonym struct {
	Sleutelbestand string `toml:"sleutelbestand"`
}

// Disclosure holds the parameters of the protection.
type Disclosure struct {
	Drempel int `toml:"drempel"`
	// TarievenOpen are laws of which the parties agreed that each may know what a single provider gets.
	TarievenOpen []string `toml:"tarieven_open"`
}

// Recipient is one reader of a workbook.
type Recipient struct {
	Naam              string   `toml:"naam"`
	Bestand           string   `toml:"bestand"`
	EigenDomeinen     []string `toml:"eigen_domeinen"`
	Taal              string   `toml:"taal"`
	WachtwoordBestand string   `toml:"wachtwoord_bestand"`

	password string // the first line of that file
}

// standardRecipients get a workbook when the configuration names nobody.
func standardRecipients() []Recipient {
	return []Recipient{
		{Naam: "vgz", Bestand: "arrangementenmonitor-vgz.xlsx", EigenDomeinen: []string{"zvw", "wlz"}},
		{Naam: "gemeente", Bestand: "arrangementenmonitor-gemeente.xlsx", EigenDomeinen: []string{"wmo", "jeugdwet", "participatiewet"}},
	}
}

const (
	standardBaseYear      = 2017
	standardQuarantineMax = 0.01
	standardUnknownMax    = 0.005
)

// ReadConfig reads and checks a configuration. An error is of kind [Misuse] and
// names the file and, where it can, the line.
func ReadConfig(path string) (*Config, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fail(Misuse, fmt.Errorf("%s is not there: make one with 'ontschot init DIR', or name another with -c", path))
	}
	if err != nil {
		return nil, fail(Misuse, fmt.Errorf("reading the configuration: %w", err))
	}
	// Before reading, so that a zero in the file is a wish and not a missing value.
	c := &Config{
		Regio: Region{Basisjaar: standardBaseYear},
		// A benefit (participatiewet) is no tariff of a provider.
		Onthulling: Disclosure{Drempel: disclosure.MinimumThreshold, TarievenOpen: []string{"participatiewet"}},
	}
	decoder := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().EnableUnmarshalerInterface()
	if err := decoder.Decode(c); err != nil {
		return nil, fail(Misuse, configError(path, err))
	}
	if c.path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(raw)
	c.content = hex.EncodeToString(sum[:])
	c.setDefaults()
	if err := c.check(); err != nil {
		return nil, fail(Misuse, fmt.Errorf("%s: %w", path, err))
	}
	if err := c.checkSeverities(path, raw); err != nil {
		return nil, err
	}
	if err := c.readPseudonymKey(); err != nil {
		return nil, fail(Misuse, fmt.Errorf("%s: %w", path, err))
	}
	if err := c.readPasswords(); err != nil {
		return nil, fail(Misuse, fmt.Errorf("%s: %w", path, err))
	}
	return c, nil
}

// configError names the line of a key that nobody knows or a value that does not fit.
func configError(path string, err error) error {
	text := delivery.TOMLError(err)
	if _, unknown := errors.AsType[*toml.StrictMissingError](err); unknown {
		text += "; the file that 'ontschot init DIR' makes shows the keys"
	}
	return fmt.Errorf("%s:%s", path, text)
}

func (c *Config) setDefaults() {
	if c.Regio.Naam == "" {
		c.Regio.Naam = "Maastricht-Heuvelland"
	}
	if c.Regio.Populatie == "" {
		c.Regio.Populatie = "inwoners"
	}
	if len(c.Ontvanger) == 0 {
		c.Ontvanger = standardRecipients()
	}
	for i := range c.Ontvanger {
		r := &c.Ontvanger[i]
		if r.Bestand == "" {
			r.Bestand = "arrangementenmonitor-" + r.Naam + ".xlsx"
		}
		if r.Taal == "" {
			r.Taal = report.DefaultLanguage
		}
	}
}

func (c *Config) check() error {
	if p := c.Regio.Populatie; p != "inwoners" && p != "verzekerden" {
		return fmt.Errorf("regio.populatie is %q: it is \"inwoners\" or \"verzekerden\"", p)
	}
	if c.Onthulling.Drempel < disclosure.MinimumThreshold {
		return fmt.Errorf("onthulling.drempel is %d: at least %d persons must stand behind a figure", c.Onthulling.Drempel, disclosure.MinimumThreshold)
	}
	for _, share := range []struct {
		key   string
		value *float64
	}{{"quarantaine_max", c.Kwaliteit.QuarantaineMax}, {"onbekend_max", c.Kwaliteit.OnbekendMax}} {
		if v := share.value; v != nil && !(*v >= 0 && *v <= 1) { // so that nan is refused too
			return fmt.Errorf("kwaliteit.%s is %v: it is a share, from 0 to 1", share.key, *v)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Referentie)) {
		if !slices.Contains(warehouse.ReferenceNames(), name) {
			return fmt.Errorf("referentie.%s: there is no such table; there are %s", name, strings.Join(warehouse.ReferenceNames(), ", "))
		}
	}
	for i, s := range c.Bron {
		if err := s.Validate(); err != nil {
			return fmt.Errorf("[[bron]] %d: %w", i+1, err)
		}
	}
	return c.checkRecipients()
}

func (c *Config) checkRecipients() error {
	domains := []string{"zvw", "wmo", "jeugdwet", "wlz", "participatiewet"}
	for _, d := range c.Onthulling.TarievenOpen {
		if !slices.Contains(domains, d) {
			return fmt.Errorf("onthulling.tarieven_open has %q; the domains are %s", d, strings.Join(domains, ", "))
		}
	}
	files, names := map[string]bool{}, map[string]bool{}
	for i, r := range c.Ontvanger {
		where := fmt.Sprintf("[[ontvanger]] %d", i+1)
		if r.Naam == "" {
			return fmt.Errorf("%s: naam is missing", where)
		}
		if r.Bestand != filepath.Base(r.Bestand) || filepath.Ext(r.Bestand) != ".xlsx" || strings.HasPrefix(r.Bestand, ".") {
			return fmt.Errorf("%s: bestand is %q: a file name that ends in .xlsx, without a folder", where, r.Bestand)
		}
		if files[strings.ToLower(r.Bestand)] {
			return fmt.Errorf("%s: bestand %q is used twice", where, r.Bestand)
		}
		files[strings.ToLower(r.Bestand)] = true
		if names[r.Naam] { // the ledger of releases, and the passwords, know a recipient by name
			return fmt.Errorf("%s: naam %q is used twice", where, r.Naam)
		}
		names[r.Naam] = true
		for _, d := range r.EigenDomeinen {
			if !slices.Contains(domains, d) {
				return fmt.Errorf("%s: eigen_domeinen has %q; the domains are %s", where, d, strings.Join(domains, ", "))
			}
		}
		if !slices.Contains(report.Languages(), r.Taal) {
			return fmt.Errorf("%s: taal is %q: it is %q (Dutch) or %q (English)", where, r.Taal, report.Languages()[0], report.Languages()[1])
		}
	}
	return nil
}

// shortestKey is the least number of bytes that a key for pseudonyms has.
const shortestKey = 16

// readPseudonymKey reads the key that hashes pseudonyms at the edge.
func (c *Config) readPseudonymKey() error {
	if c.Pseudoniem.Sleutelbestand == "" {
		return nil
	}
	raw, err := os.ReadFile(c.resolve(c.Pseudoniem.Sleutelbestand))
	if err != nil {
		return fmt.Errorf("pseudoniem.sleutelbestand: %w", err)
	}
	if c.pseudonymKey = bytes.TrimSpace(raw); len(c.pseudonymKey) < shortestKey {
		return fmt.Errorf("pseudoniem.sleutelbestand: the key has %d bytes, at least %d are needed", len(c.pseudonymKey), shortestKey)
	}
	return nil
}

// identity tells what makes a file a delivery of its own: its content, and its
// mapping together with the key for pseudonyms. Under another key the same
// content is another delivery.
func (c *Config) identity(f delivery.File) (content, mapping string, err error) {
	content, mapping, err = f.Identity()
	if err != nil || len(c.pseudonymKey) == 0 {
		return content, mapping, err
	}
	mac := hmac.New(sha256.New, c.pseudonymKey)
	if _, err := mac.Write([]byte(mapping)); err != nil {
		return "", "", err
	}
	return content, hex.EncodeToString(mac.Sum(nil)), nil
}

// ConfigDir is the folder of the configuration: paths in it are relative to this.
func (c *Config) ConfigDir() string { return filepath.Dir(c.path) }

// WorkDir is the folder with deliveries, warehouse, runs and reports.
func (c *Config) WorkDir() string { return c.resolve(c.Werkmap) }

func (c *Config) resolve(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(c.ConfigDir(), path)
}

func (c *Config) quarantineMax() float64 {
	switch {
	case c.Kwaliteit.QuarantaineMax == nil:
		return standardQuarantineMax
	case *c.Kwaliteit.QuarantaineMax == 0:
		// Zero is a wish, not a missing value: any share is above this.
		return 1e-12
	default:
		return *c.Kwaliteit.QuarantaineMax
	}
}

func (c *Config) unknownMax() float64 {
	if c.Kwaliteit.OnbekendMax == nil {
		return standardUnknownMax
	}
	return *c.Kwaliteit.OnbekendMax
}
