package delivery

import (
	"strings"
	"testing"
	"time"
)

// Every rule of the contract for lines, one wrong line each between two good ones.
func TestClaimRules(t *testing.T) {
	with := func(pairs ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	for _, tc := range []struct {
		name    string
		changes map[string]string
		want    string // column:rule, empty = accepted
		cents   int64
		unknown bool
	}{
		{"good", nil, "", 0, false},
		{"required empty", with("regel_id", ""), "regel_id:verplicht_veld_leeg", 123450, false},
		{"required blank", with("codelijst", "  "), "codelijst:verplicht_veld_leeg", 123450, false},
		{"optional empty", with("volume", "", "eenheid", "", "declaratiedatum", ""), "", 0, false},
		{"unknown domain", with("domein", "awbz"), "domein:onbekend_domein", 123450, false},
		{"wrong debet_credit", with("debet_credit", "X"), "debet_credit:geen_toegestane_waarde", 123450, false},
		{"credit without reference", with("debet_credit", "C"), "vorige_regel_id:credit_zonder_verwijzing", 123450, false},
		{"credit with reference", with("debet_credit", "C", "vorige_regel_id", "r0"), "", 0, false},
		{"short pseudonym", with("pseudoniem", "kort"), "pseudoniem:te_kort", 123450, false},
		{"long pseudonym", with("pseudoniem", strings.Repeat("a", 129)), "pseudoniem:te_lang", 123450, false},
		{"longest pseudonym in characters", with("pseudoniem", strings.Repeat("é", 128)), "", 0, false},
		{"long code", with("prestatiecode", strings.Repeat("1", 16)), "prestatiecode:te_lang", 123450, false},
		{"no such day", with("begindatum", "2023-02-29"), "begindatum:geen_datum", 123450, false},
		{"month 13", with("einddatum", "2024-13-01"), "einddatum:geen_datum", 123450, false},
		{"other pattern", with("declaratiedatum", "01-03-2024"), "declaratiedatum:geen_datum", 123450, false},
		{"end before begin", with("einddatum", "2024-01-30"), "einddatum:einde_voor_begin", 123450, false},
		{"one day", with("einddatum", "2024-01-31"), "", 0, false},
		{"begin before 2000", with("begindatum", "1999-12-31"), "begindatum:begindatum_voor_2000", 123450, false},
		{"begin in 2000", with("begindatum", "2000-01-01"), "", 0, false},
		{"begin on the delivery's day", with("begindatum", "2024-07-01", "einddatum", "2024-07-02"), "", 0, false},
		{"begin after delivery", with("begindatum", "2024-07-02", "einddatum", "2024-07-02"), "begindatum:begindatum_na_levering", 123450, false},
		{"negative", with("bedrag", "-0.01"), "bedrag:bedrag_negatief", -1, false},
		{"zero", with("bedrag", "0"), "", 0, false},
		{"three decimals", with("bedrag", "1.255"), "bedrag:te_veel_decimalen", 0, true},
		{"comma", with("bedrag", "1,25"), "bedrag:geen_bedrag", 0, true},
		{"exponent", with("bedrag", "1e3"), "bedrag:geen_bedrag", 0, true},
		{"no amount", with("bedrag", ""), "bedrag:verplicht_veld_leeg", 0, true},
		{"ends in point", with("bedrag", "12."), "bedrag:geen_bedrag", 0, true},
		{"largest", with("bedrag", "999999999999.99"), "", 0, false},
		{"too large", with("bedrag", "1000000000000.00"), "bedrag:getal_te_groot", 0, true},
		{"volume no number", with("volume", "veel"), "volume:geen_getal", 123450, false},
		{"volume four decimals", with("volume", "1.0001"), "volume:te_veel_decimalen", 123450, false},
		{"control character", with("aanbieder", "a\x01b"), "aanbieder:ongeldige_tekens", 123450, false},
		{"invalid utf-8", with("aanbieder", "a\xffb"), "aanbieder:ongeldige_tekens", 123450, false},
		{"C1 control", with("aanbieder", "a\u0085b"), "aanbieder:ongeldige_tekens", 123450, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data := lines(claimsHeader(), strings.Join(claim(nil), ";"), strings.Join(claim(tc.changes), ";"), strings.Join(claim(nil), ";"))
			res := readAll(t, place(t, "declaraties", "declaraties.csv", data, Source{}), Options{})
			if res.err != nil {
				t.Fatal(res.err)
			}
			if tc.want == "" {
				if len(res.quarantine) != 0 || len(res.rows) != 3 {
					t.Fatalf("quarantined: %s", res.rules())
				}
				return
			}
			if res.rules() != "3:"+tc.want || len(res.rows) != 2 {
				t.Fatalf("got %q and %d rows", res.rules(), len(res.rows))
			}
			q := res.quarantine[0]
			if q.Cents != tc.cents || q.AmountKnown == tc.unknown {
				t.Errorf("amount %d, known %v", q.Cents, q.AmountKnown)
			}
			if want := 2*123450 + q.signed(); res.counts.Cents != want || res.counts.QuarantinedCents != q.signed() {
				t.Errorf("counts %+v, want %d cents", res.counts, want)
			}
		})
	}
}

