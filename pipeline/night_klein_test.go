package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"
)

// TestKlein compares every answer on testdata/klein with the oracle and with what is written in verwacht/.
func TestKlein(t *testing.T) {
	t.Parallel()
	region := nightKlein.get(t)
	if got := region.night.Quarantined(); got != 9 {
		t.Errorf("%d lines in quarantine, testdata/klein/README.md says eight of declaraties and one of bevolking", got)
	}
	if got := region.night.Known; got != 1 {
		t.Errorf("%d files known already, want the copy only", got)
	}
	o := oracleKlein(t)
	region.compare(t, o)
	for _, table := range o.Tables() {
		written, err := os.ReadFile(filepath.Join("..", "testdata", "klein", "verwacht", table.Name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, difference := range oracleDiff(table.parse(t, written), table.parse(t, region.ask(t, table.Name, "json"))) {
			t.Errorf("verwacht/: %s", difference)
		}
	}
}
