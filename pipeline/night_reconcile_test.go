package pipeline_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2" // the engine, to damage a warehouse

	"ontschot/pipeline"
)

// nightSupply is a supplier and a law.
type nightSupply struct{ supplier, domain string }

// nightRecount adds up what the files say, in cents, with a plain CSV reader: every readable amount with the sign of
// debet_credit, wherever its line ends up. The same content twice counts once.
func nightRecount(t testing.TB, dir string) map[nightSupply]int64 {
	t.Helper()
	total := map[nightSupply]int64{}
	seen := map[[32]byte]bool{}
	for _, pattern := range []string{"declaraties*.csv", "aggregaat*.csv"} {
		paths, err := filepath.Glob(filepath.Join(dir, "aanlevering", "*", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if hash := sha256.Sum256(content); seen[hash] {
				continue
			} else {
				seen[hash] = true
			}
			reader := csv.NewReader(strings.NewReader(string(content)))
			reader.Comma = ';'
			lines, err := reader.ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			at := map[string]int{}
			for i, name := range lines[0] {
				at[name] = i
			}
			for _, line := range lines[1:] {
				cents, _ := oracleParseDecimal(line[at["bedrag"]], 2)
				if i, there := at["debet_credit"]; there && line[i] == "C" {
					cents = -cents
				}
				domain := line[at["domein"]]
				if !oracleDomains[domain] {
					domain = "onbekend"
				}
				total[nightSupply{filepath.Base(filepath.Dir(path)), domain}] += cents
			}
		}
	}
	return total
}

// cents reads a bedrag of a table.
func nightCents(t testing.TB, text string) int64 {
	t.Helper()
	cents, ok := oracleParseDecimal(text, 2)
	if !ok {
		t.Fatalf("%q is not an amount in cents", text)
	}
	return cents
}

// nightReconcile says, a line each, where the euros of a region do not add up, from the delivered files (their
// recounted totals) to the last breakdown.
func nightReconcile(t testing.TB, r nightRegion, files map[nightSupply]int64) (wrong []string) {
	t.Helper()
	say := func(what string, got, want int64) {
		if got != want {
			wrong = append(wrong, fmt.Sprintf("%s is %s, want %s", what, oracleEuros(got), oracleEuros(want)))
		}
	}
	type cell struct{ supplier, domain, year string }
	posts := map[cell]map[string]int64{}
	delivered, modelled := map[nightSupply]int64{}, map[cell]int64{}
	table := r.table(t, "aansluiting", []string{"leverancier", "domein", "jaar", "post"}, []string{"bedrag"})
	for _, row := range table.Rows {
		at, cents := cell{row.Key[0], row.Key[1], row.Key[2]}, nightCents(t, row.Values["bedrag"])
		if posts[at] == nil {
			posts[at] = map[string]int64{}
		}
		posts[at][row.Key[3]] += cents
		switch row.Key[3] {
		case "aangeleverd":
			delivered[nightSupply{at.supplier, at.domain}] += cents
		case "gemodelleerd":
			modelled[cell{"", at.domain, at.year}] += cents
			modelled[cell{"", "", at.year}] += cents
		}
	}
	for at, p := range posts {
		say(fmt.Sprintf("aangeleverd of %v", at), p["aangeleverd"], p["in_quarantaine"]+p["dubbel"]+p["vervangen"]+p["gewist"]+p["geladen"])
		say(fmt.Sprintf("geladen of %v", at), p["geladen"], p["credit_zonder_debet"]+p["niet_in_bevolking"]+p["gemodelleerd"])
	}
	for at, cents := range files {
		say(fmt.Sprintf("aangeleverd of %v", at), delivered[at], cents)
	}
	for at, cents := range delivered {
		say(fmt.Sprintf("the files of %v", at), files[at], cents)
	}
	complete := map[string]bool{}
	byDomain, byCare, byLijn := map[cell]int64{}, map[cell]int64{}, map[cell]int64{}
	for _, row := range r.table(t, "kosten_per_domein", []string{"jaar", "gebied", "domein"}, []string{"bedrag", "status"}).Rows {
		if row.Key[1] == "regio" {
			byDomain[cell{"", row.Key[2], row.Key[0]}] += nightCents(t, row.Values["bedrag"])
			complete[row.Key[0]] = complete[row.Key[0]] || row.Values["status"] != "onvolledig"
		}
	}
	for _, row := range r.table(t, "kosten_per_zorgsoort", []string{"jaar", "gebied", "domein", "zorgsoort"}, []string{"bedrag"}).Rows {
		if row.Key[1] == "regio" {
			byCare[cell{"", row.Key[2], row.Key[0]}] += nightCents(t, row.Values["bedrag"])
		}
	}
	for _, row := range r.table(t, "verschuiving_lijn", []string{"jaar", "gebied", "lijn"}, []string{"bedrag"}).Rows {
		if row.Key[1] == "regio" {
			byLijn[cell{"", "", row.Key[0]}] += nightCents(t, row.Values["bedrag"])
		}
	}
	for at, cents := range modelled {
		if at.domain != "" {
			say(fmt.Sprintf("kosten_per_domein of %v", at), byDomain[at], cents)
			say(fmt.Sprintf("kosten_per_zorgsoort of %v", at), byCare[at], cents)
		} else if complete[at.year] {
			say(fmt.Sprintf("verschuiving_lijn of %v", at), byLijn[at], cents)
		}
	}
	for at, cents := range byDomain {
		say(fmt.Sprintf("gemodelleerd of %v", at), modelled[at], cents)
	}
	return wrong
}

// TestEveryEuroReconciles follows every euro from the files to every breakdown, to the cent.
func TestEveryEuroReconciles(t *testing.T) {
	t.Parallel()
	for name, shared := range map[string]*nightShared{"klein": &nightKlein, "synthetic": &nightSmall} {
		t.Run(name, func(t *testing.T) {
			region := shared.get(t)
			files := nightRecount(t, region.dir)
			if len(files) < 5 {
				t.Fatalf("only %d supplies recounted", len(files))
			}
			for _, wrong := range nightReconcile(t, region, files) {
				t.Error(wrong)
			}
		})
	}
}

// TestLostLineIsNoticed shows that the reconciliation fails when a file loses a line before it is loaded.
func TestLostLineIsNoticed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	files := nightRecount(t, dir)
	path := filepath.Join(dir, "aanlevering", "vgz", "declaraties_wlz.csv")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(content), "\n")
	if err := os.WriteFile(path, []byte(strings.Join(append(lines[:2:2], lines[3:]...), "")), 0o600); err != nil {
		t.Fatal(err)
	}
	nightMustNotice(t, nightReconcile(t, nightRun(t, dir), files), "{vgz wlz}")
}