func TestQuarantinedLineKeepsWhatCouldBeRead(t *testing.T) {
	bad := claim(map[string]string{"debet_credit": "C", "volume": "x"})
	res := readAll(t, place(t, "declaraties", "declaraties.csv", lines(claimsHeader(), strings.Join(bad, ";")), Source{}), Options{})
	q := res.quarantine[0]
	if q.Domain != "zvw" || q.DebitCredit != "C" || q.CodeList != "041" || q.Begin.FormattedString() != "2024-01-31" ||
		q.End.FormattedString() != "2024-02-29" || *q.Year != 2024 || q.Cents != 123450 || !q.AmountKnown {
		t.Errorf("%+v", q)
	}
	if res.counts.Cents != -123450 || res.counts.QuarantinedCents != -123450 {
		t.Errorf("%+v", res.counts)
	}
}

func TestOtherTables(t *testing.T) {
	const p = "0123456789abcdef"
	for _, tc := range []struct{ table, header, line, want string }{
		{"bevolking", "pseudoniem;geboortejaar;geslacht;buurt;begindatum;einddatum;reden_einde", p + ";1950;1;BU09350101;2015-01-01;;", ""},
		{"bevolking", "pseudoniem;geboortejaar;geslacht;buurt;begindatum", p + ";1950;3;BU09350101;2015-01-01", "geslacht:geen_toegestane_waarde"},
		{"bevolking", "pseudoniem;geboortejaar;geslacht;buurt;begindatum", p + ";1950;1;WK09350101;2015-01-01", "buurt:geen_buurtcode"},
		{"bevolking", "pseudoniem;geboortejaar;geslacht;buurt;begindatum", p + ";50;1;BU09350101;2015-01-01", "geboortejaar:geen_jaar"},
		{"bevolking", "pseudoniem;geboortejaar;geslacht;buurt;begindatum", p + ";x;1;BU09350101;2015-01-01", "geboortejaar:geen_getal"},
		{"bevolking", "pseudoniem;geboortejaar;geslacht;buurt;begindatum", p + ";1950;1;BU09350101;1899-12-31", "begindatum:datum_voor_1900"},
		{"bevolking", "pseudoniem;geboortejaar;geslacht;buurt;begindatum", p + ";1950;1;BU09350101;2030-01-01", ""},
		{"bevolking", "pseudoniem;geboortejaar;geslacht;buurt;begindatum;einddatum", p + ";1950;1;BU09350101;2015-01-02;2015-01-01", "einddatum:einde_voor_begin"},
		{"verzekering", "pseudoniem;begindatum", p + ";2015-01-01", ""},
		{"toewijzingen", "domein;toewijzing_id;pseudoniem;productcategorie;begindatum", "wmo;t1;" + p + ";01;2015-01-01", ""},
		{"deelname", "project;pseudoniem;begindatum", "blauwe_zorg;" + p + ";2015-01-01", ""},
		{"aggregaat", "domein;jaar;gebied;leeftijdsklasse;zorgsoort;bedrag", "wlz;2020;GM0935;90+;wlz_verblijf;-12.5", ""},
		{"aggregaat", "domein;jaar;gebied;leeftijdsklasse;zorgsoort;bedrag", "wlz;2020;GM0935; 5 t/m  9 jaar;wlz_verblijf;12.50", ""},
		{"aggregaat", "domein;jaar;gebied;leeftijdsklasse;zorgsoort;bedrag", "wlz;2020;GM0935;5-10;wlz_verblijf;12.50", "leeftijdsklasse:geen_toegestane_waarde"},
		{"aggregaat", "domein;jaar;gebied;geslacht;zorgsoort;bedrag", "wlz;2020;GM0935;M;wlz_verblijf;12.50", "geslacht:geen_toegestane_waarde"},
		{"budget", "domein;jaar;gebied;post;bedrag", "wmo;2020;GM0935;lumpsum;1000000", ""},
		{"budget", "domein;jaar;gebied;post;bedrag", "wmo;2020;GM0935;geschenk;1000000", "post:geen_toegestane_waarde"},
	} {
		t.Run(tc.table+" "+tc.want, func(t *testing.T) {
			res := readAll(t, place(t, tc.table, tc.table+".csv", lines(tc.header, tc.line), Source{}), Options{})
			got := strings.TrimPrefix(res.rules(), "2:")
			if res.err != nil || got != tc.want {
				t.Errorf("got %q, err %v", got, res.err)
			}
		})
	}
	res := readAll(t, place(t, "verzekering", "verzekering.csv", lines("pseudoniem;begindatum", p+";2015-01-01"), Source{}), Options{})
	if res.rows[0] != "2|vgz|"+p+"|2015-01-01|<null>" {
		t.Errorf("the supplier is filled in: %s", res.rows[0])
	}
}

