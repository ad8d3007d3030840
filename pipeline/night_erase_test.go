package pipeline_test

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline"
)

// nightErase erases persons from a region.
func nightErase(t testing.TB, r nightRegion, persons ...string) *pipeline.Night {
	t.Helper()
	night, err := pipeline.Erase(context.Background(), r.config, nightEnv(), strings.NewReader(strings.Join(persons, "\n")), "the list")
	if err != nil {
		t.Fatalf("erasing failed: %v", err)
	}
	return night
}

// nightSelect is what a SELECT gives on the published warehouse, a row a line.
func nightSelect(t testing.TB, r nightRegion, query string) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vraag.sql")
	if err := os.WriteFile(path, []byte(query), 0o600); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(r.ask(t, path, "csv"))), "\n")[1:]
}

// nightOthers are the figures of everybody but these persons, from every table that a researcher may build on.
func nightOthers(t testing.TB, r nightRegion, persons []string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, table := range []string{
		"model.kosten", "model.persoonjaar", "model.arrangement", "levering.declaraties", "levering.bevolking", "levering.toewijzingen", "levering.deelname",
	} {
		rows := nightSelect(t, r, "SELECT * FROM "+table)
		found[table] = slices.DeleteFunc(rows, func(row string) bool {
			return slices.ContainsFunc(persons, func(p string) bool { return strings.Contains(row, p) })
		})
		slices.Sort(found[table])
	}
	return found
}

