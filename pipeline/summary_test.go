package pipeline

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"ontschot/pipeline/delivery"
)

// worstNight is a night in which everything there is to tell happened five hundred times.
func worstNight() *Manifest {
	const many = 500
	m := &Manifest{Run: "20261122T030000Z", Status: statusDone, Morning: Morning{Action: ActionRun, RefusedLines: 7, RefusedCents: 303_50, Changes: &Changes{Against: "x", Known: true, Nights: 9}}}
	for i := range many {
		name := fmt.Sprintf("aanlevering/leverancier_%03d/%s/declaraties.csv", i, strings.Repeat("zeer_", 30))
		m.Loaded = append(m.Loaded, ManifestInput{File: name, Table: "declaraties", Supplier: fmt.Sprint("leverancier ", i), Lines: 100, Cents: 1_00, Quarantined: 3, Erased: 2, UnknownColumns: []string{"één\n", "twee"}})
		m.Quarantine = append(m.Quarantine, QuarantineStatus{Rule: fmt.Sprint("regel", i), Table: "declaraties", Lines: 3, Euros: "12.50"})
		m.Refused = append(m.Refused, name+":1: column bedrag: the column is missing")
		m.Unknown = append(m.Unknown, name)
		m.Late = append(m.Late, Late{Supplier: "vgz", Table: "declaraties", Files: name, Schedule: delivery.Schedule("maandelijks, dag 10"), Since: "2026-11-10", Missed: 1})
		m.Checks = append(m.Checks, ManifestCheck{Name: fmt.Sprint("check", i), Outcome: "gefaald", Failed: 1, Checked: 2, Example: strings.Repeat("é", 200)})
		m.Changes.Figures = append(m.Changes.Figures, Change{Domain: "zvw", Year: 2000 + i, Measure: "bedrag_centen", Before: 1, Now: 5})
		m.Removed = append(m.Removed, Removed{Path: name})
		m.Outputs = append(m.Outputs, ManifestOutput{File: fmt.Sprintf("rapporten/werkboek-%d.xlsx", i)})
	}
	return m
}

func TestASummaryFitsOnAScreenWhateverHappened(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(m *Manifest){
		"everything":        func(*Manifest) {},
		"refused":           func(m *Manifest) { m.Status, m.Outputs = "geweigerd", nil },
		"only refused":      func(m *Manifest) { *m = Manifest{Run: m.Run, Status: "geweigerd", Refused: m.Refused} },
		"only quarantine":   func(m *Manifest) { *m = Manifest{Run: m.Run, Status: statusDone, Loaded: m.Loaded} },
		"load":              func(m *Manifest) { m.Action = ActionLoad },
		"nothing at all":    func(m *Manifest) { *m = Manifest{Run: m.Run, Status: statusDone} },
		"an older manifest": func(m *Manifest) { m.Morning = Morning{} },
	} {
		m := worstNight()
		change(m)
		lines := m.Summary()
		if len(lines) > SummaryLines || len(lines) == 0 {
			t.Errorf("%s: %d lines", name, len(lines))
		}
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > SummaryColumns || n == 0 || strings.ContainsAny(line, "\n\r\t") {
				t.Errorf("%s: a line of %d: %q", name, n, line)
			}
		}
	}
}

func TestWhatDoesNotFitIsCounted(t *testing.T) {
	t.Parallel()
	m := worstNight()
	text := strings.Join(m.Summary(), "\n") + "\n"
	// Each kind has room for two lines here, one and how many more there are; the first two kinds have one line more.
	for _, want := range []string{
		"run 20261122T030000Z: 500 deliveries loaded (50000 lines, 500.00 euros), 0 known, 500 refused\n",
		"came in: declaraties of leverancier 0: 1 deliveries, 100 lines, 1.00 euros\ncame in: declaraties of leverancier 1: 1 deliveries, 100 lines, 1.00 euros\n" +
			"came in: ... and 498 more: see runs/20261122T030000Z/manifest.json\n",
		"quarantine: ... and 498 more: see ", "because: ... and 499 more: see ",
		"refused: 500 files whole; before they were refused 7 lines and 303.50 euros of them were read\nrefused: ... and 500 more: see ",
		"not recognised: ... and 499 more: see ", "late: ... and 499 more: see ", "check: ... and 499 more: see ", "changed: ... and 500 more: see ", "removed: ... and 500 more: see ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	// All of it is in the manifest, which is JSON.
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var back Manifest
	if err := json.Unmarshal(raw, &back); err != nil || len(back.Late) != 500 || len(back.Changes.Figures) != 500 || back.Action != ActionRun {
		t.Errorf("read back: %v", err)
	}
}