func TestLineNumbersAndFieldCount(t *testing.T) {
	header := claimsHeader() + ";toelichting"
	row := func(id, note string) string {
		return strings.Join(claim(map[string]string{"regel_id": id}), ";") + ";" + note
	}
	data := header + "\r\n" + row("a", "\"een\r\ntwee\ndrie\"") + "\r\n\r\n" + row("b", `"zegt ""ja"""`) + "\r\n" +
		row("c", "te;veel") + "\r\n" + row("d", `"ja" nee`) + "\r\n" + row("e", "") // no newline at the end
	res := readAll(t, place(t, "declaraties", "declaraties.csv", []byte(data), Source{}), Options{})
	if res.err != nil {
		t.Fatal(res.err)
	}
	if res.rules() != "7::aantal_velden 8::aanhalingstekens" {
		t.Errorf("%s", res.rules())
	}
	var numbers []string
	for _, r := range res.rows {
		numbers = append(numbers, strings.SplitN(r, "|", 2)[0])
	}
	if got := strings.Join(numbers, " "); got != "2 6 9" {
		t.Errorf("line numbers %s", got)
	}
	if len(res.unknown) != 1 || res.unknown[0] != "toelichting" || res.counts.Lines != 5 || res.counts.UnknownAmounts != 2 {
		t.Errorf("%v %+v", res.unknown, res.counts)
	}
}

func TestDialects(t *testing.T) {
	s := Source{Scheiding: "|", Decimaal: ",", Duizendtal: ".", Datum: "d/m/jjjj", Tekenset: "windows-1252", Teken: "bedrag",
		Kolommen: map[string]string{"regel_id": "DECLNR", "vorige_regel_id": "DECLNR", "bedrag": "VERGOED_*"},
		Vast:     map[string]string{"domein": "zvw", "codelijst": "041"},
		Waarden:  map[string]map[string]string{"eenheid": {"stuk": "14"}}}
	header := " DeclNr |PSEUDONIEM|prestatiecode|begindatum|einddatum|eenheid|aanbieder|vergoed_bedrag_eur"
	data := lines(header, "r1|0123456789abcdef|1|1/2/2024|29/2/2024|stuk|caf\xe9|-1.234,5", "r2|0123456789abcdef|1|01/02/2024|29/2/2024|04||1.23,00")
	res := readAll(t, place(t, "declaraties", "x.csv", data, s), Options{})
	if res.err != nil {
		t.Fatal(res.err)
	}
	want := "2|zvw|r1|r1|C|0123456789abcdef|041|1|<null>|<null>|café|<null>|<null>|<null>|2024-02-01|2024-02-29|<null>|<null>|14|1234.50"
	if res.rows[0] != want || res.counts.Cents != -123450 {
		t.Errorf("%s\n%+v", res.rows[0], res.counts)
	}
	if res.rules() != "3:bedrag:geen_bedrag" {
		t.Error(res.rules())
	}

	cents := Source{BedragIn: "cent", Datum: "jjjjmmdd"}
	line := strings.Join(claim(map[string]string{"begindatum": "20240131", "einddatum": "20240229", "declaratiedatum": "", "bedrag": "123450"}), ";")
	res = readAll(t, place(t, "declaraties", "x.csv", lines(claimsHeader(), line, strings.Replace(line, "123450", "1234.50", 1)), cents), Options{})
	if len(res.rows) != 1 || !strings.HasSuffix(res.rows[0], "|1234.50") || res.rules() != "3:bedrag:te_veel_decimalen" {
		t.Errorf("%v %s %v", res.rows, res.rules(), res.err)
	}
}

func TestDaysAgreeWithTheCalendar(t *testing.T) {
	for day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2210; day = day.AddDate(0, 0, 13) {
		got, ok := daysOf(day.Year(), int(day.Month()), day.Day())
		if !ok || int64(got) != day.Unix()/86400 {
			t.Fatalf("%s: %d", day, got)
		}
	}
}

func TestEurosAreExact(t *testing.T) {
	for cents, want := range map[int64]string{0: "0.00", 5: "0.05", -5: "-0.05", 1250: "12.50", -123456: "-1234.56"} {
		if got := EuroText(cents); got != want {
			t.Errorf("%d cents: %s, not %s", cents, got, want)
		}
	}
}

// Every day of ten centuries is written and read back as itself.
func TestDaysAreWrittenAsTheyAreRead(t *testing.T) {
	for day := time.Date(1399, 12, 31, 0, 0, 0, 0, time.UTC); day.Year() < 2401; day = day.AddDate(0, 0, 1) {
		days, ok := daysOf(day.Year(), int(day.Month()), day.Day())
		y, m, d := dateOf(int(days))
		if !ok || y != day.Year() || m != int(day.Month()) || d != day.Day() {
			t.Fatalf("%s is %d, which is %d-%d-%d", day.Format(time.DateOnly), days, y, m, d)
		}
	}
}
