package pipeline_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ontschot/queries"
)

var nightPseudonym = regexp.MustCompile(`\b[0-9a-f]{32}\b`)

// TestRelabelledPersonsChangeNothing gives every person another pseudonym, in every file: all answers stay as they are.
func TestRelabelledPersonsChangeNothing(t *testing.T) {
	t.Parallel()
	own, other := t.TempDir(), t.TempDir()
	nightUnruly(t, own, 5)
	if err := os.CopyFS(other, os.DirFS(own)); err != nil {
		t.Fatal(err)
	}
	renamed := 0
	err := filepath.WalkDir(filepath.Join(other, "aanlevering"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".csv") {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		content = nightPseudonym.ReplaceAllFunc(content, func(p []byte) []byte {
			renamed++
			sum := sha256.Sum256(append([]byte("anders"), p...))
			return []byte(hex.EncodeToString(sum[:16]))
		})
		return os.WriteFile(path, content, 0o600)
	})
	if err != nil || renamed == 0 {
		t.Fatalf("%d pseudonyms renamed: %v", renamed, err)
	}
	a, b := nightRun(t, own), nightRun(t, other)
	indicators, err := fs.Glob(queries.Files, "indicator/*.sql")
	if err != nil || len(indicators) == 0 {
		t.Fatalf("no indicators: %v", err)
	}
	for _, path := range indicators {
		name := strings.TrimSuffix(filepath.Base(path), ".sql")
		if !bytes.Equal(a.ask(t, name, "json"), b.ask(t, name, "json")) {
			t.Errorf("%s changed with the names of persons", name)
		}
	}
}

// nightValues reads one column of a table for one year, by the other keys.
func nightValues(t testing.TB, r nightRegion, table, column string, year int, keys ...string) map[string]string {
	t.Helper()
	values := map[string]string{}
	for _, row := range r.table(t, table, append([]string{"jaar"}, keys...), []string{column}).Rows {
		if row.Key[0] == fmt.Sprint(year) {
			values[strings.Join(row.Key[1:], " ")] = row.Values[column]
		}
	}
	if len(values) == 0 {
		t.Fatalf("%s has no %s of %d", table, column, year)
	}
	return values
}

// nightOpposite is the decimal text of the amount with the other sign.
func nightOpposite(text string) string {
	switch {
	case text == "" || strings.Trim(text, "0.") == "":
		return text
	case strings.HasPrefix(text, "-"):
		return text[1:]
	}
	return "-" + text
}

// TestSwappedYearsMirror compares 2018 with 2017 and then 2017 with 2018: every change, shift and factor has the other
// sign, and every flow goes the other way.
func TestSwappedYearsMirror(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightUnruly(t, dir, 7)
	forward := nightRun(t, dir)
	type measured struct{ table, column, key string }
	there := map[measured]map[string]string{}
	for _, m := range []measured{
		{"verschuiving_domein", "delta", "domein"}, {"verschuiving_domein", "groei", "domein"}, {"verschuiving_domein", "verschuiving", "domein"},
		{"verschuiving_lijn", "verschuiving", "lijn"}, {"ontleding", "effect", "factor"}, {"ontleding", "delta", "factor"},
	} {
		keys := []string{"gebied", m.key}
		if m.table == "ontleding" {
			keys = []string{"gebied", "domein", "factor"}
		}
		there[m] = nightValues(t, forward, m.table, m.column, 2018, keys...)
	}
	flows := nightValues(t, forward, "stroom_personen", "bedrag", 2018, "gebied", "van", "naar")

	path := filepath.Join(dir, "ontschot.toml")
	settings, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	swapped := bytes.Replace(settings, []byte("basisjaar = 2017"), []byte("basisjaar = 2018"), 1)
	if bytes.Equal(swapped, settings) {
		t.Fatal("the base year does not stand in ontschot.toml")
	}
	if err := os.WriteFile(path, swapped, 0o600); err != nil {
		t.Fatal(err)
	}
	backward := nightRun(t, dir)
	for m, want := range there {
		keys := []string{"gebied", m.key}
		if m.table == "ontleding" {
			keys = []string{"gebied", "domein", "factor"}
		}
		got := nightValues(t, backward, m.table, m.column, 2017, keys...)
		for key := range want {
			if got[key] != nightOpposite(want[key]) {
				t.Errorf("%s.%s of %s is %q one way and %q the other", m.table, m.column, key, want[key], got[key])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d rows one way, %d the other", m.table, len(want), len(got))
		}
	}
	turned := map[string]string{}
	for key, amount := range nightValues(t, backward, "stroom_personen", "bedrag", 2017, "gebied", "van", "naar") {
		part := strings.Fields(key)
		turned[part[0]+" "+nightTurned(part[2])+" "+nightTurned(part[1])] = amount
	}
	if !maps.Equal(turned, flows) {
		t.Errorf("flows one way %v, the other way and turned %v", flows, turned)
	}
}

// nightTurned is what a word of a flow is called when the flow goes the other way.
func nightTurned(word string) string {
	switch word {
	case "nieuw":
		return "weg"
	case "weg":
		return "nieuw"
	}
	return word
}
