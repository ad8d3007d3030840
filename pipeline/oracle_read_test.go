package pipeline_test

import (
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// oracleDelivery is one file with its content, in the order in which deliveries count.
type oracleDelivery struct {
	table, supplier, path string
	complete              bool // levering = volledig
	date                  oracleDay
	records               []oracleRecord
}

// oracleRecord is one line of a file by column name; nil when its number of fields is not that of the header.
type oracleRecord map[string]string

var oracleTableNames = []string{"declaraties", "bevolking", "toewijzingen", "aggregaat", "verzekering", "deelname", "budget"}

var oracleManifestLine = regexp.MustCompile(`^\s*([a-z_]+)\s*=\s*"?([^"#]*)"?`)

// readDeliveries finds the files, oldest delivery first; equal dates count in the order of their paths.
func (o *oracle) readDeliveries(dir string, today oracleDay) {
	root := filepath.Join(dir, "aanlevering")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, _ := filepath.Rel(root, path)
		if entry.IsDir() && below == "geweigerd" {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(path, ".csv") {
			return nil
		}
		table := ""
		for _, name := range oracleTableNames {
			if strings.HasPrefix(entry.Name(), name) {
				table = name
			}
		}
		if table == "" {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		d := &oracleDelivery{table: table, supplier: "onbekend", path: below, date: today, complete: table != "declaraties"}
		if first, _, nested := strings.Cut(filepath.ToSlash(below), "/"); nested {
			d.supplier = first
		}
		o.readManifest(d, path)
		hash := sha256.Sum256(content)
		same := d.supplier + "\x00" + table + "\x00" + string(hash[:])
		if seen[same] {
			return nil // the same content under the same mapping is a no-op
		}
		seen[same] = true
		d.records, err = oracleReadCSV(string(content))
		if err != nil {
			return err
		}
		o.deliveries = append(o.deliveries, d)
		return nil
	})
	if err != nil {
		o.t.Fatalf("reading deliveries of %s: %v", dir, err)
	}
	sort.SliceStable(o.deliveries, func(i, j int) bool { return o.deliveries[i].date < o.deliveries[j].date })
	for _, d := range o.deliveries {
		o.stand = max(o.stand, d.date)
	}
}

func (o *oracle) readManifest(d *oracleDelivery, path string) {
	for _, name := range []string{path + ".manifest.toml", strings.TrimSuffix(path, ".csv") + ".manifest.toml"} {
		content, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			o.t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(content), "\n") {
			match := oracleManifestLine.FindStringSubmatch(line)
			if match == nil {
				continue
			}
			value := strings.TrimSpace(match[2])
			switch match[1] {
			case "leverancier":
				d.supplier = value
			case "levering":
				d.complete = value == "volledig"
			case "aangemaakt":
				day, ok := oracleParseDay(value[:min(10, len(value))])
				if !ok {
					o.t.Fatalf("%s: aangemaakt is not a date", name)
				}
				d.date = day
			}
		}
		return
	}
}

// oracleReadCSV reads `;`-separated lines below a header line.
func oracleReadCSV(content string) ([]oracleRecord, error) {
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(content, "\ufeff")))
	reader.Comma, reader.FieldsPerRecord = ';', -1
	header, err := reader.Read()
	if err != nil {
		return nil, err
	}
	var records []oracleRecord
	for {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil || len(fields) != len(header) {
			records = append(records, nil)
			continue
		}
		record := oracleRecord{}
		for i, name := range header {
			record[strings.TrimSpace(name)] = strings.TrimSpace(fields[i])
		}
		records = append(records, record)
	}
}

var oracleDomains = map[string]bool{"zvw": true, "wmo": true, "jeugdwet": true, "wlz": true, "participatiewet": true}

var oracleNumber = regexp.MustCompile(`^(-?)(\d+)(?:\.(\d+))?$`)

// oracleParseDecimal reads a decimal as a whole number of units of 10^-decimals; more decimals are not readable.
func oracleParseDecimal(text string, decimals int) (int64, bool) {
	match := oracleNumber.FindStringSubmatch(text)
	if match == nil || len(match[3]) > decimals || len(match[2]) > 14 {
		return 0, false
	}
	var units int64
	for _, digit := range match[2] + match[3] + strings.Repeat("0", decimals-len(match[3])) {
		units = units*10 + int64(digit-'0')
	}
	if match[1] == "-" {
		units = -units
	}
	return units, true
}

