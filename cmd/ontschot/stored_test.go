package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline/delivery"
)

// storedDelivery is one delivery as the ledger has it, beside what is in the tables.
type storedDelivery struct {
	ID      int    `json:"levering_id"`
	Table   string `json:"tabel"`
	Content string `json:"inhoud"`   // of the file, as the ledger has it; empty without a row in the ledger
	Booked  string `json:"geboekt"`  // lines, euros, quarantined lines and euros, says the ledger
	Stored  string `json:"aanwezig"` // the same, counted in the tables
	Rows    string `json:"afdruk"`   // a fingerprint of every stored value
}

// stored asks the published warehouse what it holds, in the order of loading. There is
// nothing when there is no warehouse yet.
func stored(t *testing.T, dir string) []storedDelivery {
	t.Helper()
	question := filepath.Join(t.TempDir(), "aanwezig.sql")
	if err := os.WriteFile(question, []byte(storedQuery()), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := os.Stat(filepath.Join(dir, "warehouse.duckdb"))
	out := ontschot(t, "query", "-c", filepath.Join(dir, "ontschot.toml"), question, "--format", "json")
	if errors.Is(err, fs.ErrNotExist) {
		if out.code != 2 || !strings.Contains(out.stderr, "there is no warehouse yet") {
			t.Errorf("without a warehouse a question ends with exit code %d: %s", out.code, out.stderr)
		}
		return nil
	}
	if out.code != 0 {
		t.Fatalf("the warehouse cannot be read, exit code %d: %s", out.code, out.stderr)
	}
	var have []storedDelivery
	if err := json.Unmarshal([]byte(out.stdout), &have); err != nil {
		t.Fatal(err)
	}
	return have
}

// storedQuery sets the ledger beside what is in the tables; a row of a delivery that is
// not in the ledger comes out too.
func storedQuery() string {
	var tables []string
	for _, table := range delivery.Tables() {
		has := func(column string) bool {
			return slices.ContainsFunc(table.Columns, func(c delivery.Column) bool { return c.Name == column })
		}
		euros := "0"
		switch {
		case has("bedrag") && has("debet_credit"):
			euros = "sum(CASE debet_credit WHEN 'C' THEN -bedrag ELSE bedrag END)"
		case has("bedrag"):
			euros = "sum(bedrag)"
		}
		tables = append(tables, fmt.Sprintf(`SELECT levering_id, '%[1]s' AS tabel, count(*) AS regels, %[2]s AS bedrag,
			bit_xor(hash(r)) AS afdruk FROM levering.%[1]s AS r GROUP BY levering_id`, table.Name, euros))
	}
	return `WITH aanwezig AS (` + strings.Join(tables, "\nUNION ALL ") + `),
	wachtend AS (SELECT levering_id, tabel, count(*) AS regels, sum(bedrag) AS bedrag, bit_xor(hash(q)) AS afdruk
		FROM levering.quarantaine AS q GROUP BY levering_id, tabel)
	SELECT coalesce(g.levering_id, a.levering_id, w.levering_id) AS levering_id, coalesce(g.tabel, a.tabel, w.tabel) AS tabel,
		coalesce(g.inhoud, '') AS inhoud,
		concat_ws(' ', g.geladen, g.bedrag - g.bedrag_in_quarantaine, g.in_quarantaine, g.bedrag_in_quarantaine) AS geboekt,
		concat_ws(' ', coalesce(a.regels, 0), CAST(coalesce(a.bedrag, 0) AS DECIMAL(18,2)),
			coalesce(w.regels, 0), CAST(coalesce(w.bedrag, 0) AS DECIMAL(18,2))) AS aanwezig,
		concat_ws(' ', a.afdruk, w.afdruk) AS afdruk
	FROM levering.grootboek AS g
	FULL JOIN aanwezig AS a ON a.levering_id = g.levering_id AND a.tabel = g.tabel
	FULL JOIN wachtend AS w ON w.levering_id = g.levering_id AND w.tabel = g.tabel
	ORDER BY 1, 2, 3`
}

// checkWhole compares with the end of an undisturbed load: nothing but the first so many
// deliveries of it, at least so many as there were, each complete.
func checkWhole(t *testing.T, moment string, have, full []storedDelivery, least int) {
	t.Helper()
	for i, d := range have {
		switch {
		case d.Booked != d.Stored:
			t.Errorf("%s: delivery %d (%s) has %q in the ledger and %q in the tables", moment, d.ID, d.Table, d.Booked, d.Stored)
		case i >= len(full) || d != full[i]:
			t.Errorf("%s: the delivery at place %d is %+v, not that of an undisturbed load", moment, i+1, d)
		}
	}
	if len(have) < least {
		t.Errorf("%s: %d deliveries are left of %d", moment, len(have), least)
	}
}

// checkTidy refuses whatever stands in a region and is no part of its state: what an
// ended night leaves would fill the disk of the next.
func checkTidy(t *testing.T, moment, dir string) {
	t.Helper()
	for folder, expected := range map[string][]string{
		".":         {".ontschot.lock", "aanlevering", "audit.log", "ontschot.toml", "rapporten", "runs", "waarheid.json", "warehouse.duckdb"},
		"rapporten": {"arrangementenmonitor-gemeente.xlsx", "arrangementenmonitor-vgz.xlsx"},
	} {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !slices.Contains(expected, e.Name()) {
				t.Errorf("%s: %s was left behind", moment, filepath.Join(folder, e.Name()))
			}
		}
	}
}