// TestLostRowIsNoticed shows that the reconciliation fails when the warehouse loses a row after it was loaded.
func TestLostRowIsNoticed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	region := nightRun(t, dir)
	files := nightRecount(t, dir)
	if wrong := nightReconcile(t, region, files); len(wrong) > 0 {
		t.Fatalf("the untouched region does not reconcile: %v", wrong)
	}
	db, err := sql.Open("duckdb", filepath.Join(dir, "warehouse.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	done, err := db.Exec(`DELETE FROM opslag.declaraties WHERE regel_id = (SELECT min(regel_id) FROM levering.declaraties WHERE domein = 'wlz')`)
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := done.RowsAffected(); err != nil || rows != 1 {
		t.Fatalf("%d rows deleted, want 1 (%v)", rows, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := pipeline.Run(context.Background(), region.config, nightEnv()); err != nil {
		if pipeline.KindOf(err) != pipeline.Refused {
			t.Fatalf("the second night failed for another reason: %v", err)
		}
		return // the night's own check noticed and published nothing
	}
	nightMustNotice(t, nightReconcile(t, region, files), "{vgz wlz}")
}

func nightMustNotice(t *testing.T, wrong []string, where string) {
	t.Helper()
	if len(wrong) == 0 {
		t.Fatal("a lost line was not noticed")
	}
	for _, w := range wrong {
		if !strings.Contains(w, where) {
			t.Errorf("more than the lost line differs: %s", w)
		}
	}
}