// oracleLine is one delivered line of declaraties.
type oracleLine struct {
	delivery                        int
	supplier, domain, id, previous  string
	credit                          bool
	person, category, unit, content string
	fields                          oracleRecord
	begin, end                      oracleDay
	datesReadable                   bool
	cents                           int64 // as delivered, without the sign of debet_credit; 0 when unreadable
	signReadable                    bool
	volume                          int64 // thousandths
	hasVolume                       bool
	post                            string // where the line ends in the reconciliation
	credits                         []*oracleLine
	debit                           *oracleLine
	modelled                        bool // at least one part is in the cost tables
}

// whollyCredited says that credits take back all of a debit line.
func (l *oracleLine) whollyCredited() bool {
	var back int64
	for _, credit := range l.credits {
		back += credit.cents
	}
	return len(l.credits) > 0 && back >= l.cents
}

// sign is +1 for a debit, -1 for a credit, 0 where debet_credit cannot be read.
func (l *oracleLine) sign() int64 {
	switch {
	case !l.signReadable:
		return 0
	case l.credit:
		return -1
	}
	return 1
}

// oracleReadLine reads a line and applies the rules that quarantine one; post is then in_quarantaine.
func oracleReadLine(r oracleRecord, d *oracleDelivery, delivery int) *oracleLine {
	l := &oracleLine{delivery: delivery, supplier: d.supplier, domain: "onbekend", fields: r}
	if r == nil {
		l.post = "in_quarantaine"
		return l
	}
	bad := false
	require := func(ok bool) { bad = bad || !ok }
	if oracleDomains[r["domein"]] {
		l.domain = r["domein"]
	}
	require(l.domain != "onbekend")
	l.id, l.previous, l.person = r["regel_id"], r["vorige_regel_id"], r["pseudoniem"]
	l.category, l.unit = r["productcategorie"], r["eenheid"]
	l.credit, l.signReadable = r["debet_credit"] == "C", r["debet_credit"] == "C" || r["debet_credit"] == "D"
	require(l.signReadable)
	require(l.id != "" && len(l.id) <= 64 && len(l.previous) <= 64)
	require(!l.credit || l.previous != "")
	require(len(l.person) >= 16 && len(l.person) <= 128)
	require(r["codelijst"] != "" && r["prestatiecode"] != "" && len(r["prestatiecode"]) <= 15)
	cents, amountReadable := oracleParseDecimal(r["bedrag"], 2)
	require(amountReadable && cents >= 0)
	l.cents = cents
	var beginOK, endOK bool
	l.begin, beginOK = oracleParseDay(r["begindatum"])
	l.end, endOK = oracleParseDay(r["einddatum"])
	l.datesReadable = beginOK && endOK
	require(l.datesReadable && l.end >= l.begin)
	require(beginOK && l.begin >= oracleDayOf(2000, 1, 1) && l.begin <= d.date)
	if r["declaratiedatum"] != "" {
		_, ok := oracleParseDay(r["declaratiedatum"])
		require(ok)
	}
	if r["volume"] != "" {
		l.volume, l.hasVolume = oracleParseDecimal(r["volume"], 3)
		require(l.hasVolume)
	}
	if bad {
		l.post = "in_quarantaine"
		return l
	}
	l.content = oracleContent(l)
	return l
}

// oracleContent is what two lines with the same key must share to be the same line.
func oracleContent(l *oracleLine) string {
	var parts []string
	for _, name := range []string{"vorige_regel_id", "pseudoniem", "codelijst", "prestatiecode", "productcategorie",
		"aanbiedersoort", "aanbieder", "specialisme", "zorgproduct", "verwijzer", "begindatum", "einddatum",
		"declaratiedatum", "eenheid"} {
		parts = append(parts, l.fields[name])
	}
	volume := ""
	if l.hasVolume {
		volume = oracleDecimal(l.volume, 3)
	}
	return strings.Join(append(parts, volume, oracleEuros(l.cents)), "\x00")
}
