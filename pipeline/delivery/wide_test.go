package delivery

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func wideSource() Source {
	return Source{Tabel: "aggregaat", Leverancier: "vektis", Bestanden: "x", UitNaam: "vektis_{jaar}_*.csv", Openbaar: true,
		Kolommen: map[string]string{"gebied": "gemeentenaam", "aantal_personen": "aantal_bsn", "verzekerdejaren": "aantal_verzekerdejaren"},
		Vast:     map[string]string{"domein": "zvw"},
		Waarden:  map[string]map[string]string{"geslacht": {"M": "1", "V": "2"}},
		Breed: map[string]Patterns{"medisch_specialistisch": {"kosten_medisch_specialistische_z*"}, "farmacie": {"kosten_farmacie"},
			"huisarts": {"kosten_huisarts_cons*", "kosten_huisarts_overig", "kosten_huisarts_*"}, "gzsp": {"kosten_gzsp"}},
		BreedOverig: "kosten_*"}
}

func TestWideFile(t *testing.T) {
	data := lines(
		"GESLACHT;LEEFTIJDSKLASSE;GEMEENTENAAM;AANTAL_BSN;AANTAL_VERZEKERDEJAREN;KOSTEN_MEDISCH_SPECIALISTISCHE_Z;KOSTEN_FARMACIE;KOSTEN_HUISARTS_CONSULT;KOSTEN_HUISARTS_OVERIG;KOSTEN_VERRASSING;KOSTEN_OVERIG;PROVINCIE",
		";;;999;123.45;10.5;0;1;2;;0;x",
		"M; 0 t/m  4 jaar;DORP;12;11.5;-1;0;0.1;0.2;5;6.25;x",
		"V;90+;DORP;10;9.25;0;0;;;0;0;x",
		"V;90+;DORP;10;9.25;0;1.255;;;0;3;x",
	)
	res := readAll(t, place(t, "aggregaat", "vektis_2019_gemeente.csv", data, wideSource()), Options{PieceBytes: 600})
	if res.err != nil {
		t.Fatal(res.err)
	}
	want := []string{
		"2|zvw|2019|<null>|<null>|<null>|medisch_specialistisch|999|123.45|10.50",
		"2|zvw|2019|<null>|<null>|<null>|huisarts|999|123.45|3.00",
		"3|zvw|2019|DORP|1|0-4|medisch_specialistisch|12|11.50|-1.00",
		"3|zvw|2019|DORP|1|0-4|huisarts|12|11.50|0.30",
		"3|zvw|2019|DORP|1|0-4|onbekend|12|11.50|11.25",
		"4|zvw|2019|DORP|2|90+|medisch_specialistisch|10|9.25|0.00",
	}
	if !slices.Equal(res.rows, want) {
		t.Errorf("got\n%s", strings.Join(res.rows, "\n"))
	}
	if !slices.Equal(res.unknown, []string{"KOSTEN_VERRASSING", "KOSTEN_OVERIG", "PROVINCIE"}) {
		t.Errorf("unknown %v", res.unknown)
	}
	if res.rules() != "5:KOSTEN_FARMACIE:te_veel_decimalen" || res.quarantine[0].AmountKnown {
		t.Errorf("%s", res.rules())
	}
	if c := res.counts; c.Lines != 4 || c.Rows != 6 || c.Cents != 2405 || c.QuarantinedCents != 0 || c.UnknownAmounts != 1 {
		t.Errorf("%+v", c)
	}
}

func TestWideFileRefused(t *testing.T) {
	header := "geslacht;leeftijdsklasse;gemeentenaam;aantal_bsn;aantal_verzekerdejaren"
	refused(t, readAll(t, place(t, "aggregaat", "vektis_2019_x.csv", lines(header+";bedragen"), wideSource()), Options{}).err, "none of the columns that breed lists")
	s := wideSource()
	s.Breed["apotheek"] = Patterns{"kosten_farm*"}
	if res := readAll(t, place(t, "aggregaat", "vektis_2019_x.csv", lines(header+";kosten_farmacie"), s), Options{}); res.err != nil {
		t.Errorf("the precise pattern goes first: %v", res.err)
	}
	s.Breed["farmacie"] = Patterns{"kosten_gzsp_x", "kosten_*macie"}
	refused(t, readAll(t, place(t, "aggregaat", "vektis_2019_x.csv", lines(header+";kosten_farmacie"), s), Options{}).err, "two patterns", "apotheek and farmacie")
}

// One pattern is the same mapping as it was before there could be more.
func TestPatternsInTheIdentity(t *testing.T) {
	for want, p := range map[string]Patterns{`"kosten_farmacie"`: {"kosten_farmacie"}, `["a","b*"]`: {"a", "b*"}} {
		if raw, err := json.Marshal(p); err != nil || string(raw) != want {
			t.Errorf("%s and not %s: %v", raw, want, err)
		}
	}
}
