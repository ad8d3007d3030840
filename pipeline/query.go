package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/warehouse"
	"ontschot/queries"
)

// Catalogue lists the queries that can be asked.
func Catalogue() (analysis.Catalogue, error) { return analysis.Load(queries.Files) }

// Ask runs one query on last night's warehouse, or on the data as they were known at
// an earlier run, read-only, and writes the answer to stdout or to a file (0600)
// with a sidecar that says where it comes from. The answer is internal: it is not
// protected, may not go into rapporten/, and is noted in audit.log. Of an earlier run
// it tells what is known of it.
func Ask(ctx context.Context, c *Config, env Env, a Asked, stdout io.Writer) (known Known, err error) {
	q := question{Asked: a}
	if q.Query, err = findQuery(a.Name); err != nil {
		return known, fail(Misuse, err)
	}
	if a.Output != "" {
		if err := c.mayHold(a.Output); err != nil {
			return known, fail(Misuse, err)
		}
	}
	w, err := openReader(ctx, c, env)
	if err != nil {
		return known, err
	}
	if a.AsOf == "" {
		if q.run, err = w.LastRun(ctx); err == nil {
			err = ask(ctx, c, env, w, q, stdout)
		}
		return known, errors.Join(err, w.Close())
	}
	q.run, err = findRun(ctx, c, w, a.AsOf)
	if err = errors.Join(err, w.Close()); err != nil {
		return known, err
	}
	err = withAsOf(ctx, c, env, q.run, func(n *night, k Known) error {
		known, q.run.Fingerprint = k, n.Fingerprint
		return ask(ctx, c, env, n.warehouse, q, stdout)
	})
	return known, err
}

// Asked is what somebody asks.
type Asked struct {
	Name   string // of the catalogue, or a .sql file, whose $naam get the values of Params
	Params Params
	Format string // one of [analysis.Formats]
	Output string // a file; "" is stdout
	AsOf   string // a run: the data as they were known when it ended; "" is last night
}

// question is a query that was found, with the run of which it has the data.
type question struct {
	Asked
	analysis.Query
	run warehouse.Run
}

func openReader(ctx context.Context, c *Config, env Env) (*warehouse.Warehouse, error) {
	w, err := warehouse.OpenReader(ctx, c.WorkDir(), env.Limits)
	switch {
	case errors.Is(err, warehouse.ErrNoWarehouse):
		return nil, fail(Misuse, err)
	case errors.Is(err, warehouse.ErrLocked):
		return nil, fail(Locked, err)
	}
	return w, err
}

func ask(ctx context.Context, c *Config, env Env, w *warehouse.Warehouse, q question, stdout io.Writer) error {
	if err := w.Sandbox(ctx); err != nil {
		return err
	}
	to := stdout
	var file *renameio.PendingFile
	if q.Output != "" {
		var err error
		if file, err = pendingFile(q.Output); err != nil {
			return fail(Misuse, fmt.Errorf("%s cannot be made: its folder must be there and be yours to write in: %w", q.Output, err))
		}
		defer file.Cleanup() // removes what was not put in place
		to = file
	}
	log, err := openAudit(c, env, q)
	if err != nil {
		return err
	}
	rows, err := answer(ctx, w, q, to)
	// Noted before a file is there: no answer is without its line.
	if noted := log.note(rows, err); err != nil || noted != nil {
		return errors.Join(answerError(err), noted)
	}
	if file == nil {
		return nil
	}
	if err := file.CloseAtomicallyReplace(); err != nil {
		return fmt.Errorf("writing %s: %w", q.Output, err)
	}
	return writeSidecar(q, rows, env.Version)
}

// answer runs a query that is allowed. One that is not is noted as well.
func answer(ctx context.Context, w *warehouse.Warehouse, q question, to io.Writer) (rows int64, err error) {
	if err := allowed(ctx, w.Conn(), q.Query); err != nil {
		return 0, err
	}
	values, err := q.Params.bind(w.Conn(), q.Query)
	if err != nil {
		return 0, err
	}
	temporary, err := w.Temporary()
	if err != nil {
		return 0, err
	}
	return analysis.Export(ctx, w.Conn(), q.Query, analysis.Answer{Format: q.Format, Values: values, Temporary: temporary}, to)
}

// answerError blames the one who asks for a query that fails, but not for a disk that is full.
func answerError(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fs.PathError](err); ok || outOfRoom(err) {
		return fmt.Errorf("writing the answer: %w", err)
	}
	return fail(Misuse, err)
}

// internalMark marks what is not protected and may not leave.
const internalMark = "intern"

// Sidecar says where the answer in a file comes from.
type Sidecar struct {
	Mark        string `json:"merk"`
	Query       string `json:"query"`
	QueryHash   string `json:"query_sha256"`
	Params      Params `json:"parameters,omitempty"`
	Run         string `json:"run"`
	Fingerprint string `json:"vingerafdruk"`
	Program     string `json:"programma"`
	Rows        int64  `json:"rijen"`
}

func writeSidecar(q question, rows int64, version string) error {
	raw, err := json.MarshalIndent(Sidecar{
		Mark: internalMark, Query: q.Path, QueryHash: queryHash(q.Query), Params: q.Params, Run: q.run.ID,
		Fingerprint: q.run.Fingerprint, Program: version, Rows: rows,
	}, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(q.Output+".herkomst.json", append(raw, '\n'))
}

// findQuery looks a query up by its name, or reads a file.
func findQuery(name string) (analysis.Query, error) {
	if strings.HasSuffix(name, ".sql") {
		raw, err := os.ReadFile(name)
		if err != nil {
			return analysis.Query{}, fmt.Errorf("reading the query: %w", err)
		}
		return analysis.Query{Name: strings.TrimSuffix(filepath.Base(name), ".sql"), Path: name, SQL: string(raw)}, nil
	}
	catalogue, err := Catalogue()
	if err != nil {
		return analysis.Query{}, err
	}
	q, ok := catalogue.Find(name)
	if !ok {
		return q, fmt.Errorf("there is no query %q: 'ontschot query --list' shows them, or give a file that ends in .sql", name)
	}
	return q, nil
}

// mayHold refuses a place among the files that are meant to leave the building.
func (c *Config) mayHold(output string) error {
	absolute, err := filepath.Abs(output)
	if err != nil {
		return err
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(absolute)); err == nil {
		absolute = filepath.Join(folder, filepath.Base(absolute))
	}
	reports := filepath.Join(c.WorkDir(), "rapporten")
	if target, err := filepath.EvalSymlinks(reports); err == nil {
		reports = target
	}
	if inside, err := filepath.Rel(reports, absolute); err == nil && inside != ".." && !strings.HasPrefix(inside, "../") {
		return fmt.Errorf("%s lies in rapporten/: the answer to a query is internal and may not stand among the reports; choose another place", output)
	}
	if log, err := os.Stat(filepath.Join(c.WorkDir(), auditFile)); err == nil {
		if there, err := os.Stat(absolute); err == nil && os.SameFile(log, there) {
			return fmt.Errorf("%s is the log of what was asked: choose another place", output)
		}
	}
	return nil
}
