package queries_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"ontschot/pipeline"
	"ontschot/pipeline/analysis"
	"ontschot/pipeline/synthetic"
	"ontschot/pipeline/warehouse"
	"ontschot/queries"
)

func catalogue(t testing.TB) analysis.Catalogue {
	t.Helper()
	c, err := analysis.Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// regionFolder holds the region for as long as the tests run.
var regionFolder string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if regionFolder, err = os.MkdirTemp("", "vragen"); err != nil {
			panic(err)
		}
		defer os.RemoveAll(regionFolder)
		return m.Run()
	}())
}

// nationwide is an aggregate of another place, so that there is something to compare the region with.
const nationwide = `domein;jaar;gebied;geslacht;leeftijdsklasse;zorgsoort;aantal_personen;verzekerdejaren;bedrag
zvw;2017;Elders;1;30-34;medisch_specialistisch;1000;990.00;900000.00
zvw;2017;Elders;2;30-34;medisch_specialistisch;1000;980.00;1200000.00
zvw;2017;Elders;2;30-34;huisarts;1000;980.00;180000.00
`

// makeRegion runs one night on a small synthetic region.
var makeRegion = sync.OnceValue(func() error {
	ctx := context.Background()
	if _, err := synthetic.Write(ctx, regionFolder, synthetic.Options{
		People: 100, FirstYear: 2016, LastYear: 2018, Seed: 11, Format: "csv"}); err != nil {
		return err
	}
	folder := filepath.Join(regionFolder, "aanlevering", "landelijk")
	if err := errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, "aggregaat.csv"), []byte(nationwide), 0o600)); err != nil {
		return err
	}
	config, err := pipeline.ReadConfig(filepath.Join(regionFolder, "ontschot.toml"))
	if err != nil {
		return err
	}
	_, err = pipeline.Run(ctx, config, pipeline.Env{
		Now:      func() time.Time { return time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC) },
		Progress: pipeline.Silent{}, Version: "test",
	})
	return err
})

// region opens the warehouse of the region for reading only.
func region(t testing.TB) *warehouse.Warehouse {
	t.Helper()
	if err := makeRegion(); err != nil {
		t.Fatalf("the night failed: %v", err)
	}
	w, err := warehouse.OpenReader(context.Background(), regionFolder, warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// shell opens the published warehouse as anyone does who knows its path and nothing else: none of the program's settings
// hold.
func shell(t testing.TB) *sql.Conn {
	t.Helper()
	if err := makeRegion(); err != nil {
		t.Fatalf("the night failed: %v", err)
	}
	db, err := sql.Open("duckdb", filepath.Join(regionFolder, warehouse.FileName)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, err := range []error{conn.Close(), db.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
	})
	return conn
}

// answer runs a query as it stands; a value becomes its text and an unknown one <null>.
func answer(t testing.TB, w *warehouse.Warehouse, query string) (columns []string, rows [][]string) {
	t.Helper()
	return answerOn(t, w.Conn(), query)
}

func answerOn(t testing.TB, conn *sql.Conn, query string) (columns []string, rows [][]string) {
	t.Helper()
	result, err := conn.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatalf("running %.60s…: %v", query, err)
	}
	defer result.Close() // its error is that of Err
	if columns, err = result.Columns(); err != nil {
		t.Fatal(err)
	}
	for result.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := result.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := make([]string, len(columns))
		for i, v := range values {
			if row[i] = fmt.Sprint(v); v == nil {
				row[i] = "<null>"
			}
		}
		rows = append(rows, row)
	}
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	return columns, rows
}
