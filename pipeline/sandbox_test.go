package pipeline

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"ontschot/pipeline/analysis"
)

// sandboxConn is a connection to an empty database.
func sandboxConn(t *testing.T) *sql.Conn {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func TestEveryQueryOfTheCatalogueMayBeAsked(t *testing.T) {
	catalogue, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	conn := sandboxConn(t)
	for _, q := range catalogue {
		if err := allowed(context.Background(), conn, q); err != nil {
			t.Error(err)
		}
	}
}

func TestEveryTableFunctionOfTheEngineIsJudged(t *testing.T) {
	conn := sandboxConn(t)
	rows, err := conn.QueryContext(context.Background(),
		"SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro') ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() // its error is that of Err
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil || len(names) < 80 {
		t.Fatalf("the engine has %d table functions: %v", len(names), err)
	}
	for _, name := range names {
		err := allowed(context.Background(), conn, analysis.Query{Path: "q.sql", SQL: `SELECT * FROM "` + name + `"(1)`})
		refused := err != nil && strings.HasPrefix(err.Error(), "q.sql:1: "+name+" is not allowed: ")
		reading := strings.HasPrefix(name, "read_") || strings.HasPrefix(name, "parquet_") || strings.HasSuffix(name, "_scan") || name == "glob"
		if reading && !refused || !refused && err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAParameterIsReadOnce(t *testing.T) {
	params, err := ParseParams([]string{"a=1", "b=x=y", "c="})
	if err != nil || params["a"] != "1" || params["b"] != "x=y" || params["c"] != "" {
		t.Errorf("%v, %v", params, err)
	}
	for _, wrong := range [][]string{{"a"}, {"=1"}, {"1a=1"}, {"a b=1"}, {"a=1", "a=1"}, {""}} {
		if params, err := ParseParams(wrong); err == nil || KindOf(err) != Misuse {
			t.Errorf("%q gives %v, %v", wrong, params, err)
		}
	}
}
