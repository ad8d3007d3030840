package pipeline_test

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// workbookText is everything that stands in a workbook.
func workbookText(t *testing.T, path string) string {
	t.Helper()
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() // only read
	var text strings.Builder
	for _, part := range book.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&text, r); err != nil {
			t.Fatal(err)
		}
		r.Close() // only read
	}
	return text.String()
}

// TestTheWorkbookSaysWhatIsMissing delivers a law without persons, and then no budget and no national figures: the first
// sheet and the empty sheets say so.
func TestTheWorkbookSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightSynthetic(t, dir, 100, 2017, 2018, 3)
	for _, pattern := range []string{"declaraties_participatiewet_*", "budget*"} {
		paths, err := filepath.Glob(filepath.Join(dir, "aanlevering", "maastricht", pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no %s in the region (%v)", pattern, err)
		}
		for _, path := range paths {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	nightDeliver(t, dir, "maastricht", "aggregaat_pw", "domein;jaar;gebied;zorgsoort;bedrag",
		[]string{"participatiewet;2017;GM0935;participatiewet_uitkering;1000.00", "participatiewet;2018;GM0935;participatiewet_uitkering;900.00"},
		"leverancier = \"maastricht\"\naangemaakt = 2020-02-01\n")
	text := workbookText(t, nightRun(t, dir).night.Workbooks[0])
	for _, want := range []string{
		"Alleen geaggregeerd aangeleverd, in een of meer jaren: participatiewet.", "Er is geen budget aangeleverd", "Er zijn geen landelijke cijfers aangeleverd",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the workbook does not say: %s", want)
		}
	}
}
