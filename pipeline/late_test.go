package pipeline

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// TestWhatIsLate looks at sources by the paths of what was delivered.
func TestWhatIsLate(t *testing.T) {
	c, dir, err := readText(t, `werkmap = "werk"
[[bron]]
leverancier = "vgz"
tabel = "declaraties"
bestanden = "werk/aanlevering/zvw/*.csv"
verwacht = "maandelijks, dag 10"
[[bron]]
leverancier = "vgz"
tabel = "declaraties"
bestanden = "werk/aanlevering/wlz/*.csv"
verwacht = "per kwartaal, dag 15"
[[bron]]
leverancier = "cbs"
bestanden = "elders/*.csv"
verwacht = "jaarlijks, 1 april"
[[bron]]
leverancier = "maastricht"
tabel = "budget"
bestanden = "werk/aanlevering/budget*.csv"
`)
	if err != nil {
		t.Fatal(err)
	}
	day := func(text string) time.Time {
		moment, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	now := day("2026-11-22").Add(4 * time.Hour)
	delivered := []deliveredFile{
		{table: "declaraties", file: "aanlevering/zvw/a.csv", date: day("2026-10-09")},
		{table: "declaraties", file: "aanlevering/zvw/b.csv", date: day("2026-09-09")}, // loaded later, and older
		{table: "toewijzingen", file: "aanlevering/zvw/c.csv", date: day("2026-11-20")},
		{table: "declaraties", file: "aanlevering/zvw/diep/d.csv", date: day("2026-11-20")},
		{table: "declaraties", file: "aanlevering/wlz/e.csv", date: day("2026-10-01")},
		{table: "bevolking", file: "../elders/f.csv", date: day("2026-03-31")},
	}
	late, err := c.late(delivered, now)
	if err != nil {
		t.Fatal(err)
	}
	want := []Late{{Supplier: "vgz", Table: "declaraties", Files: "werk/aanlevering/zvw/*.csv", Schedule: "maandelijks, dag 10", Since: "2026-11-10", Missed: 1, Newest: "2026-10-09"}}
	if fmt.Sprint(late) != fmt.Sprint(want) || len(late) != 1 || late[0] != want[0] {
		t.Errorf("late is %+v, want %+v", late, want)
	}
	if late, err = c.late(nil, now); err != nil || len(late) != 3 || late[2].Newest != "" || late[2].Since != "2026-04-01" {
		t.Errorf("without a delivery late is %+v, %v", late, err)
	}
	// A file outside the working folder may be in the delivered with its whole path.
	delivered[5].file = filepath.ToSlash(filepath.Join(dir, "elders", "f.csv"))
	if late, err = c.late(delivered[5:], now); err != nil || len(late) != 2 {
		t.Errorf("late is %+v, %v", late, err)
	}
}
