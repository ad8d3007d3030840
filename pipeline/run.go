// Package pipeline strings the stages of a night together: it reads what
// suppliers sent, loads it, asks the questions, protects the answers and writes
// the workbooks.
package pipeline

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/delivery"
	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/report"
	"ontschot/pipeline/warehouse"
)

// Env is the world around a night; tests put in their own.
type Env struct {
	Now      func() time.Time
	Progress Progress
	// Version is that of the program.
	Version string
	// Wait is how long a command waits for another that is at work; 0 is not at all.
	Wait time.Duration
	// Limits are those of the database engine.
	Limits warehouse.Options
}

// Night tells what a run or a load did, for the summary.
type Night struct {
	Run     string
	Began   time.Time
	Loaded  []LoadedFile
	Known   int      // deliveries that were loaded before
	Unknown []string // files that no table or source explains
	Refused []error  // refused files, each with its reason
	// Findings are the outcomes of the checks.
	Findings    []analysis.Finding
	Fingerprint string
	Headline    string
	Workbooks   []string // paths, in the order of the recipients
	Hidden      disclosure.Counts
	Stages      []Stage
	DuckDB      string
	Erasure     *warehouse.Erasure // what was erased, when that was asked
	Released    *Released          // what was released, when that was asked
	SameAs      string             // the run of which everything stands, when nothing was new
	Manifest    *Manifest          // of the run, once it has ended
}

// LoadedFile is one delivery that this night loaded.
type LoadedFile struct {
	Path, Table, Supplier string
	ID                    int
	Replaces              bool
	Counts                delivery.Counts
	Erased                int64 // lines left out, of persons who were erased
	UnknownColumns        []string
}

// Stage is how long one stage took.
type Stage struct {
	Name    string
	Seconds float64
}

// Quarantined is the number of lines of this night's deliveries in quarantine.
func (n *Night) Quarantined() int64 {
	var total int64
	for _, l := range n.Loaded {
		total += l.Counts.Quarantined
	}
	return total
}

// night holds what the stages share.
type night struct {
	Night
	config    *Config
	env       Env
	files     []delivery.File
	warehouse *warehouse.Warehouse
	catalogue analysis.Catalogue
	earlier   earlier               // what was released before
	released  []disclosure.Released // per recipient
	books     []keptBook            // per recipient
	folder    string                // runs/RUN
	again     bool                  // the workbooks are those of an earlier run
	then      *kept                 // what that run kept, when it is computed anew
	versions  []report.Version      // what the answers depend on
	made      []ManifestOutput      // the files that the run leaves
	seen      []identifiedFile      // the first of files, when their content is known
	standing  *Manifest             // of the run of which everything stands, when nothing was new
	kept      int                   // of Loaded, those that stay whatever becomes of the night
	log       *slog.Logger

	action      Action
	audit       *auditLog
	refusedRead delivery.Counts // of the refused files, until they were refused
}

// Run is the night: it takes the lock, reads the deliveries, loads them, makes
// the model and the answers, checks them, protects them, writes the workbooks,
// reads them back and publishes. An error has a [Kind]; what the night did until then is in the
// Night. On an error nothing is published, but deliveries that were loaded stay.
func Run(ctx context.Context, c *Config, env Env) (*Night, error) {
	return begin(ctx, c, env, ActionRun, nil, func(n *night) error {
		if same, err := n.nothingNew(ctx); same || err != nil {
			return err
		}
		return n.opened(ctx, func() error {
			return n.keepAnyway(ctx, n.stages(ctx, []stage{
				{"load", n.load},
				{"model", n.model},
				{"check", n.check},
				{"protect", n.protect},
				{"report", n.report},
				{"gate", n.gate},
				{"publish", n.publish},
			}))
		})
	})
}

// stage is a named part of a run.
type stage struct {
	name string
	do   func(context.Context) error
}

// stages does one stage after the other, until one fails.
func (n *night) stages(ctx context.Context, all []stage) error {
	for _, s := range all {
		if err := n.timed(ctx, s.name, s.do); err != nil {
			return err
		}
	}
	return nil
}

// Load only loads the deliveries, all of them or the named ones.
func Load(ctx context.Context, c *Config, env Env, only []string) (*Night, error) {
	return begin(ctx, c, env, ActionLoad, only, func(n *night) error {
		return n.opened(ctx, func() error {
			err := n.timed(ctx, "load", n.load)
			if err == nil {
				err = n.keepLoaded(ctx)
			}
			return n.keepAnyway(ctx, err)
		})
	})
}

// begin does what every night begins and ends with: the lock, the plan, the run
// folder and its manifest.
func begin(ctx context.Context, c *Config, env Env, action Action, only []string, do func(*night) error) (_ *Night, err error) {
	defer func() { err = withAdvice(err, c.WorkDir()) }()
	if err := os.MkdirAll(c.WorkDir(), 0o700); err != nil {
		return nil, fmt.Errorf("making the working folder: %w", err)
	}
	release, err := takeLock(ctx, c.WorkDir(), env)
	if err != nil {
		return nil, err
	}
	defer release()
	if err := discardStaged(c.WorkDir()); err != nil {
		return nil, err
	}

	n := &night{config: c, env: env}
	n.Began = env.Now().UTC()
	if n.catalogue, err = c.catalogue(); err != nil {
		return nil, err
	}
	if n.files, n.Unknown, err = findDeliveries(c, only); err != nil {
		return nil, fail(Misuse, err)
	}
	if err := n.openAudit(action); err != nil {
		return nil, err
	}
	if err := n.makeFolder(); err != nil {
		return nil, err
	}
	closeLog, err := n.openLog()
	if err != nil {
		return nil, err
	}
	defer closeLog()
	err = do(n)
	err = errors.Join(err, n.end(ctx, err))
	return &n.Night, err
}

