package report

import (
	"strings"
	"testing"
)

// TestASeriesHoldsWhatItsKindHas orders what one order was written for, and leaves the rest of a chart as it is.
func TestASeriesHoldsWhatItsKindHas(t *testing.T) {
	const written = `<idx val="0"/><tx><f>A1</f></tx><spPr><a:ln/></spPr><dPt><idx val="1"/></dPt><dLbls/><marker><symbol val="none"/></marker><invertIfNegative val="0"/><cat/><val/><smooth val="0"/>`
	for kind, want := range map[string]string{
		"barChart":  `<idx val="0"/><tx><f>A1</f></tx><spPr><a:ln/></spPr><invertIfNegative val="0"/><dPt><idx val="1"/></dPt><dLbls/><cat/><val/>`,
		"lineChart": `<idx val="0"/><tx><f>A1</f></tx><spPr><a:ln/></spPr><marker><symbol val="none"/></marker><dPt><idx val="1"/></dPt><dLbls/><cat/><val/><smooth val="0"/>`,
		"areaChart": `<idx val="0"/><tx><f>A1</f></tx><spPr><a:ln/></spPr><dPt><idx val="1"/></dPt><dLbls/><cat/><val/>`,
		"newChart":  written,
	} {
		chart := `<?xml version="1.0"?><chart><` + kind + `><order/><ser>SERIES</ser><ser>SERIES</ser><dLbls/></` + kind + `><catAx/></chart>`
		got, err := orderSeries([]byte(strings.ReplaceAll(chart, "SERIES", written)))
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.ReplaceAll(chart, "SERIES", want); string(got) != want {
			t.Errorf("%s\n got %s\nwant %s", kind, got, want)
		}
	}
	if _, err := orderSeries([]byte("<chart><a")); err == nil {
		t.Error("a broken chart is taken")
	}
}
