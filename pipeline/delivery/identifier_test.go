package delivery

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"pgregory.net/rapid"
)

// bsns are the numbers of the test range that pass the 11-test.
var bsns = func() (all []string) {
	for v := 999900006; v <= 999999990; v++ {
		s := fmt.Sprintf("%09d", v)
		sum := -int(s[8] - '0')
		for i := range 8 {
			sum += (9 - i) * int(s[i]-'0')
		}
		if sum%11 == 0 {
			all = append(all, s)
		}
	}
	return all
}()

func bsn(n int) string { return bsns[n] }

// notBSN makes nine digits that fail the 11-test: one more than a number that passes.
func notBSN(n int) string {
	s := []byte(bsn(n))
	s[7] = '0' + (s[7]-'0'+1)%10
	return string(s)
}

func iban(n int) string {
	account := fmt.Sprintf("ABNA%010d", n)
	rest := 0
	for _, c := range account + "NL00" {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return fmt.Sprintf("NL%02d%s", 98-rest, account)
}

func some(n int, value func(int) string) []string {
	values := make([]string, n)
	for i := range values {
		values[i] = value(i)
	}
	return values
}

// withColumn writes good claims with one more column, or one replaced.
func withColumn(column string, values []string) []byte {
	tab, _ := TableNamed("declaraties")
	at := tab.columnIndex(column)
	header := claimsHeader()
	if at < 0 {
		header += ";" + column
	}
	all := []string{header}
	for i, v := range values {
		line := claim(map[string]string{"regel_id": fmt.Sprintf("Z17-%09d", i), "pseudoniem": fmt.Sprintf("%032x", uint64(i+1)*0x9E3779B97F4A7C15)})
		if at >= 0 {
			line[at] = v
		} else {
			line = append(line, v)
		}
		all = append(all, strings.Join(line, ";"))
	}
	return lines(all...)
}

func readColumn(t *testing.T, column string, values []string) error {
	t.Helper()
	return readAll(t, place(t, "declaraties", "d.csv", withColumn(column, values), Source{}), Options{}).err
}

// Whether a column is refused by its values, and where the bounds lie.
func TestIdentifiersByValue(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	anyNumber := func(int) string { return fmt.Sprintf("%09d", random.IntN(1e9)) }
	mail := func(i int) string { return fmt.Sprintf("piet%d@voorbeeld.nl", i) }
	mobile := func(i int) string { return fmt.Sprintf("06-%08d", 12345678+i*711317%60000000) }
	house := func(i int) string {
		return fmt.Sprintf("%d%c%c %d", 1000+i*37%9000, 'A'+i%26, 'A'+i*7%26, 1+i%200)
	}
	code := func(i int) string { return house(i)[:6] }
	birth := func(i int) string {
		return time.Date(1925+i%90, 1, 1+i*17%365, 0, 0, 0, 0, time.UTC).Format("02-01-2006")
	}
	care := func(i int) string { return time.Date(2010, 1, 1+i*3, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) }
	other := func(i int) string { return fmt.Sprintf("x%d", i) }
	half := func(a, b func(int) string) func(int) string {
		return func(i int) string {
			if i%2 == 0 {
				return a(i)
			}
			return b(i)
		}
	}
	for _, tc := range []struct {
		name, column string
		values       []string
		want         identifier // -1: not refused
	}{
		{"19 BSNs", "nummer", some(19, bsn), -1},
		{"20 BSNs", "nummer", some(20, bsn), citizenNumber},
		{"20 BSNs, each twice", "nummer", slices.Concat(some(10, bsn), some(10, bsn)), -1},
		{"exactly half", "nummer", slices.Concat(some(10, bsn), some(10, notBSN)), -1},
		{"more than half", "nummer", slices.Concat(some(11, bsn), some(9, notBSN)), citizenNumber},
		{"more than half beside texts", "nummer", slices.Concat(some(11, bsn), some(9, other)), citizenNumber},
		{"half of many", "nummer", some(3000, half(bsn, other)), -1},
		{"leading zero lost", "nummer", some(400, func(i int) string { return strings.TrimLeft(eleven(i), "0") }), citizenNumber},
		{"as a spreadsheet writes it", "nummer", some(30, func(i int) string { return bsn(i) + ".0" }), citizenNumber},
		{"with points", "nummer", some(30, func(i int) string { s := bsn(i); return s[:4] + "." + s[4:6] + "." + s[6:] }), citizenNumber},
		{"random numbers", "nummer", some(3000, anyNumber), -1},
		{"fillers only", "nummer", some(40, func(i int) string { return strings.Repeat(string(rune('0'+i%10)), 9) }), -1},
		{"BSN as reference", "regel_id", some(25, bsn), citizenNumber},
		{"BSN as provider", "aanbieder", some(25, bsn), citizenNumber},
		{"BSN as care product", "zorgproduct", some(25, bsn), -1},
		{"one IBAN", "nummer", append(some(30, other), iban(1)), -1},
		{"four IBANs", "nummer", some(4, iban), -1},
		{"five IBANs", "nummer", some(5, iban), bankAccount},
		{"exactly a tenth", "nummer", append(some(45, other), some(5, iban)...), -1},
		{"more than a tenth", "nummer", append(some(44, other), some(5, iban)...), bankAccount},
		{"wrong check digits", "nummer", some(50, func(i int) string { return "NL00" + iban(i)[4:] }), -1},
		{"IBAN with spaces", "nummer", some(50, func(i int) string { s := iban(i); return s[:4] + " " + s[4:8] + " " + s[8:] }), bankAccount},
		{"e-mail", "opmerking", some(30, mail), emailAddress},
		{"e-mail in a text", "opmerking", some(30, func(i int) string { return "schrijf naar " + mail(i) + " aub" }), emailAddress},
		{"one e-mail", "regel_id", append(some(100, other), mail(1)), -1},
		{"e-mail as a code", "codelijst", some(30, mail), emailAddress},
		{"mobile", "contact", some(30, mobile), phoneNumber},
		{"mobile with country", "contact", some(30, func(i int) string { return "+31 " + mobile(i)[1:] }), phoneNumber},
		{"landline", "contact", some(30, func(i int) string { return fmt.Sprintf("043-3%06d", i*31337%1000000) }), phoneNumber},
		{"running number", "regel_id", some(3000, func(i int) string { return fmt.Sprintf("06123%05d", i) }), -1},
		{"phone as a code", "prestatiecode", some(30, mobile), -1},
		{"address", "plek", some(30, house), address},
		{"address as people write it", "plek", some(30, func(i int) string { return fmt.Sprintf("Kerkstraat %d, %s Dorp", i+1, code(i)) }), address},
		{"address glued", "aanbieder", some(30, func(i int) string { return strings.Replace(house(i), " ", "", 1) }), address},
		{"postcode alone", "plek", some(30, code), -1},
		{"reference like a postcode", "regel_id", some(300, func(i int) string { return fmt.Sprintf("%d%c%c-%d", 2010+i%12, 'A'+i%26, 'A'+i%25, i) }), -1},
		{"birth dates", "datum_x", some(200, birth), birthDate},
		{"birth dates in one number", "datum_x", some(200, func(i int) string { s := birth(i); return s[6:] + s[3:5] + s[:2] }), birthDate},
		{"dates of care", "datum_x", some(900, care), -1},
		{"dates of care with two fillers", "datum_x", append(some(900, care), "1900-01-01", "2024-12-31"), -1},
		{"names", "wie", some(30, func(i int) string { return string(rune('A'+i%26)) + ". van Jans" + strings.Repeat("e", i) + "n" }), personName},
		{"names of areas", "wijk", some(30, func(i int) string { return "Wijk " + strings.Repeat("e", i) }), -1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := readColumn(t, tc.column, tc.values)
			if tc.want < 0 {
				if r := (*Refusal)(nil); errors.As(err, &r) && r.Expected == identifierExpected {
					t.Fatal(err)
				}
				return
			}
			refused(t, err, "column "+tc.column, identifierNames[tc.want], "pseudonymise")
			for _, v := range tc.values {
				if strings.Contains(err.Error(), v) {
					t.Error("shows a value")
				}
			}
		})
	}
}

