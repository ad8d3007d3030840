package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// refusedInOneLine is how a statement is refused: where, what is not allowed, and what to do instead.
var refusedInOneLine = regexp.MustCompile(`^ontschot: .*vraag\.sql(:1)?: (\S+ is not allowed: .+|it must hold one SELECT and nothing else)\n$`)

// refuses FILE asks every line of a file as a query of its own, on the region regio: each is refused in one line, exit code 2.
func refuses(ts *testscript.TestScript, _ bool, args []string) {
	for statement, got := range asked(ts, args[0]) {
		if got.code != 2 || got.stdout != "" || !refusedInOneLine.MatchString(got.stderr) {
			ts.Fatalf("%s: exit code %d, stdout %q, stderr %q", statement, got.code, got.stdout, got.stderr)
		}
	}
}

// answers FILE asks every line of a file as a query of its own: each is answered.
func answers(ts *testscript.TestScript, _ bool, args []string) {
	for statement, got := range asked(ts, args[0]) {
		if got.code != 0 || got.stdout == "" {
			ts.Fatalf("%s: exit code %d, stdout %q, stderr %q", statement, got.code, got.stdout, got.stderr)
		}
	}
}

// asked tells how each line of a file ended as a query.
func asked(ts *testscript.TestScript, file string) func(yield func(string, outcome) bool) {
	return func(yield func(string, outcome) bool) {
		dir, err := os.MkdirTemp("", "vraag")
		ts.Check(err)
		defer os.RemoveAll(dir)
		question := filepath.Join(dir, "vraag.sql")
		lines := strings.Split(strings.TrimSpace(ts.ReadFile(file)), "\n")
		if len(lines) < 5 {
			ts.Fatalf("%s has %d lines", file, len(lines))
		}
		for _, line := range lines {
			line = strings.ReplaceAll(line, "$WORK", ts.MkAbs("."))
			ts.Check(os.WriteFile(question, []byte(line), 0o600))
			var stdout, stderr bytes.Buffer
			code := run(context.Background(), []string{"query", "-c", ts.MkAbs("regio/ontschot.toml"), question}, &stdout, &stderr)
			if !yield(line, outcome{code, stdout.String(), stderr.String()}) {
				return
			}
		}
	}
}

// TestTheListOfWaysOutIsWhole keeps the list of ways out from shrinking unseen.
func TestTheListOfWaysOutIsWhole(t *testing.T) {
	raw, err := os.ReadFile("testdata/a_query_reaches_no_file_and_changes_nothing.txtar")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(raw), "-- uitwegen.txt --\n")
	for _, way := range []string{
		"COPY (", " FROM 'regio/", "EXPORT DATABASE", "read_csv(", "read_parquet(", "read_text(", "read_blob(", "read_json(", "glob(", "ATTACH", "INSTALL",
		"LOAD", "SET ", "RESET", "PRAGMA", "getenv", "https://", "s3://", "CREATE TABLE", "INSERT", "UPDATE", "DELETE", "DROP", "CALL", "; DROP",
		"EXPLAIN ANALYZE", "query_table(", "query(", "duckdb_secrets", "UPDATE EXTENSIONS", "current_setting(", "duckdb_logs", "enable_logging",
		"parquet_metadata", "sniff_csv", "sqlite_scan", "json_execute_serialized_sql", "EXECUTE", "SET VARIABLE", "getvariable", "read_duckdb",
	} {
		if !strings.Contains(list, way) {
			t.Errorf("nothing tries %s", way)
		}
	}
}
