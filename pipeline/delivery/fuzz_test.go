package delivery

import (
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What one input of a fuzz target may take at most.
const (
	fuzzTime   = 10 * time.Second
	fuzzMemory = 512 << 20 // bytes, all that is ever asked for while it is read
)

// readTwice reads a file with few and with many cuts, in bounded time and memory,
// and proves that nothing of what comes out depends on them.
func readTwice(t *testing.T, f File, o Options, pieces, workers int) result {
	t.Helper()
	o.MaxQuarantineShare, o.PieceBytes = 1, 64<<10
	one := readBounded(t, f, o)
	o.PieceBytes, o.Workers = pieces, workers
	other := readBounded(t, f, o)
	if said, again := fmt.Sprint(one.err), fmt.Sprint(other.err); said != again {
		t.Errorf("pieces of %d bytes and %d workers: it says\n%s\nand not\n%s", pieces, workers, again, said)
	}
	if one.err != nil {
		refused(t, one.err)
		return one
	}
	if !one.sameAs(other) {
		t.Errorf("pieces of %d bytes and %d workers: %+v and not %+v", pieces, workers, other, one)
	}
	c := one.counts
	if n := len(linesOf(t, one)); int64(n) != c.Lines {
		t.Errorf("%d lines came out of %d", n, c.Lines)
	}
	if good := c.Lines - c.Quarantined; c.Rows < good || f.Source.Breed == nil && c.Rows != good || int(c.Rows) != len(one.rows) || int(c.Quarantined) != len(one.quarantine) {
		t.Errorf("%+v, but %d rows and %d lines in quarantine", c, len(one.rows), len(one.quarantine))
	}
	return one
}

// sameAs tells whether two files hold the same.
func (r result) sameAs(other result) bool {
	return slices.Equal(r.rows, other.rows) && reflect.DeepEqual(r.quarantine, other.quarantine) && r.counts == other.counts && slices.Equal(r.unknown, other.unknown)
}

func readBounded(t *testing.T, f File, o Options) result {
	t.Helper()
	hang := time.AfterFunc(fuzzTime, func() { panic("one input takes more than " + fuzzTime.String()) })
	defer hang.Stop()
	asked := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(asked)
	before := asked[0].Value.Uint64()
	res := readAll(t, f, o)
	if metrics.Read(asked); asked[0].Value.Uint64()-before > fuzzMemory {
		t.Errorf("%d MiB were asked for", (asked[0].Value.Uint64()-before)>>20)
	}
	return res
}

// linesOf are the lines that were loaded and those that were not, each once.
func linesOf(t *testing.T, r result) []int64 {
	t.Helper()
	var all []int64
	for _, row := range r.rows {
		number, _, _ := strings.Cut(row, "|")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	for _, q := range r.quarantine {
		all = append(all, q.Line)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// written places a file whose name is of one of the formats; all inputs of a
// target use one folder.
func written(t *testing.T, dir, name string, data []byte, s Source) File {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	tab, _ := TableNamed("declaraties")
	return File{Path: "aanlevering/" + name, Absolute: path, Table: tab, Supplier: "vgz", Source: s}
}

// FuzzManifest: a manifest is read or told to be wrong, and its total is exact.
func FuzzManifest(f *testing.F) {
	f.Add("leverancier = \"vgz\"\nperiode_van = 2024-01-01\nperiode_tot = \"2024-01-31\"\nlevering = \"volledig\"\naangemaakt = 2024-02-01T12:00:00Z\nregels = 3\ntotaal = 12.50\n")
	f.Add("totaal = \"12345678901234.56\"")
	f.Add("totaal = -0.05\nregels = \"drie\"")
	f.Add("[totaal]\nx = 1")
	f.Add("regels = [1, {x = 2}]\nlevering = 3")
	f.Fuzz(func(t *testing.T, raw string) {
		hang := time.AfterFunc(fuzzTime, func() { panic("one manifest takes more than " + fuzzTime.String()) })
		defer hang.Stop()
		m, err := parseManifest(raw)
		if err != nil {
			if strings.Contains(err.Error(), "struct") && !strings.Contains(raw, "struct") {
				t.Errorf("tells Go: %s", err)
			}
			return
		}
		if m.Totaal == nil {
			return
		}
		again, err := parseManifest("totaal = \"" + EuroText(*m.Totaal) + "\"")
		if err != nil || *again.Totaal != *m.Totaal {
			t.Errorf("%s is read back as %v: %v", EuroText(*m.Totaal), again, err)
		}
		_, value, _ := strings.Cut(raw, "=")
		if exact, ok := new(big.Rat).SetString(strings.Trim(value, " \"\n")); ok && strings.HasPrefix(raw, "totaal") && new(big.Rat).SetInt64(*m.Totaal).Cmp(exact.Mul(exact, big.NewRat(100, 1))) != 0 {
			t.Errorf("%d cents for %s", *m.Totaal, value)
		}
	})
}