// eleven makes numbers with a leading zero that pass the 11-test.
func eleven(n int) string {
	d := []byte(fmt.Sprintf("01%06d0", n*7919%1000000))
	for {
		sum := 0
		for i := range 8 {
			sum += (9 - i) * int(d[i]-'0')
		}
		if sum%11 < 10 {
			d[8] = byte('0' + sum%11)
			return string(d)
		}
		d[7] = '0' + (d[7]-'0'+1)%10
	}
}

func TestCitizenNumber(t *testing.T) {
	for number, want := range map[string]bool{"123456782": true, "999900006": true, "123456789": false, "000000000": false, "999999999": false,
		"111111111": false, "12345678": false, "1234567": false, "000123456782": true, "1123456782": false, bsn(0): true, eleven(5): true, eleven(5)[1:]: true} {
		if got := isCitizenNumber([]byte(number)); got != want {
			t.Errorf("%s: %v", number, got)
		}
	}
}

func TestIdentifiersByHeader(t *testing.T) {
	for header, want := range map[string]identifier{
		"BSN": citizenNumber, "bsn_client": citizenNumber, "clientBsn": citizenNumber, "Burger-service-nummer": citizenNumber, "SOFINUMMER": citizenNumber,
		"IBAN": bankAccount, "rekening": bankAccount, "rekening_nr": bankAccount, "e-mail": emailAddress, "EmailAdres": emailAddress,
		"telefoon": phoneNumber, "tel_nr": phoneNumber, "Mobiel": phoneNumber, "geboortedatum": birthDate, "GEB_DAT": birthDate, "GebDatum": birthDate,
		"birth_date": birthDate, "dateOfBirth": birthDate, "birth": birthDate, "naam": personName, "Achternaam": personName, "voor_naam": personName,
		"voorletters": personName, "initialen": personName, "tussenvoegsel": personName, "naam cliënt": personName, "verzekerde_naam": personName,
		"Verzekerdennummer": insuredNumber, "patiëntnummer": insuredNumber, "patient_nr": insuredNumber, "woonadres": address, "postcode_huisnummer": address,
	} {
		if got, ok := identifierOfHeader(header, true); !ok || got != want {
			t.Errorf("%s: %v %v", header, got, ok)
		}
		refused(t, readColumn(t, header, []string{""}), identifierNames[want], "d.csv:1", header)
	}
	harmless := []string{"gemeentenaam", "productnaam", "naam_gemeente", "wijknaam", "aantal_bsn", "bsn_hash", "pseudo_bsn", "geboortejaar", "geb_datum_jaar", "birth_year",
		"kosten_geboortezorg", "telefonisch_consult", "telefoon_consult", "kosten_emailconsult", "mobiel_team", "postcode", "pc4", "huisnummer", "instellingsnaam", "websitenaam", "kosten_hulpmiddelen", "verlengd", "einddatum"}
	for _, table := range Tables() {
		harmless = append(harmless, table.columnNames()...)
	}
	for _, header := range harmless {
		if kind, ok := identifierOfHeader(header, true); ok {
			t.Errorf("%s: %v", header, identifierNames[kind])
		}
	}
	if _, ok := identifierOfHeader("naam", false); ok {
		t.Error("the naam of an area")
	}
}

