package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"

	"ontschot/pipeline"
	"ontschot/pipeline/analysis"
)

func outcomes(n *pipeline.Night) map[string]analysis.Outcome {
	found := map[string]analysis.Outcome{}
	for _, f := range n.Findings {
		found[f.Query.Name] = f.Outcome()
	}
	return found
}

// TestChecksFindWhatIsWrongInKlein: testdata/klein has every oddity once, and its README says which.
func TestChecksFindWhatIsWrongInKlein(t *testing.T) {
	got := outcomes(nightKlein.get(t).night)
	for check, want := range map[string]analysis.Outcome{
		"aansluiting_sluit":       analysis.Passed,
		"basisjaar_aanwezig":      analysis.Passed,
		"credit_herhaalt_debet":   analysis.Failed, // persons 11 and 12 are credited in part
		"credit_zonder_debet":     analysis.Failed, // person 12
		"domein_in_pilot":         analysis.Failed, // Participatiewet comes per gemeente in 2018 and 2019
		"gelijke_regels":          analysis.Passed,
		"grootboek_klopt":         analysis.Passed,
		"maand_zonder_regels":     analysis.Failed,
		"negatief_persoonjaar":    analysis.Failed, // person 12 in 2018
		"persoon_eenduidig":       analysis.Passed,
		"persoon_zonder_verblijf": analysis.Failed, // person 08
	} {
		if got[check] != want {
			t.Errorf("check %s: %s, want %s", check, got[check], want)
		}
	}
	if len(got) < 11 {
		t.Errorf("%d checks ran, some are gone", len(got))
	}
}

// TestChecksAreQuietOnGoodData: a synthetic region has credits and late lines, and nothing that a check should stop at.
func TestChecksAreQuietOnGoodData(t *testing.T) {
	if testing.Short() {
		t.Skip("the large region")
	}
	for check, outcome := range outcomes(nightLarge.get(t).night) {
		if outcome == analysis.Failed {
			t.Errorf("check %s failed on good data", check)
		}
	}
}

// TestTwoBirthYearsOfOnePersonAreSeen: a pseudonym that two people share.
func TestTwoBirthYearsOfOnePersonAreSeen(t *testing.T) {
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	// The newest bevolking of the supplier replaces the one before, so that the second person comes from another supplier.
	folder := filepath.Join(dir, "aanlevering", "ander")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	second := "pseudoniem;huishouden;geboortejaar;geslacht;buurt;begindatum;einddatum;reden_einde\n" +
		"klein-persoon-03;;1931;1;BU09350101;2019-06-01;;\n"
	if err := os.WriteFile(filepath.Join(folder, "bevolking.csv"), []byte(second), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := outcomes(nightRun(t, dir).night)["persoon_eenduidig"]; got != analysis.Failed {
		t.Errorf("check persoon_eenduidig: %s, want %s", got, analysis.Failed)
	}
}

// TestAnOutcomeTellsPassingFromPassingWithFailedRows follows the limit of a check.
func TestAnOutcomeTellsPassingFromPassingWithFailedRows(t *testing.T) {
	for _, c := range []struct {
		failed, checked int64
		limit           float64
		want            analysis.Outcome
	}{
		{0, 0, 0, analysis.NotApplicable},
		{0, 100, 0, analysis.Passed},
		{1, 100, 0, analysis.Failed},
		{1, 100, 0.01, analysis.PassedWithRows},
		{2, 100, 0.01, analysis.Failed},
	} {
		f := analysis.Finding{Failed: c.failed, Checked: c.checked}
		f.Query.Limit = c.limit
		if got := f.Outcome(); got != c.want {
			t.Errorf("%d of %d with limit %v: %s, want %s", c.failed, c.checked, c.limit, got, c.want)
		}
	}
}
