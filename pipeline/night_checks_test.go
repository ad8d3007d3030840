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
	t.Parallel()
	got := outcomes(nightKlein.get(t).night)
	expected := map[string]analysis.Outcome{
		"aansluiting_sluit":           analysis.Passed,
		"aantal_per_maand":            analysis.NotApplicable, // three years are too few
		"basisjaar_aanwezig":          analysis.Passed,
		"budget_zonder_gebied":        analysis.NotApplicable, // there is no budget
		"credit_bij_debet":            analysis.NotApplicable, // the credits are of the Zvw
		"credit_herhaalt_debet":       analysis.Failed,        // persons 11 and 12 are credited in part
		"credit_voor_debet":           analysis.Passed,
		"credit_zonder_debet":         analysis.Failed, // person 12
		"debet_tweemaal_gecrediteerd": analysis.Passed,
		"domein_in_pilot":             analysis.Failed, // Participatiewet comes per gemeente in 2018 and 2019
		"gelijke_regels":              analysis.Passed,
		"grootboek_klopt":             analysis.Passed,
		"levering_herhaald":           analysis.Passed,
		"maand_zonder_regels":         analysis.Failed,
		"meer_open_debetten":          analysis.Passed,
		"negatief_persoonjaar":        analysis.Failed, // person 12 in 2018
		"nieuw_debet_voor_credit":     analysis.NotApplicable,
		"onbekende_zorgsoort":         analysis.Passed,
		"ontleding_sluit":             analysis.Passed,
		"periode_in_maand":            analysis.Failed, // every line
		"periode_in_toewijzing":       analysis.Failed, // persons 01 and 10
		"persoon_eenduidig":           analysis.Passed,
		"persoon_zonder_verblijf":     analysis.Failed,         // person 08
		"prijs_per_eenheid":           analysis.NotApplicable,  // no code has thirty lines
		"regels_dubbel":               analysis.PassedWithRows, // person 12
		"regels_gelijk":               analysis.Passed,
		"regels_gewijzigd":            analysis.Failed, // person 11
		"regels_overlappen":           analysis.Passed,
		"stroom_sluit":                analysis.Passed,
		"toewijzingen_overlappen":     analysis.Passed,
		"verschuiving_sluit":          analysis.Passed,
		"wlz_naast_wmo":               analysis.Passed,
	}
	for check := range got {
		if _, ok := expected[check]; !ok {
			t.Errorf("check %s is not expected", check)
		}
	}
	for check, want := range expected {
		if got[check] != want {
			t.Errorf("check %s: %s, want %s", check, got[check], want)
		}
	}
}

// TestChecksAreQuietOnGoodData: a synthetic region has credits and late lines, and nothing that a check should stop at.
func TestChecksAreQuietOnGoodData(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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
