package pipeline

import (
	"path/filepath"
	"testing"

	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/report"
)

// TestAnEnglishWorkbookPassesTheGate gives one recipient its workbook in English, beside one in Dutch: a night and a
// release publish both.
func TestAnEnglishWorkbookPassesTheGate(t *testing.T) {
	t.Parallel()
	c := gateRegion(t)
	c.Ontvanger[0].Taal = "en"
	night, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"DRAFT – internal", "CONCEPT – intern"} {
		if !holdsText(t, night.Workbooks[i], want) {
			t.Errorf("%s does not say %q", filepath.Base(night.Workbooks[i]), want)
		}
	}
	released, err := Release(t.Context(), c, gateEnv(2, nil), "")
	if err != nil {
		t.Fatal(err)
	}
	if !holdsText(t, released.Workbooks[0], "As at: date of the latest delivery") {
		t.Error("the release is not in English")
	}
}

func holdsText(t *testing.T, path, want string) bool {
	t.Helper()
	found := false
	if err := report.ReadBack(path, func(f disclosure.Found) { found = found || f.Text == want }); err != nil {
		t.Fatal(err)
	}
	return found
}