// opened does something with a copy of the warehouse that a night may write in.
func (n *night) opened(ctx context.Context, do func() error) (err error) {
	n.warehouse, err = warehouse.OpenNight(ctx, n.config.WorkDir(), n.env.Limits)
	switch {
	case errors.Is(err, warehouse.ErrLocked):
		return fail(Locked, err)
	case errors.Is(err, warehouse.ErrOlder):
		return fail(Misuse, err)
	case err != nil:
		return err
	}
	defer func() { err = errors.Join(err, n.warehouse.Close()) }()
	if err := errors.Join(n.settleReleases(ctx), n.tidyKilled(ctx)); err != nil {
		return err
	}
	return do()
}

func (n *night) timed(ctx context.Context, name string, do func(context.Context) error) error {
	start := time.Now()
	err := do(ctx)
	seconds := time.Since(start).Seconds()
	n.Stages = append(n.Stages, Stage{Name: name, Seconds: seconds})
	n.log.Info("stage", "name", name, "seconds", seconds, "ok", err == nil)
	if err != nil && ctx.Err() != nil {
		return fail(Interrupted, errors.New("interrupted: nothing was published; run it again"))
	}
	return err
}

// model makes the tables that the answers are made from, and the answers.
func (n *night) model(ctx context.Context) error {
	w := n.warehouse
	if err := n.setReferences(ctx); err != nil {
		return err
	}
	err := w.SetSettings(ctx, warehouse.Settings{
		BaseYear: n.config.Regio.Basisjaar, Region: n.config.Regio.Naam,
		Population: n.config.Regio.Populatie, UnknownMax: n.config.unknownMax(),
	})
	if err != nil {
		return fmt.Errorf("writing the settings: %w", err)
	}
	if err := w.SetCalendar(ctx); err != nil {
		return fmt.Errorf("making the calendar: %w", err)
	}
	if err := w.ClearAnswers(ctx); err != nil {
		return err
	}
	plan, err := n.catalogue.Order(w.Conn())
	if err != nil {
		return err
	}
	n.env.Progress.Stage("queries", int64(len(plan)))
	defer n.env.Progress.Done()
	return n.onConnections(ctx, func(conns []*sql.Conn) error {
		return plan.Run(ctx, conns, watch{log: n.log, progress: n.env.Progress})
	})
}

// onConnections gives f the connections for queries that run at the same time.
func (n *night) onConnections(ctx context.Context, f func(conns []*sql.Conn) error) error {
	conns, done, err := n.warehouse.Conns(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(conns), done())
}

// watch writes into the log which queries run, and how long each took.
type watch struct {
	log      *slog.Logger
	progress Progress
}

func (w watch) Starts(q analysis.Query) { w.log.Debug("query starts", "name", q.Table()) }

func (w watch) Ends(q analysis.Query, took time.Duration) {
	w.log.Debug("query", "name", q.Table(), "seconds", took.Seconds())
	w.progress.Add(1)
}

// check runs the data checks. One of severity `fout` or `configuratie` that
// fails stops the night here, before anything is published.
func (n *night) check(ctx context.Context) error {
	err := n.onConnections(ctx, func(conns []*sql.Conn) (err error) {
		n.Findings, err = n.catalogue.RunChecks(ctx, conns, watch{log: n.log, progress: Silent{}})
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range n.Findings {
		n.log.Info("check", "name", f.Query.Name, "failed", f.Failed, "checked", f.Checked, "outcome", string(f.Outcome()), "severity", string(f.Query.Severity))
	}
	for _, f := range n.Findings {
		if f.Outcome() != analysis.Failed || f.Query.Severity == analysis.Warning {
			continue
		}
		kind := Refused
		if f.Query.Severity == analysis.Configuration {
			kind = Misuse
		}
		return fail(kind, fmt.Errorf("check %s failed, %d of %d: %s (%s). %s",
			f.Query.Name, f.Failed, f.Checked, f.Query.Title, f.Example, f.Query.Note))
	}
	return nil
}

// publish puts the warehouse in place and then the workbooks, each by a rename.
func (n *night) publish(ctx context.Context) error {
	if err := n.exportResults(ctx); err != nil {
		return err
	}
	digest, err := n.finishWorkbooks()
	if err != nil {
		return err
	}
	err = n.warehouse.NoteRun(ctx, warehouse.Run{
		ID: n.Run, Began: n.Began, Ended: n.env.Now().UTC(), Status: statusDone, Fingerprint: n.Fingerprint,
		Program: n.env.Version, Loaded: len(n.Loaded), Quarantined: n.Quarantined(), Workbooks: digest,
		Versions: n.namedVersions(), Outputs: n.namedOutputs(),
	})
	if err != nil {
		return fmt.Errorf("noting the run in the ledger: %w", err)
	}
	if err := n.warehouse.Publish(ctx); err != nil {
		return err
	}
	n.kept = len(n.Loaded)
	for _, path := range n.Workbooks {
		if err := os.Rename(staged(path), path); err != nil {
			return fmt.Errorf("putting the workbook in place: %w", err)
		}
	}
	return n.forgetRefusal()
}

// finishWorkbooks does what remains when the gate has passed the workbooks: it keeps what they were made from, puts
// passwords on, and takes the hash of every file that the run leaves.
func (n *night) finishWorkbooks() (digest string, err error) {
	if digest, err = n.keep(); err != nil {
		return "", err
	}
	if err := n.setPasswords(); err != nil {
		return "", err
	}
	return digest, n.hashOutputs()
}
