package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/warehouse"
)

// The files that every run has in its folder; a run without manifest is at work, or was killed.
const (
	manifestFile = "manifest.json"
	logFile      = "log.jsonl"
)

// Manifest is what runs/RUN/manifest.json says of a run.
type Manifest struct {
	Run         string           `json:"run"`
	Began       time.Time        `json:"begonnen"`
	Ended       time.Time        `json:"geeindigd"`
	Status      string           `json:"status"`
	Message     string           `json:"melding,omitempty"`
	Program     string           `json:"programma"`
	DuckDB      string           `json:"duckdb,omitempty"`
	Fingerprint string           `json:"vingerafdruk,omitempty"`
	Headline    string           `json:"kop,omitempty"`
	Loaded      []ManifestInput  `json:"geladen"`
	Known       int              `json:"al_bekend"`
	Refused     []string         `json:"geweigerd,omitempty"`
	Unknown     []string         `json:"niet_herkend,omitempty"`
	Checks      []ManifestCheck  `json:"controles,omitempty"`
	Outputs     []ManifestOutput `json:"uitvoer,omitempty"`
	Hidden      int              `json:"verborgen_cellen"`
	Cells       int              `json:"cellen"`
	Stages      []Stage          `json:"seconden"`
	Erased      *ManifestErasure `json:"gewist,omitempty"`
	Released    string           `json:"vrijgegeven_run,omitempty"`
	SameAs      string           `json:"gelijk_aan,omitempty"` // the run of which everything stands, when nothing was new
	Morning
}

// ManifestErasure counts what a run erased: persons, rows per table, and euros in cents.
type ManifestErasure struct {
	Asked  int64            `json:"gevraagd"`
	Found  int64            `json:"gevonden"`
	Before int64            `json:"al_eerder_gewist"`
	Lines  map[string]int64 `json:"regels"`
	Cents  int64            `json:"bedrag_centen"`
}

// ManifestInput is one delivery that the run loaded; amounts are in cents.
type ManifestInput struct {
	ID          int    `json:"levering_id"`
	File        string `json:"bestand"`
	Table       string `json:"tabel"`
	Supplier    string `json:"leverancier"`
	Lines       int64  `json:"regels"`
	Rows        int64  `json:"rijen"`
	Quarantined int64  `json:"in_quarantaine"`
	Cents       int64  `json:"bedrag_centen"`
	Erased      int64  `json:"gewist,omitempty"`
	// QuarantinedCents is the part of Cents in quarantine; UnknownColumns were not loaded.
	QuarantinedCents int64    `json:"in_quarantaine_centen,omitempty"`
	UnknownColumns   []string `json:"onbekende_kolommen,omitempty"`
}

// ManifestCheck is the outcome of one check.
type ManifestCheck struct {
	Name     string `json:"naam"`
	Severity string `json:"ernst"`
	Outcome  string `json:"uitslag"`
	Failed   int64  `json:"fout"`
	Checked  int64  `json:"bekeken"`
	Example  string `json:"voorbeeld,omitempty"` // never a value of a person
}

// ManifestOutput is one file that the run made.
type ManifestOutput struct {
	File string `json:"bestand"`
	Hash string `json:"sha256"`
}

// makeFolder makes runs/RUN for this night; RUN is its moment of start.
func (n *night) makeFolder() error {
	runs := filepath.Join(n.config.WorkDir(), "runs")
	if err := os.MkdirAll(runs, 0o700); err != nil {
		return fmt.Errorf("making the folder for the runs: %w", err)
	}
	stamp := n.Began.Format(runStamp)
	for i := 1; ; i++ {
		n.Run = stamp
		if i > 1 {
			n.Run = fmt.Sprintf("%s-%d", stamp, i)
		}
		n.folder = filepath.Join(runs, n.Run)
		err := os.Mkdir(n.folder, 0o700)
		if err == nil || !errors.Is(err, os.ErrExist) {
			return err
		}
	}
}

