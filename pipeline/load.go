package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"ontschot/pipeline/delivery"
	"ontschot/pipeline/warehouse"
)

// findDeliveries lists the files to load: claims first, because the first day
// of the data decides how exact the residence of a person is stored.
func findDeliveries(c *Config, only []string) (files []delivery.File, unknown []string, err error) {
	files, unknown, err = delivery.Find(c.WorkDir(), c.ConfigDir(), c.Bron)
	if err != nil {
		return nil, nil, err
	}
	order := map[string]int{}
	for i, t := range delivery.Tables() {
		order[t.Name] = i
	}
	slices.SortStableFunc(files, func(a, b delivery.File) int {
		return cmp.Compare(order[a.Table.Name], order[b.Table.Name])
	})
	if len(only) == 0 {
		return files, unknown, nil
	}
	var chosen []delivery.File
	for _, name := range only {
		absolute, err := filepath.Abs(name)
		if err != nil {
			return nil, nil, err
		}
		i := slices.IndexFunc(files, func(f delivery.File) bool { return f.Absolute == absolute })
		if i < 0 {
			return nil, nil, fmt.Errorf("%s is not a delivery: put it under aanlevering/ with the name of its table in front, or name it in a [[bron]]", name)
		}
		chosen = append(chosen, files[i])
	}
	return chosen, nil, nil
}

// A load goes on for keepEvery before what it has loaded is kept, and for
// keepShare times what the last keeping took: a night that is killed after hours
// loses minutes, and keeping costs a tenth at most.
const (
	keepEvery = 2 * time.Minute
	keepShare = 10
)

// load puts every new delivery into the warehouse, one transaction each. A
// refused file does not stop the others; at the end the refusals stop the night.
func (n *night) load(ctx context.Context) error {
	var total int64
	for _, f := range n.files {
		if info, err := os.Stat(f.Absolute); err == nil {
			total += info.Size()
		}
	}
	n.env.Progress.Stage("load", total)
	defer n.env.Progress.Done()
	// Batches are short-lived: collecting them less often saves time, and costs half as much memory again as the
	// numbers of the persons take.
	defer debug.SetGCPercent(debug.SetGCPercent(150))
	if err := n.recognisesErased(ctx); err != nil {
		return err
	}
	done, err := n.warehouse.Loading(ctx)
	if err != nil {
		return err
	}
	due := time.Now().Add(keepEvery)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for file := range n.identified(ctx) {
		err := n.loadFile(ctx, file)
		if err == nil && time.Now().After(due) {
			began := time.Now()
			err = n.keepLoaded(ctx)
			due = time.Now().Add(max(keepEvery, keepShare*time.Since(began)))
		}
		if err != nil {
			return err
		}
	}
	if err := errors.Join(ctx.Err(), done(ctx)); err != nil {
		return err
	}
	if len(n.Refused) > 0 {
		return fail(Refused, n.refusals())
	}
	return nil
}

// keepLoaded puts what was loaded in place of the published warehouse, beside the answers of the night before.
func (n *night) keepLoaded(ctx context.Context) error {
	if n.kept == len(n.Loaded) {
		return nil
	}
	if err := n.warehouse.Keep(ctx); err != nil {
		return err
	}
	n.kept = len(n.Loaded)
	return nil
}

// keepAnyway keeps what was loaded when the night failed, and gives that failure. Once the night has made other answers its copy is not
// what the readers should see: then the deliveries are loaded again into a fresh one, which costs less than a copy in every night that
// does not fail.
func (n *night) keepAnyway(ctx context.Context, failed error) error {
	if failed == nil {
		return nil
	}
	err := n.keepAfter(ctx, KindOf(failed))
	n.Loaded = n.Loaded[:n.kept]
	return errors.Join(failed, err)
}

