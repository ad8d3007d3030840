package pipeline

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"crypto/sha256"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/report"
	"ontschot/pipeline/warehouse"
)

// report writes the workbooks beside the place where they will stand.
func (n *night) report(ctx context.Context) error {
	shared, err := n.book(ctx)
	if err != nil {
		return err
	}
	n.Fingerprint, n.versions = shared.Fingerprint, shared.Versions
	for i, r := range n.config.Ontvanger {
		book := shared
		book.Recipient, book.Language, book.OwnDomains = r.Naam, r.Taal, r.EigenDomeinen
		book.Released, book.Since = n.released[i], n.earlier.since
		n.books = append(n.books, keptBook{File: r.Bestand, Password: r.password != "", Book: book})
	}
	n.Headline = report.Headline(n.books[0].Book)
	return n.writeBooks()
}

// writeBooks writes the workbook of every book to where it waits.
func (n *night) writeBooks() error {
	folder := n.reportFolder()
	for _, path := range []string{filepath.Dir(n.stagedPath(filepath.Join(folder, "x"))), filepath.Join(n.config.WorkDir(), "rapporten")} {
		if err := os.MkdirAll(path, 0o700); err != nil {
			return fmt.Errorf("making the folder for the reports: %w", err)
		}
	}
	if err := sameDisk(n.config.WorkDir()); err != nil {
		return err
	}
	n.env.Progress.Stage("report", int64(len(n.books)))
	defer n.env.Progress.Done()
	for _, b := range n.books {
		path := filepath.Join(folder, b.File)
		n.Workbooks = append(n.Workbooks, path)
		if err := report.Write(n.stagedPath(path), b.Book); err != nil {
			return fmt.Errorf("writing %s: %w", b.File, err)
		}
		n.env.Progress.Add(1)
	}
	return nil
}

// book gathers what all workbooks of the night share.
func (n *night) book(ctx context.Context) (report.Book, error) {
	b := report.Book{Region: n.config.Regio.Naam, BaseYear: n.config.Regio.Basisjaar, Concept: n.Released == nil}
	ledger, err := n.warehouse.Ledger(ctx)
	if err != nil {
		return b, err
	}
	for _, l := range ledger {
		date := l.Date.Format(time.DateOnly)
		b.Stand = max(b.Stand, date)
		b.Deliveries = append(b.Deliveries, report.Delivery{
			Supplier: l.Supplier, Table: l.Table, File: filepath.Base(l.File), Date: date, Hash: l.Content, Lines: l.Lines,
		})
	}
	if b.AreaNames, err = n.names(ctx, "SELECT coalesce(buurt, wijk, gemeente), min(naam) FROM referentie.gebied GROUP BY 1"); err != nil {
		return b, err
	}
	if b.CareTypeNames, err = n.names(ctx, "SELECT zorgsoort, min(naam) FROM referentie.zorgsoort_naam GROUP BY 1"); err != nil {
		return b, err
	}
	if b.LifeDomainNames, err = n.names(ctx, "SELECT leefdomein, min(naam) FROM referentie.leefdomein GROUP BY 1"); err != nil {
		return b, err
	}
	if b.PriceSources, err = n.priceSources(ctx); err != nil {
		return b, err
	}
	if b.Provisional, err = n.provisional(ctx); err != nil {
		return b, err
	}
	if b.Aggregated, err = n.aggregated(ctx); err != nil {
		return b, err
	}
	if b.Warnings, err = n.warnings(ctx, b.Aggregated); err != nil {
		return b, err
	}
	b.Codes = n.warnedCodes()
	if b.Fingerprint, b.Versions, err = n.identity(ctx, ledger); err != nil {
		return b, err
	}
	return b, nil
}

func (n *night) names(ctx context.Context, query string) (map[string]string, error) {
	names := map[string]string{}
	err := n.each(ctx, query, func(row []sql.NullString) {
		if row[0].Valid && row[1].Valid {
			names[row[0].String] = row[1].String
		}
	})
	return names, err
}

// each runs a query and hands every row over as texts.
func (n *night) each(ctx context.Context, query string, take func([]sql.NullString)) (err error) {
	rows, err := n.warehouse.Conn().QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		row := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		take(row)
	}
	return rows.Err()
}

func (n *night) priceSources(ctx context.Context) ([]report.PriceSource, error) {
	var out []report.PriceSource
	// The oldest and the newest year: between them every year has a row of its own in the code list.
	err := n.each(ctx, `WITH grens AS (SELECT min(jaar) AS van, max(jaar) AS tot FROM model.prijs WHERE bron IS NOT NULL)
		SELECT domein, min(soort), string_agg(DISTINCT bron, ' … ' ORDER BY bron)
		FROM model.prijs, grens WHERE bron IS NOT NULL AND jaar IN (van, tot) GROUP BY domein ORDER BY domein`, func(row []sql.NullString) {
		out = append(out, report.PriceSource{Domain: row[0].String, Source: row[2].String, Consumer: row[1].String == "cpi"})
	})
	return out, err
}

func (n *night) provisional(ctx context.Context) ([]report.Provisional, error) {
	var out []report.Provisional
	err := n.each(ctx, `SELECT domein, string_agg(CAST(jaar AS VARCHAR), ', ' ORDER BY jaar), status
		FROM uitkomst.kosten_per_domein WHERE gebied = 'regio' AND status <> 'definitief'
		GROUP BY domein, status ORDER BY status, domein`, func(row []sql.NullString) {
		out = append(out, report.Provisional{Domain: row[0].String, Years: row[1].String, Status: row[2].String})
	})
	return out, err
}