// openLog writes what the night does to the run's folder, one line of JSON an event.
func (n *night) openLog() (closeLog func(), err error) {
	f, err := os.OpenFile(filepath.Join(n.folder, logFile), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the log: %w", err)
	}
	n.log = slog.New(slog.NewJSONHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return func() { f.Close() }, nil
}

// exportResults leaves the answers of the run as Parquet in its folder: the bytes that `ontschot query` gives, of that run or later as
// of it.
func (n *night) exportResults(ctx context.Context) error {
	for _, q := range n.catalogue.Of(analysis.Indicator) {
		if err := n.exportResult(ctx, q); err != nil {
			return fmt.Errorf("writing %s.parquet: %w", q.Name, err)
		}
	}
	return nil
}

func (n *night) exportResult(ctx context.Context, q analysis.Query) error {
	file, err := pendingFile(filepath.Join(n.folder, q.Name+".parquet"))
	if err != nil {
		return err
	}
	defer file.Cleanup() // removes what was not put in place
	q.SQL = "SELECT * FROM " + q.Table()
	if _, err := analysis.Export(ctx, n.warehouse.Conn(), q, analysis.Answer{Format: "parquet"}, file); err != nil {
		return err
	}
	return file.CloseAtomicallyReplace()
}

// end writes the manifest, whatever became of the night, and throws away the
// workbooks that were not put in place.
func (n *night) end(ctx context.Context, outcome error) (err error) {
	defer func() { err = errors.Join(err, n.noted(outcome)) }()
	if err := n.discardWaiting(); err != nil {
		return fmt.Errorf("removing a workbook that is not published: %w", err)
	}
	m := Manifest{
		Run: n.Run, Began: n.Began, Ended: n.env.Now().UTC(), Status: statusDone, Program: n.env.Version, DuckDB: n.DuckDB,
		Fingerprint: n.Fingerprint, Headline: n.Headline, Loaded: []ManifestInput{}, Known: n.Known, Unknown: n.Unknown,
		Hidden: n.Hidden.Hidden, Cells: n.Hidden.Cells, Stages: append([]Stage{}, n.Stages...), SameAs: n.SameAs,
	}
	if outcome == nil {
		m.Outputs = n.made
	}
	if n.Erasure != nil {
		m.Status, m.Erased = statusErased, erasureManifest(n.Erasure)
	}
	if n.Released != nil {
		m.Status, m.Released = statusReleased, n.Released.Run
	}
	if outcome != nil {
		m.Status, m.Message = statusOf(outcome), outcome.Error()
	}
	for _, l := range n.Loaded {
		m.Loaded = append(m.Loaded, ManifestInput{
			ID: l.ID, File: l.Path, Table: l.Table, Supplier: l.Supplier, Lines: l.Counts.Lines, Rows: l.Counts.Rows,
			Quarantined: l.Counts.Quarantined, Cents: l.Counts.Cents, Erased: l.Erased,
			QuarantinedCents: l.Counts.QuarantinedCents, UnknownColumns: l.UnknownColumns,
		})
	}
	for _, err := range n.Refused {
		m.Refused = append(m.Refused, err.Error())
	}
	for _, f := range n.Findings {
		m.Checks = append(m.Checks, ManifestCheck{
			Name: f.Query.Name, Severity: string(f.Query.Severity), Outcome: string(f.Outcome()), Failed: f.Failed, Checked: f.Checked,
			Example: failedExample(f),
		})
	}
	if n.standing != nil {
		m.Checks = n.standing.Checks
	}
	failed := n.lookBack(ctx, &m, outcome)
	n.Manifest = &m
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	n.log.InfoContext(ctx, "end", "status", m.Status)
	err = writeFile(filepath.Join(n.folder, manifestFile), append(raw, '\n'))
	return errors.Join(failed, err)
}

// readManifest reads what a run noted of itself.
func readManifest(c *Config, run string) (*Manifest, error) {
	raw, err := os.ReadFile(filepath.Join(c.WorkDir(), "runs", run, manifestFile))
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, fmt.Errorf("runs/%s/%s: %w", run, manifestFile, err)
	}
	return &m, nil
}

// hashOutputs takes the hash of every file that the run leaves, where it waits.
func (n *night) hashOutputs() error {
	results, err := filepath.Glob(filepath.Join(n.folder, "*.parquet"))
	if err != nil {
		return err
	}
	for _, path := range append(results, n.Workbooks...) {
		waits := path
		if filepath.Dir(path) != n.folder {
			waits = n.stagedPath(path)
		}
		hash, err := fileHash(waits)
		if err != nil {
			return err
		}
		n.made = append(n.made, ManifestOutput{File: n.shown(path), Hash: hash})
	}
	return nil
}

// namedOutputs and namedVersions are for the ledger.
func (n *night) namedOutputs() (out []warehouse.Named) {
	for _, o := range n.made {
		out = append(out, warehouse.Named{Name: o.File, Value: o.Hash})
	}
	return out
}

func (n *night) namedVersions() (out []warehouse.Named) {
	for _, v := range n.versions {
		out = append(out, warehouse.Named(v))
	}
	return append(out, warehouse.Named{Name: configFile, Value: n.config.content})
}

// configFile names in the ledger the configuration as it is written, with what changes no figure.
const configFile = "ontschot.toml"

// discardWaiting removes what was staged and not put in place.
func (n *night) discardWaiting() error {
	if n.Released != nil {
		if n.Released.noted { // what is still there, the next run puts in place
			return removeEmpty(filepath.Join(n.config.WorkDir(), stagingFolder))
		}
		return n.discardFolder()
	}
	for _, path := range n.Workbooks {
		if err := os.Remove(staged(path)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return removeEmpty(filepath.Join(n.config.WorkDir(), stagingFolder))
}

// discardFolder removes a folder of workbooks that was not put in place.
func (n *night) discardFolder() error {
	return errors.Join(os.RemoveAll(staged(n.reportFolder())), removeEmpty(filepath.Join(n.config.WorkDir(), stagingFolder)))
}

func fileHash(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close() // only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