// keepAfter keeps what was loaded after a failure of a kind, where it can.
func (n *night) keepAfter(ctx context.Context, failed Kind) (err error) {
	if n.kept == len(n.Loaded) || failed == Interrupted {
		return nil
	}
	if n.Stages[len(n.Stages)-1].Name == "load" { // there are no other answers yet
		if failed == Refused {
			return n.keepLoaded(ctx)
		}
		return nil
	}
	if err := n.warehouse.Close(); err != nil {
		return err
	}
	if n.warehouse, err = warehouse.OpenNight(ctx, n.config.WorkDir(), n.env.Limits); err != nil {
		return err
	}
	n.Loaded, n.Refused, n.Known, n.kept = nil, nil, 0, 0
	if err := n.load(ctx); err != nil {
		return err
	}
	return n.keepLoaded(ctx)
}

// identifiedFile is a file with what makes it a delivery of its own.
type identifiedFile struct {
	delivery.File
	content, mapping string
	size             int64
	modified         time.Time // when its content was taken
	err              error
}

// identified gives the files in their order. The content of the next ones is
// hashed while one is loaded.
func (n *night) identified(ctx context.Context) <-chan identifiedFile {
	files := make(chan identifiedFile, 1)
	go func() {
		defer close(files)
		for i := range n.files {
			select {
			case files <- n.identify(i):
			case <-ctx.Done():
				return
			}
		}
	}()
	return files
}

// identify tells what makes a file a delivery of its own, once.
func (n *night) identify(i int) identifiedFile {
	if i < len(n.seen) {
		return n.seen[i]
	}
	f := identifiedFile{File: n.files[i]}
	if info, err := os.Stat(f.Absolute); err == nil { // else hashing it says why
		f.size, f.modified = info.Size(), info.ModTime()
	}
	f.content, f.mapping, f.err = n.config.identity(f.File)
	return f
}

func (n *night) loadFile(ctx context.Context, f identifiedFile) error {
	if f.err != nil {
		return f.err
	}
	known, err := n.warehouse.Known(ctx, f.content, f.mapping)
	if err != nil {
		return err
	}
	if known {
		n.Known++
		n.log.Info("known", "file", f.Path)
		n.env.Progress.Add(f.size)
		return nil
	}
	today := n.env.Now().UTC().Truncate(24 * time.Hour)
	var done int64
	reader, err := delivery.Open(f.File, delivery.Options{
		MaxQuarantineShare: n.config.quarantineMax(),
		Today:              today,
		PseudonymKey:       n.config.pseudonymKey,
		Modified:           f.modified,
		Progress:           func(bytes int64) { n.env.Progress.Add(bytes - done); done = bytes },
	})
	if err != nil {
		return n.refuse(f.File, err)
	}
	defer reader.Release()
	loaded, err := n.warehouse.Load(ctx, warehouse.Delivery{
		Run: n.Run, File: f.File, Content: f.content, Mapping: f.mapping, Date: f.Delivered(today),
	}, reader)
	if err != nil {
		read := reader.Counts()
		n.refusedRead.Lines += read.Lines
		n.refusedRead.Cents += read.Cents
		return n.refuse(f.File, err)
	}
	n.Loaded = append(n.Loaded, LoadedFile{
		Path: f.Path, Table: f.Table.Name, Supplier: f.Supplier, ID: loaded.ID,
		Replaces: loaded.Replaces, Counts: loaded.Counts, Erased: loaded.Erased, UnknownColumns: reader.UnknownColumns(),
	})
	n.log.Info("loaded", "file", f.Path, "table", f.Table.Name, "lines", loaded.Counts.Lines,
		"rows", loaded.Counts.Rows, "quarantined", loaded.Counts.Quarantined, "erased", loaded.Erased)
	return nil
}

// refuse keeps a refusal for the end of the load; any other error stops at once.
func (n *night) refuse(f delivery.File, err error) error {
	var refusal *delivery.Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	n.Refused = append(n.Refused, refusal)
	n.log.Warn("refused", "file", f.Path, "reason", refusal.Error())
	return nil
}

// mostRefusals is how many refused files an error tells of in full.
const mostRefusals = 10

// refusals is the error of a night with refused files; manifest.json has all of them.
func (n *night) refusals() error {
	if more := len(n.Refused) - mostRefusals; more > 0 {
		return fmt.Errorf("%w\nand %d more files: see runs/%s/manifest.json", errors.Join(n.Refused[:mostRefusals]...), more, n.Run)
	}
	return errors.Join(n.Refused...)
}
