package analysis

import (
	"bytes"
	"context"
	"os"
	"testing"
)

// TestALargeSheetStaysOffTheSystemsTemporaryFolder writes a sheet of more than the library keeps in memory.
func TestALargeSheetStaysOffTheSystemsTemporaryFolder(t *testing.T) {
	system, own := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", system)
	large := query(Indicator, "q", "SELECT repeat('x', 1000) || nr AS tekst FROM range(20000) AS r (nr)")
	watch := watched{t: t, used: own, never: system}
	rows, err := Export(context.Background(), engine(t), large, Answer{Format: "xlsx", Temporary: own}, &watch)
	if err != nil || rows != 20000 || watch.Len() == 0 {
		t.Errorf("%d rows, %d bytes: %v", rows, watch.Len(), err)
	}
	if n := entries(t, own); n > 0 {
		t.Errorf("%d files were left behind", n)
	}
}

// watched is an answer during whose writing one folder has something, and another nothing.
type watched struct {
	bytes.Buffer
	t           *testing.T
	used, never string
}

func (w *watched) Write(p []byte) (int, error) {
	if entries(w.t, w.used) == 0 || entries(w.t, w.never) > 0 {
		w.t.Errorf("there are %d temporary files in the folder for them, and %d in that of the system", entries(w.t, w.used), entries(w.t, w.never))
	}
	return w.Buffer.Write(p)
}

func entries(t *testing.T, folder string) int {
	t.Helper()
	found, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}
