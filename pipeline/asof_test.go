package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline/warehouse"
)

// delivered reads the lines of a file that the region delivered: its header, and the rest.
func delivered(t *testing.T, c *Config, supplier, name string) (header string, lines []string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(c.WorkDir(), "aanlevering", supplier, name))
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Split(strings.TrimSpace(string(raw)), "\n")
	return all[0], all[1:]
}

func deliver(t *testing.T, c *Config, supplier, name, header string, lines []string) {
	t.Helper()
	text := header + "\n" + strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(c.WorkDir(), "aanlevering", supplier, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// deliverCorrections delivers one more file: lines with other amounts, credits, persons who moved or are gone, new persons, or other
// grants.
func deliverCorrections(t *testing.T, c *Config, r *rand.Rand, nr int) {
	t.Helper()
	const supplier = "maastricht"
	switch nr % 5 {
	case 0, 1, 2:
		header, lines := delivered(t, c, supplier, "declaraties_wmo_2016.csv")
		at := func(column string) int { return slices.Index(strings.Split(header, ";"), column) }
		var out []string
		for range 40 {
			cells := strings.Split(lines[r.IntN(len(lines))], ";")
			switch nr % 5 {
			case 0: // the same line with another amount
				cells[at("bedrag")] = fmt.Sprintf("%d.%02d", 10+r.IntN(900), r.IntN(100))
			case 1: // credited
				if cells[at("debet_credit")] == "C" {
					continue
				}
				cells[at("vorige_regel_id")], cells[at("debet_credit")] = cells[at("regel_id")], "C"
				cells[at("regel_id")] += fmt.Sprint("C", nr)
			default: // somebody nobody knew
				cells[at("regel_id")] += fmt.Sprint("N", nr)
				cells[at("pseudoniem")] = fmt.Sprintf("nieuwpseudoniem%06d", r.IntN(50))
			}
			out = append(out, strings.Join(cells, ";"))
		}
		deliver(t, c, supplier, fmt.Sprintf("declaraties_later_%02d.csv", nr), header, out)
	case 3: // the whole population, with others gone and moved
		header, lines := delivered(t, c, supplier, "bevolking.csv")
		for range 30 {
			i, j := r.IntN(len(lines)), r.IntN(len(lines))
			from, to := strings.Split(lines[i], ";"), strings.Split(lines[j], ";")
			from[4], to[4] = to[4], from[4]
			lines[i], lines[j] = strings.Join(from, ";"), strings.Join(to, ";")
		}
		deliver(t, c, supplier, fmt.Sprintf("bevolking_later_%02d.csv", nr), header, lines[5:])
	default:
		header, lines := delivered(t, c, supplier, "toewijzingen.csv")
		deliver(t, c, supplier, fmt.Sprintf("toewijzingen_later_%02d.csv", nr), header, lines[nr:])
	}
}

// TestAsOfARunGivesWhatThatRunLeft: after twenty more deliveries with corrections, in four nights, every table of every run comes out of
// the data of then with the bytes that the run left.
func TestAsOfARunGivesWhatThatRunLeft(t *testing.T) {
	t.Parallel()
	c := syntheticRegion(t, 300)
	r := rand.New(rand.NewPCG(1, 2))
	var runs []string
	night := func(day int) {
		t.Helper()
		n, err := gateNight(c, day, nil)
		if err != nil {
			t.Fatal(err)
		}
		runs = append(runs, n.Run)
	}
	night(1)
	for nr := range 20 {
		deliverCorrections(t, c, r, nr)
		if nr%5 == 4 {
			night(2 + nr)
		}
	}
	differ := false
	for i, id := range runs {
		tables := resultsAsOf(t, c, id)
		if len(tables) < 20 {
			t.Errorf("run %s: %d tables", id, len(tables))
		}
		for name, raw := range tables {
			left, err := os.ReadFile(filepath.Join(c.WorkDir(), "runs", id, name))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(raw, left) {
				t.Errorf("run %s: %s as of it is not what it left", id, name)
			}
			if i > 0 {
				before, err := os.ReadFile(filepath.Join(c.WorkDir(), "runs", runs[i-1], name))
				differ = differ || err == nil && !bytes.Equal(left, before)
			}
		}
	}
	if !differ {
		t.Error("the corrections changed nothing: the test shows nothing")
	}
	if left, _ := filepath.Glob(filepath.Join(c.WorkDir(), ".peil-*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// resultsAsOf makes every table as of a run, as Parquet, by the name of its file.
func resultsAsOf(t *testing.T, c *Config, id string) map[string][]byte {
	t.Helper()
	ctx := context.Background()
	w, err := openReader(ctx, c, gateEnv(29, nil))
	if err != nil {
		t.Fatal(err)
	}
	run, err := findRun(ctx, c, w, id)
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	err = withAsOf(ctx, c, gateEnv(29, nil), run, func(n *night, known Known) error {
		if len(known.Since) > 0 {
			t.Errorf("run %s: %v", id, known.Since)
		}
		n.folder = t.TempDir()
		if err := n.exportResults(ctx); err != nil {
			return err
		}
		paths, err := filepath.Glob(filepath.Join(n.folder, "*.parquet"))
		for _, path := range paths {
			raw, readErr := os.ReadFile(path)
			err = errors.Join(err, readErr)
			out[filepath.Base(path)] = raw
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAsOfSaysWhatDiffersFromThen: an erasure, a code list and the configuration are named; the folder of a process that is gone is removed.
func TestAsOfSaysWhatDiffersFromThen(t *testing.T) {
	t.Parallel()
	c := gateRegion(t)
	n, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, people := delivered(t, c, "maastricht", "bevolking.csv")
	gone, _, _ := strings.Cut(people[0], ";")
	if _, err := Erase(context.Background(), c, gateEnv(2, nil), strings.NewReader(gone+"\n"), "lijst"); err != nil {
		t.Fatal(err)
	}
	c.Regio.Basisjaar = 2016
	left := filepath.Join(c.WorkDir(), ".peil-999999999-1")
	if err := os.Mkdir(left, 0o700); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	known, err := Ask(context.Background(), c, gateEnv(3, nil), Asked{Name: "kosten_per_domein", Format: "csv", AsOf: n.Run}, &out)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{erasedSince, settingsChanged}
	if !slices.Equal(known.Since, want) {
		t.Errorf("since: %q, not %q", known.Since, want)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there: %v", left, err)
	}
	_, err = Ask(context.Background(), c, gateEnv(3, nil), Asked{Name: "kosten_per_domein", Format: "csv", AsOf: "20200101T000000Z"}, &out)
	if KindOf(err) != Misuse {
		t.Errorf("as of a run that is not there: %v", err)
	}
}

// TestChangedSinceKnowsAnOlderRun: a run from before versions were noted is said to be such.
func TestChangedSinceKnowsAnOlderRun(t *testing.T) {
	if since := changedSince(warehouse.Run{ID: "20200101T000000Z"}, nil); len(since) != 1 || !strings.Contains(since[0], "not known") {
		t.Errorf("since: %q", since)
	}
}