func TestPostcodeBesideHouseNumber(t *testing.T) {
	header := claimsHeader()
	line := strings.Join(claim(nil), ";")
	read := func(data []byte) error {
		return readAll(t, place(t, "declaraties", "d.csv", data, Source{}), Options{}).err
	}
	refused(t, read(lines(header+";POSTCODE;Huis_Nr", line+";1234AB;1")), "column POSTCODE", "together with column Huis_Nr", identifierNames[address])
	if err := read(lines(header+";pc4;huisnummer", line+";1234;1")); err != nil {
		t.Error(err)
	}
	all := []string{header + ";pc;huisnummer"}
	for i := range 6 {
		all = append(all, fmt.Sprintf("%s;12%d4 AB;%d", line, i, i))
	}
	refused(t, read(lines(all...)), "column pc", "together with column huisnummer")
}

// A mapping does not hide what a supplier's column holds, and what cannot be
// loaded is named by what it is.
func TestIdentifierUnderAMapping(t *testing.T) {
	values := some(25, func(i int) string { return "0000000" + bsn(i) })
	data := withColumn("pseudoniem", values)
	read := func(name string) error {
		renamed := strings.Replace(string(data), "pseudoniem", name, 1)
		return readAll(t, place(t, "declaraties", "d.csv", []byte(renamed), Source{Kolommen: map[string]string{"pseudoniem": name}}), Options{}).err
	}
	refused(t, read("BSN"), "column BSN", "its name")
	refused(t, read("KLANT"), "column KLANT", "its values", identifierNames[citizenNumber])
	refused(t, readColumn(t, "pseudoniem", some(25, bsn)), "column pseudoniem", identifierNames[citizenNumber])
}

// A header may be a value itself.
func TestHeaderThatIsAValue(t *testing.T) {
	for _, name := range []string{"jan@voorbeeld.nl", iban(3)} {
		err := readColumn(t, name, []string{"1"})
		refused(t, err, "column 20 (its name is not shown)")
		if strings.Contains(err.Error(), name) {
			t.Error("shows a value")
		}
	}
}

