// Package golden reads, for tests, the files of published numbers that lie beside the project.
package golden

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Rows reads a CSV file, each row by the names of its columns. The test skips, saying so, where the file is not there.
func Rows(tb testing.TB, name string) (rows []map[string]string) {
	tb.Helper()
	file, err := os.Open(filepath.Join(root(tb), "..", "shared", "golden", name))
	if errors.Is(err, fs.ErrNotExist) {
		tb.Skipf("the published numbers are not here: put %s in ../shared/golden beside the project", name)
	}
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// root is the folder of the project: the one above the test that has go.mod.
func root(tb testing.TB) string {
	tb.Helper()
	folder, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		above := filepath.Dir(folder)
		if above == folder {
			tb.Fatal("there is no go.mod above this test")
		}
		folder = above
	}
}