// TestErasingKeepsTheRest erases many persons: every euro still reconciles, each year of what was delivered stays as it
// was, and nobody else's figures change, also when the same persons come back in a new file.
func TestErasingKeepsTheRest(t *testing.T) {
	t.Parallel()
	nightOnBoth(t, func(t *testing.T, name string, region nightRegion) {
		dir := region.dir
		files := nightRecount(t, dir)
		var persons []string
		for i, p := range nightSelect(t, region, "SELECT DISTINCT pseudoniem FROM levering.bevolking UNION SELECT DISTINCT pseudoniem FROM levering.declaraties ORDER BY 1") {
			if i%3 == 2 { // in klein those without whom there are fewer years stay
				persons = append(persons, p)
			}
		}
		const delivered = "SELECT leverancier, domein, jaar, bedrag, regels FROM uitkomst.aansluiting WHERE post = 'aangeleverd' ORDER BY 1, 2, 3"
		before, others := nightSelect(t, region, delivered), nightOthers(t, region, persons)

		night := nightErase(t, region, persons...)
		if e := night.Erasure; int(e.Asked) != len(persons) || e.Found != e.Asked {
			t.Errorf("erased %d of %d", e.Found, e.Asked)
		}
		after := nightRun(t, dir)
		if len(after.night.Loaded) != 0 {
			t.Errorf("the night after loaded %d files again", len(after.night.Loaded))
		}
		if after.night.Fingerprint == region.night.Fingerprint {
			t.Error("the fingerprint is the same with persons and without")
		}
		for _, wrong := range nightReconcile(t, after, files) {
			t.Error(wrong)
		}
		if got := nightSelect(t, after, delivered); !slices.Equal(got, before) {
			t.Errorf("delivered by year is\n%s\nand was\n%s", strings.Join(got, "\n"), strings.Join(before, "\n"))
		}
		for table, want := range others {
			if got := nightOthers(t, after, nil)[table]; !slices.Equal(got, want) {
				t.Errorf("%s: %d rows, want the %d of the others", table, len(got), len(want))
			}
		}
		if len(nightSelect(t, after, "SELECT 1 AS een FROM uitkomst.aansluiting WHERE post = 'gewist' AND bedrag <> 0")) == 0 {
			t.Error("the reconciliation shows nothing of what was erased")
		}

		// The same lines in other bytes: doubles for those who stayed, erased for those who are gone.
		path := filepath.Join(dir, "aanlevering", "vgz", "declaraties_wlz.csv")
		if name == "synthetic" {
			path = filepath.Join(dir, "aanlevering", "vgz", "declaraties_zvw_2017.csv")
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		again := filepath.Join(filepath.Dir(path), "declaraties_nogmaals.csv")
		if err := os.WriteFile(again, append(content, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
		if content[len(content)-1] == '\n' {
			if err := os.WriteFile(again, content[:len(content)-1], 0o600); err != nil {
				t.Fatal(err)
			}
		}
		last := nightRun(t, dir)
		if len(last.night.Loaded) != 1 || last.night.Loaded[0].Erased == 0 {
			t.Errorf("the new file became %+v", last.night.Loaded)
		}
		for _, wrong := range nightReconcile(t, last, nightRecount(t, dir)) {
			t.Error(wrong)
		}
		if got := nightOthers(t, last, nil); !slices.Equal(got["model.kosten"], others["model.kosten"]) {
			t.Error("model.kosten changed by a file of doubles and erased persons")
		}
	})
}

// TestNothingIsLeftOfThePseudonym searches every byte outside aanlevering/ for the pseudonym, and inside workbooks; the
// answers in runs/ have no column that could hold a person.
func TestNothingIsLeftOfThePseudonym(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	region := nightRun(t, dir)
	person := nightSelect(t, region, "SELECT min(pseudoniem) AS pseudoniem FROM levering.declaraties WHERE domein = 'wlz'")[0]
	if len(nightWhere(t, dir, person)) == 0 {
		t.Fatal("the pseudonym is found nowhere before: the search finds nothing")
	}
	nightErase(t, region, person)
	for _, at := range nightWhere(t, dir, person) {
		t.Errorf("the pseudonym is still in %s", at)
	}
	nightRun(t, dir)
	for _, at := range nightWhere(t, dir, person) {
		t.Errorf("after the next night the pseudonym is in %s", at)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var columns int
	err = db.QueryRow(fmt.Sprintf("SELECT count(*) FROM parquet_schema('%s') WHERE name IN ('pseudoniem', 'persoon', 'huishouden', 'regel_id')",
		filepath.Join(dir, "runs", "*", "*.parquet"))).Scan(&columns)
	if err != nil || columns != 0 {
		t.Errorf("%d columns of persons in the results of runs (%v)", columns, err)
	}
}

// nightWhere lists the files outside aanlevering/ that hold a text, packed or not.
func nightWhere(t testing.TB, dir, text string) (found []string) {
	t.Helper()
	look := func(name string, r io.Reader) {
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(text)) {
			found = append(found, name)
		}
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == "aanlevering" {
				return fs.SkipDir
			}
			return err
		}
		if filepath.Ext(path) == ".xlsx" {
			book, err := zip.OpenReader(path)
			if err != nil {
				return err
			}
			defer book.Close()
			for _, part := range book.File {
				r, err := part.Open()
				if err != nil {
					return err
				}
				look(path+" "+part.Name, r)
			}
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		look(path, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestErasedUnderAnotherKey hashes the list like a delivery, and refuses to load under a key that no longer recognises
// who was erased.
func TestErasedUnderAnotherKey(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	person := nightPersonOf(t, filepath.Join(dir, "aanlevering", "vgz", "declaraties_wlz.csv"))
	key := filepath.Join(dir, "sleutel")
	settings := filepath.Join(dir, "ontschot.toml")
	content, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, append(content, "\n[pseudoniem]\nsleutelbestand = \"sleutel\"\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	open := func(secret string) nightRegion {
		if err := os.WriteFile(key, []byte(secret), 0o600); err != nil {
			t.Fatal(err)
		}
		config, err := pipeline.ReadConfig(settings)
		if err != nil {
			t.Fatal(err)
		}
		return nightRegion{dir: dir, config: config}
	}
	region := open("de eerste geheime sleutel")
	if e := nightErase(t, region, person).Erasure; e.Found != 0 || e.Before != 0 {
		t.Errorf("before there is a warehouse: %+v", e)
	}
	load := func(r nightRegion) (erased int64, err error) {
		night, err := pipeline.Load(context.Background(), r.config, nightEnv(), nil)
		for _, l := range night.Loaded {
			erased += l.Erased
		}
		return erased, err
	}
	if erased, err := load(region); err != nil || erased == 0 {
		t.Fatalf("%d lines were left out (%v)", erased, err)
	}
	region = open("een tweede geheime sleutel")
	if _, err := load(region); pipeline.KindOf(err) != pipeline.Misuse || err == nil {
		t.Fatalf("loading under another key: %v", err)
	}
	nightErase(t, region, person)
	if erased, err := load(region); err != nil || erased == 0 {
		t.Fatalf("%d lines were left out (%v)", erased, err)
	}
	if e := nightErase(t, region, person).Erasure; e.Found != 0 || e.Before != 1 {
		t.Errorf("erasing again: %+v", e)
	}
}

// nightPersonOf is the pseudonym on the first line of a file.
func nightPersonOf(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(content), "\n")
	at := slices.Index(strings.Split(strings.TrimPrefix(lines[0], "\ufeff"), ";"), "pseudoniem")
	return strings.Split(lines[1], ";")[at]
}

// TestErasingKeepsTheMonthsOfAFullDelivery erases the one whose lines reach further than those of others: what the
// delivery replaced stays replaced.
func TestErasingKeepsTheMonthsOfAFullDelivery(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	folder := filepath.Join(dir, "aanlevering", "thuiszorg")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	const header = "domein;regel_id;debet_credit;pseudoniem;codelijst;prestatiecode;productcategorie;begindatum;einddatum;bedrag\n"
	line := func(id, person, month string) string {
		return fmt.Sprintf("wmo;%s;D;klein-persoon-%s;WMO020;01A02;01;2018-%[3]s-03;2018-%[3]s-04;10.00\n", id, person, month)
	}
	for name, content := range map[string]string{
		"declaraties_1.csv":               header + line("a", "05", "01") + line("b", "05", "02") + line("c", "05", "03"),
		"declaraties_1.csv.manifest.toml": "leverancier = \"thuiszorg\"\nlevering = \"aanvulling\"\naangemaakt = 2021-01-01\n",
		"declaraties_2.csv":               header + line("d", "09", "01") + line("e", "05", "02") + line("f", "09", "03"),
		"declaraties_2.csv.manifest.toml": "leverancier = \"thuiszorg\"\nlevering = \"volledig\"\naangemaakt = 2021-02-01\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const replaced = "SELECT count(*) AS n FROM model.regel WHERE leverancier = 'thuiszorg' AND bestemming = 'vervangen'"
	region := nightRun(t, dir)
	if got := nightSelect(t, region, replaced)[0]; got != "3" {
		t.Fatalf("%s lines are replaced, want 3", got)
	}
	nightErase(t, region, "klein-persoon-09")
	if got := nightSelect(t, nightRun(t, dir), replaced)[0]; got != "3" {
		t.Errorf("after erasing %s lines are replaced, want 3", got)
	}
}