// A column that turns into BSNs late in a long file is found; one that never does is not refused.
func TestIdentifiersLateInTheFile(t *testing.T) {
	column := func(rows, from, to int) []string {
		return some(rows, func(i int) string {
			if i >= from && i < to {
				return eleven(i)
			}
			return fmt.Sprintf("n%d", i)
		})
	}
	clean := readColumn(t, "nummer", column(24000, 0, 0))
	if clean != nil {
		t.Error(clean)
	}
	for _, run := range [][2]int{{300, 500}, {3500, 3700}, {12000, 16000}, {20000, 24000}} {
		refused(t, readColumn(t, "nummer", column(24000, run[0], run[1])), "column nummer", identifierNames[citizenNumber])
	}
	late := column(24000, 0, 0)
	for i := range late {
		late[i] = ""
	}
	for i := range 20 {
		late[23000+i] = bsn(i)
	}
	refused(t, readColumn(t, "nummer", late), "column nummer", identifierNames[citizenNumber])
}

func TestIdentifiersInTypedFiles(t *testing.T) {
	for _, typ := range []arrow.DataType{arrow.BinaryTypes.String, arrow.BinaryTypes.Binary, arrow.PrimitiveTypes.Int64, arrow.PrimitiveTypes.Float64,
		&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String}, arrow.ListOf(arrow.BinaryTypes.String)} {
		rows := make([][]string, 30)
		for i := range rows {
			rows[i] = claim(nil)
		}
		claims := typedClaims(t, rows)
		b := array.NewBuilder(memory.NewGoAllocator(), typ)
		for i := range rows {
			switch b := b.(type) {
			case *array.BinaryBuilder:
				b.Append([]byte(bsn(i)))
			case *array.ListBuilder:
				b.Append(true)
				b.ValueBuilder().(*array.StringBuilder).Append(bsn(i))
			default:
				if err := b.AppendValueFromString(bsn(i)); err != nil {
					t.Fatal(err)
				}
			}
		}
		extra := b.NewArray()
		schema := arrow.NewSchema(append(claims.Schema().Fields(), arrow.Field{Name: "nummer", Type: typ, Nullable: true}), nil)
		batch := array.NewRecordBatch(schema, append(claims.Columns(), extra), int64(len(rows)))
		for name, data := range map[string][]byte{"d.parquet": parquetBytes(t, batch), "d.arrow": arrowBytes(t, batch, true)} {
			err := readAll(t, place(t, "declaraties", name, data, Source{}), Options{}).err
			refused(t, err, "column nummer", identifierNames[citizenNumber])
		}
		batch.Release()
		extra.Release()
		b.Release()
		claims.Release()
	}
}

// Whatever identifies, the refusal holds none of it.
func TestRefusalHoldsNoValue(t *testing.T) {
	kinds := []func(int) string{bsn, iban, func(i int) string { return fmt.Sprintf("klant%d@voorbeeld.nl", i) },
		func(i int) string { return fmt.Sprintf("06%08d", 12000000+i*711317) }}
	rapid.Check(t, func(rt *rapid.T) {
		value := rapid.SampledFrom(kinds).Draw(rt, "kind")
		from := rapid.IntRange(0, 50).Draw(rt, "from")
		n := rapid.IntRange(20, 40).Draw(rt, "values")
		column := rapid.SampledFrom([]string{"regel_id", "aanbieder", "huisgenoot"}).Draw(rt, "column")
		values := some(n, func(i int) string { return value(from + i) })
		err := readColumn(t, column, values)
		refused(t, err, "column "+column)
		for _, v := range values {
			if strings.Contains(err.Error(), v) {
				rt.Fatal("shows a value")
			}
		}
	})
}

// Any text can be examined, that of a header as well.
func TestExamineTakesAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ 0-9A-Z.@+\-/,'"é]{0,40}`)).Draw(rt, "text")
		f := examine([]byte(text), unknownKinds, 2024)
		if strings.Trim(text, " ") == "" && f.kinds != 0 {
			rt.Fatal("nothing is something")
		}
		identifierOfHeader(text, true)
	})
	if err := readColumn(t, "", []string{"1"}); err != nil {
		t.Error(err)
	}
}

// The lines that are examined of a long file lie close together everywhere.
func TestSampledLinesAreEven(t *testing.T) {
	last, longest, count := uint32(0), uint32(0), 0
	for row := range uint32(1_000_000) {
		if row*samplingFactor>>samplingShift == 0 {
			longest, last = max(longest, row-last), row
			count++
		}
	}
	if longest > 34 || count < 62_000 || count > 63_000 {
		t.Errorf("%d lines, at most %d apart", count, longest)
	}
}

// The small region that is shipped has pseudonyms and references of every kind, and nobody in it.
func TestKleinIsNotRefused(t *testing.T) {
	files, err := filepath.Glob("../../testdata/klein/aanlevering/*/*.csv")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		table, _, _ := strings.Cut(strings.TrimSuffix(name, ".csv"), "_")
		if res := readAll(t, place(t, table, name, data, Source{}), Options{}); res.err != nil {
			t.Error(res.err)
		}
	}
}