// outcome is how a command ended.
type outcome struct {
	code           int
	stdout, stderr string
}

// done tells whether a load did all its work: the lines in quarantine are meant to be there.
func (o outcome) done() bool { return o.code == 0 || o.code == 3 }

// ontschot runs the real program.
func ontschot(t *testing.T, args ...string) outcome {
	t.Helper()
	return finish(t, exec.CommandContext(t.Context(), "ontschot", args...))
}

// finish runs a command to its end.
func finish(t *testing.T, c *exec.Cmd) outcome {
	t.Helper()
	var stdout, stderr strings.Builder
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		t.Fatal(err)
	}
	return outcome{code: c.ProcessState.ExitCode(), stdout: stdout.String(), stderr: stderr.String()}
}

// load runs one load that must do all its work.
func load(t *testing.T, dir string) {
	t.Helper()
	if out := ontschot(t, "load", "-c", filepath.Join(dir, "ontschot.toml")); !out.done() {
		t.Fatalf("load: exit code %d: %s", out.code, out.stderr)
	}
}

// regionToLoad makes a synthetic region that has not been loaded: claims and people,
// lines that cannot be read, and money in tables of their own.
func regionToLoad(t *testing.T, people string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "regio")
	if out := ontschot(t, "demo", dir, "--people", people, "--years", "2016-2018"); out.code != 0 {
		t.Fatalf("demo: exit code %d: %s", out.code, out.stderr)
	}
	claims := filepath.Join(dir, "aanlevering", "vgz", "declaraties_zvw_2017.csv")
	raw, err := os.ReadFile(claims)
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.Replace(string(raw), ";2017-01-", ";2017-13-", 4) // four dates that cannot be read
	for path, text := range map[string]string{
		claims: broken,
		filepath.Join(dir, "aanlevering", "maastricht", "budget_wijken.csv"): "domein;jaar;gebied;post;bedrag\n" +
			"wmo;2016;GM0935;subsidie;120000.55\nwmo;2017;GM0935;subsidie;99999.99\njeugdwet;2017;GM0935;lumpsum;0.01\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// copyOf copies a region, so that every load begins alike.
func copyOf(t *testing.T, region string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "regio")
	if err := os.CopyFS(dir, os.DirFS(region)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// holdBack takes the deliveries that fit a pattern out of a region until [bringBack].
func holdBack(t *testing.T, dir string, patterns ...string) {
	t.Helper()
	for _, pattern := range patterns {
		move(t, filepath.Join(dir, "aanlevering"), dir+"-later", pattern)
	}
}

func bringBack(t *testing.T, dir string) {
	t.Helper()
	move(t, dir+"-later", filepath.Join(dir, "aanlevering"), "*")
}

func move(t *testing.T, from, to, pattern string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(from, "*", pattern))
	if err != nil || len(paths) == 0 {
		t.Fatalf("nothing in %s fits %s: %v", from, pattern, err)
	}
	for _, path := range paths {
		target := filepath.Join(to, filepath.Base(filepath.Dir(path)), filepath.Base(path))
		if err := errors.Join(os.MkdirAll(filepath.Dir(target), 0o700), os.Rename(path, target)); err != nil {
			t.Fatal(err)
		}
	}
}

// loadedHalf loads the first deliveries of a region and leaves the others to be loaded.
// Those come last in the order of loading, so that they get the numbers that they would have had.
func loadedHalf(t *testing.T, region string) string {
	t.Helper()
	dir := copyOf(t, region)
	holdBack(t, dir, "declaraties_zvw_*", "bevolking*", "toewijzingen*", "deelname*", "budget*")
	load(t, dir)
	bringBack(t, dir)
	return dir
}
