package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"ontschot/pipeline/report"
	"ontschot/pipeline/warehouse"
)

// Verified tells what [Verify] found.
type Verified struct {
	Workbook string
	Known    Known
	Program  string // the version that made the run
	Comparison
}

// Comparison tells how a workbook differs from one that was made anew.
type Comparison struct {
	Exact bool                // it has the very bytes
	Cells int64               // that were compared, when it has not
	Count int                 // of the differences; mostCounted when there are as many or more
	Found []report.Difference // the first of them
}

const (
	mostNamed   = 20   // differences
	mostCounted = 1000 // differences
)

// Verify computes the figures of a workbook anew, from the deliveries as they were known at its run, and compares every cell. A
// difference, or a workbook that no run of this warehouse made, is a Differs; what is no workbook is a Misuse. It changes nothing.
func Verify(ctx context.Context, c *Config, env Env, path string) (v *Verified, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fail(Misuse, err)
	}
	var passwords []string
	for _, r := range c.Ontvanger {
		if r.password != "" {
			passwords = append(passwords, r.password)
		}
	}
	scratch, err := warehouse.AsOfFolder(c.WorkDir())
	if errors.Is(err, os.ErrNotExist) {
		err = fail(Misuse, warehouse.ErrNoWarehouse)
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	log, err := openAuditLog(c, "nothing is done with the data that cannot be noted")
	if err != nil {
		return nil, err
	}
	line := newAuditLine(env, ActionVerify)
	line.File = path
	defer func() {
		if v != nil {
			line.Run = v.Known.Run
		}
		line.Outcome = statusOf(err)
		err = errors.Join(err, log.noteLast(line))
	}()
	book, err := report.Open(raw, passwords, scratch)
	switch {
	case errors.Is(err, report.ErrPassword):
		return nil, fail(Misuse, fmt.Errorf("%s opens with a password only: give wachtwoord_bestand of its [[ontvanger]], or a copy without the password", path))
	case err != nil:
		return nil, fail(Misuse, fmt.Errorf("%s: %w", path, err))
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	run, err := runOf(ctx, c, env, book)
	if err != nil {
		return nil, err
	}
	v = &Verified{Workbook: path, Program: run.Program}
	err = withAsOf(ctx, c, env, run, func(n *night, known Known) error {
		v.Known = known
		if err := n.protectAgain(ctx, run); err != nil {
			return err
		}
		v.Comparison, err = n.compareBest(ctx, run, book, scratch)
		return err
	})
	if err == nil && !v.Exact {
		err = v.differs()
	}
	return v, err
}

// differs says what the differences mean; each is in Found.
func (v *Verified) differs() error {
	if v.Count == 0 {
		return fail(Differs, fmt.Errorf("%s: each of its %d cells is as it was made at run %s, but the file is not: another program saved it again, or something outside the cells was changed, such as a chart, a note or a name",
			v.Workbook, v.Cells, v.Known.Run))
	}
	lines := []string{fmt.Sprintf("%s differs from what the data of run %s give", v.Workbook, v.Known.Run)}
	for _, d := range v.Found {
		lines = append(lines, "  "+d.String())
	}
	switch more := v.Count - len(v.Found); {
	case v.Count == mostCounted:
		lines = append(lines, fmt.Sprintf("  and %d or more others", more))
	case more > 0:
		lines = append(lines, fmt.Sprintf("  and %d others", more))
	}
	return fail(Differs, errors.New(strings.Join(lines, "\n")))
}

// runOf finds the run that made a workbook, by the reference that it gives of its result.
func runOf(ctx context.Context, c *Config, env Env, book *report.Opened) (run warehouse.Run, err error) {
	identifier, proof, err := book.Says()
	if err != nil {
		return run, err
	}
	w, err := openReader(ctx, c, env)
	if err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if run, err = w.RunOf(ctx, identifier); err != nil || run.ID != "" {
		return run, err
	}
	for _, line := range proof {
		for _, cell := range line {
			if len(cell) != fingerprintLength {
				continue
			}
			if run, err = w.RunOf(ctx, cell); err != nil || run.ID != "" {
				return run, err
			}
		}
	}
	missing, err := missingDeliveries(ctx, w, proof)
	if err != nil {
		return run, err
	}
	text := "no run of this warehouse has the reference that stands in it: it was made elsewhere, or the reference was changed"
	if len(missing) > 0 {
		text += "; of the deliveries that it names these are not in this warehouse: " + strings.Join(missing, ", ")
	}
	return run, fail(Differs, errors.New(text))
}

// fingerprintLength is the number of hexadecimal digits of a SHA-256.
const fingerprintLength = 64

// missingDeliveries are the files that the last sheet names and the ledger does not know by the hash beside them.
func missingDeliveries(ctx context.Context, w *warehouse.Warehouse, proof [][]string) (missing []string, err error) {
	ledger, err := w.Ledger(ctx)
	if err != nil {
		return nil, err
	}
	for _, line := range proof {
		file, hash, ok := report.DeliveryLine(line)
		if !ok {
			continue
		}
		known := false
		for _, l := range ledger {
			known = known || strings.HasPrefix(l.Content, hash)
		}
		if !known {
			missing = append(missing, file)
		}
	}
	return missing, nil
}

// protectAgain checks and protects the answers as the run did; what changed since releases of before it is what it counted.
func (n *night) protectAgain(ctx context.Context, run warehouse.Run) error {
	releases, err := n.warehouse.Releases(ctx)
	if err != nil {
		return err
	}
	if len(releases) > 0 {
		k, err := n.recall(run)
		if err != nil {
			return err
		}
		n.then = &k
	}
	if err := n.check(ctx); err != nil {
		return err
	}
	return n.protect(ctx)
}

// compareBest writes the workbooks of the run anew, of every recipient, in every language, as a concept and as a release, and compares
// with each: a workbook is that one of which it has the bytes, or from which it differs least.
func (n *night) compareBest(ctx context.Context, run warehouse.Run, book *report.Opened, folder string) (best Comparison, err error) {
	shared, err := n.book(ctx)
	if err != nil {
		return best, err
	}
	// Its references are those of the run, so that only what follows from the data can differ.
	shared.Fingerprint = run.Fingerprint
	if len(run.Versions) > 0 {
		shared.Versions = nil
		for _, v := range run.Versions {
			if v.Name != configFile {
				shared.Versions = append(shared.Versions, report.Version(v))
			}
		}
	}
	best.Count = mostCounted + 1
	for i, r := range n.config.Ontvanger {
		for _, language := range report.Languages() {
			for _, shared.Concept = range []bool{true, false} {
				b := shared
				b.Recipient, b.Language, b.OwnDomains, b.Released, b.Since = r.Naam, language, r.EigenDomeinen, n.released[i], n.earlier.since
				c, err := compareWith(b, book, folder)
				if err != nil || c.Exact {
					return c, err
				}
				if c.Count < best.Count {
					best = c
				}
			}
		}
	}
	return best, ctx.Err()
}

// compareWith writes a workbook in folder and compares another one with it.
func compareWith(b report.Book, book *report.Opened, folder string) (c Comparison, err error) {
	path := filepath.Join(folder, "anew.xlsx")
	if err := report.Write(path, b); err != nil {
		return c, err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return c, err
	}
	if c.Exact = book.Is(raw); c.Exact {
		return c, nil
	}
	made, err := report.Open(raw, nil, folder)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, made.Close()) }()
	c.Cells, err = book.Compare(made, func(d report.Difference) bool {
		if c.Count++; len(c.Found) < mostNamed {
			c.Found = append(c.Found, d)
		}
		return c.Count < mostCounted
	})
	return c, err
}