// impersonal are the checks that give an example of no person: a code, a file, a delivery, a total without persons. The
// gate lets a long number in the example of any other check stop the night.
var impersonal = map[string]bool{
	"prijs_per_eenheid": true, "levering_herhaald": true, "grootboek_klopt": true, "budget_zonder_gebied": true,
	"onbekende_zorgsoort": true, "gelijke_regels": true,
}

// warnedCodes are the codes and totals that the warnings may name.
func (n *night) warnedCodes() []string {
	var out []string
	for _, f := range n.Findings {
		if f.Outcome() == analysis.Failed && impersonal[f.Query.Name] {
			out = append(out, f.Example)
		}
	}
	return out
}

// warnings are what a reader must know before using a figure; aggregated are the laws that came without persons.
func (n *night) warnings(ctx context.Context, aggregated []string) ([]report.Warning, error) {
	var out []report.Warning
	for _, f := range n.Findings {
		if f.Outcome() == analysis.Failed {
			out = append(out, report.Warning{Check: f.Query.Name, Title: f.Query.Title, Note: f.Query.Note, Example: f.Example})
		}
	}
	var suppliers, insured, people int64
	err := n.warehouse.Conn().QueryRowContext(ctx, `SELECT
		(SELECT count(DISTINCT leverancier) FROM model.regel WHERE domein = 'zvw'),
		(SELECT count(*) FROM levering.verzekering), (SELECT count(*) FROM model.persoonjaar)`).Scan(&suppliers, &insured, &people)
	if err != nil {
		return nil, err
	}
	if suppliers == 1 && insured == 0 && people > 0 {
		out = append(out, report.Warning{Check: report.OneInsurer})
	}
	if len(aggregated) > 0 && people > 0 {
		out = append(out, report.Warning{Check: report.WithoutPersons})
	}
	return out, nil
}

// aggregated are the laws that came without persons, in one or more years.
func (n *night) aggregated(ctx context.Context) ([]string, error) {
	var out []string
	err := n.each(ctx, "SELECT DISTINCT domein FROM model.cel WHERE herkomst = 'aggregaat' AND domein IS NOT NULL ORDER BY domein", func(row []sql.NullString) {
		out = append(out, row[0].String)
	})
	return out, err
}

// The names of what a result depends on, as the last sheet of a workbook shows them.
const (
	versionProgram    = "Ontschot"
	versionDuckDB     = "DuckDB"
	versionDeliveries = "Leveringen"
	versionQueries    = "Vragen (queries)"
	versionReferences = "Codelijsten"
	versionSettings   = "Configuratie"
	versionReleases   = "Vrijgaven"
)

// identity makes the fingerprint of the result: the same deliveries, queries,
// code lists, configuration and program have the same one, whenever they ran.
func (n *night) identity(ctx context.Context, ledger []warehouse.LedgerRow) (fingerprint string, versions []report.Version, err error) {
	deliveries := sha256.New()
	for _, l := range ledger {
		fmt.Fprintf(deliveries, "%s %s %s %s %s %s\n", l.Table, l.Supplier, l.Mode, l.Date.Format(time.DateOnly), l.Content, l.Mapping)
		if l.Erased > 0 {
			fmt.Fprintf(deliveries, "gewist %d\n", l.Erased)
		}
	}
	code := sha256.New()
	for _, q := range n.catalogue {
		fmt.Fprintf(code, "%s %x\n", q.Path, sha256.Sum256([]byte(q.SQL)))
	}
	references, err := n.config.referencesHash()
	if err != nil {
		return "", nil, err
	}
	settings := sha256.New()
	fmt.Fprintf(settings, "%q %d %q %d %q %v", n.config.Regio.Naam, n.config.Regio.Basisjaar, n.config.Regio.Populatie,
		n.config.Onthulling.Drempel, n.config.Onthulling.TarievenOpen, n.config.unknownMax())
	for _, r := range n.config.Ontvanger { // what is hidden from one depends on what another sees
		fmt.Fprintf(settings, " %q %q", r.Naam, r.EigenDomeinen)
	}
	if n.DuckDB, err = n.warehouse.Version(ctx); err != nil {
		return "", nil, err
	}
	releases, err := n.warehouse.Releases(ctx)
	if err != nil {
		return "", nil, err
	}
	versions = []report.Version{
		{Name: versionProgram, Value: n.env.Version},
		{Name: versionDuckDB, Value: n.DuckDB},
		{Name: versionDeliveries, Value: hex.EncodeToString(deliveries.Sum(nil))},
		{Name: versionQueries, Value: hex.EncodeToString(code.Sum(nil))},
		{Name: versionReferences, Value: references},
		{Name: versionSettings, Value: hex.EncodeToString(settings.Sum(nil))},
	}
	if len(releases) > 0 { // they decide what may be shown beside them
		released := sha256.New()
		for _, r := range releases {
			fmt.Fprintf(released, "%s %s\n", r.Run, r.Fingerprint)
		}
		versions = append(versions, report.Version{Name: versionReleases, Value: hex.EncodeToString(released.Sum(nil))})
	}
	all := sha256.New()
	for _, v := range versions {
		fmt.Fprintf(all, "%s %s\n", v.Name, v.Value)
	}
	return hex.EncodeToString(all.Sum(nil)), versions, nil
}
