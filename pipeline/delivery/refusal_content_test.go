package delivery

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Twelve rules are broken, each once more than the next: the ten most frequent are told.
func TestTooMuchQuarantineIsToldExactly(t *testing.T) {
	broken := []struct{ column, value string }{
		{"bedrag", "-7.00"}, {"bedrag", "1.005"}, {"bedrag", "geheim"}, {"domein", "geheim"}, {"regel_id", ""}, {"begindatum", "geheim"},
		{"begindatum", "1999-12-31"}, {"begindatum", "2024-07-02"}, {"einddatum", "2024-01-30"}, {"pseudoniem", "geheim"}, {"eenheid", "geheim"}, {"codelijst", "0\x00geheim"},
	}
	s := claimSheet(200)
	line := 0
	for i, b := range broken {
		for range len(broken) - i {
			s.set(line, b.column, b.value)
			line++
		}
	}
	for name, data := range s.everyFormat(t) {
		saysExactly(t, place(t, "declaraties", name, data, Source{}), Options{},
			":2: column bedrag: too much of the file breaks the contract (the first line that does is named); expected at most 1% of the lines and of the euros; found 78 of 200 lines, 55636.50 of 206245.50 euro, and 21 lines whose amount cannot be read; most frequent: bedrag_negatief 12, te_veel_decimalen 11, geen_bedrag 10, einde_voor_begin 9, onbekend_domein 9, verplicht_veld_leeg 8, geen_datum 7, begindatum_voor_2000 6, te_kort 3, te_lang 2. Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again")
	}
}

// A long file of nothing but bad lines need not be read to its end.
func TestHopelessFilesAreToldExactly(t *testing.T) {
	data := append(lines(claimsHeader()), bytes.Repeat([]byte("geheim\n"), 3*hopelessQuarantine/2)...)
	for name, data := range map[string][]byte{"d.csv": data, "d.csv.gz": gzipped(data), "d.csv.zst": zstandard(data)} {
		f := place(t, "declaraties", name, data, Source{})
		res := readAll(t, f, Options{})
		refused(t, res.err)
		n := res.counts.Lines
		if n < hopelessQuarantine || n > 3*hopelessQuarantine/2 {
			t.Errorf("%d lines were read", n)
		}
		want := fmt.Sprintf("%s:2: too much of the file breaks the contract (the first line that does is named); expected at most 1%% of the lines and of the euros; "+
			"found %d of %d lines, 0.00 of 0.00 euro, and %d lines whose amount cannot be read; most frequent: aantal_velden %d. "+
			"Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again", f.Path, n, n, n, n)
		if got := res.err.Error(); got != want {
			t.Errorf("it says\n%s\nand not\n%s", got, want)
		}
	}
}

// A mapping or a form that does not fit quarantines every line, and refuses the file.
func TestUnfitContentIsToldExactly(t *testing.T) {
	good := claimSheet(6)
	swapped := claimSheet(6)
	swapped.columns = slices.Clone(swapped.columns)
	at, to := slices.Index(swapped.columns, "bedrag"), slices.Index(swapped.columns, "begindatum")
	swapped.columns[at], swapped.columns[to] = swapped.columns[to], swapped.columns[at]
	for _, tc := range []struct {
		name    string
		sheet   sheet
		source  Source
		options Options
		want    string
	}{
		{"two columns swapped", swapped, Source{}, Options{}, ":2: column begindatum: too much of the file breaks the contract (the first line that does is named); expected at most 1% of the lines and of the euros; found 6 of 6 lines, 0.00 of 0.00 euro, and 6 lines whose amount cannot be read; most frequent: geen_datum 6. Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"},
		{"a decimal sign that is not there", good, Source{Decimaal: ","}, Options{}, ":2: column volume: too much of the file breaks the contract (the first line that does is named); expected at most 1% of the lines and of the euros; found 6 of 6 lines, 0.00 of 0.00 euro, and 6 lines whose amount cannot be read; most frequent: geen_getal 6. Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"},
		{"a date in another form", good, Source{Datum: "dd-mm-jjjj"}, Options{MaxQuarantineShare: 0.05}, ":2: column begindatum: too much of the file breaks the contract (the first line that does is named); expected at most 5% of the lines and of the euros; found 6 of 6 lines, 7407.00 of 7407.00 euro; most frequent: geen_datum 6. Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"},
		{"a fixed value that is not allowed", good, Source{Vast: map[string]string{"domein": "awbz"}}, Options{}, ":2: column domein: too much of the file breaks the contract (the first line that does is named); expected at most 1% of the lines and of the euros; found 6 of 6 lines, 7407.00 of 7407.00 euro; most frequent: onbekend_domein 6. Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"},
		{"a translation to nothing", good, Source{Waarden: map[string]map[string]string{"debet_credit": {"D": ""}}}, Options{}, ":2: column debet_credit: too much of the file breaks the contract (the first line that does is named); expected at most 1% of the lines and of the euros; found 6 of 6 lines, 7407.00 of 7407.00 euro; most frequent: verplicht_veld_leeg 6. Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for name, data := range tc.sheet.everyFormat(t) {
				saysExactly(t, place(t, "declaraties", name, data, tc.source), tc.options, tc.want)
			}
		})
	}
	latin := claimSheet(6).with("aanbieder_naam", "x").without("aanbieder").named("aanbieder_naam", "aanbieder")
	for i := range latin.lines {
		latin.set(i, "aanbieder", "geheim\xe9")
	}
	short := claimSheet(6).text(";")
	short = append(short, []byte(strings.Repeat("zvw;geheim\n", 5))...)
	loose := append(claimSheet(6).text(";"), []byte(strings.Repeat("\"zvw\"geheim;\n", 5))...)
	for name, tc := range map[string]struct {
		data   []byte
		source Source
		want   string
	}{
		"Windows-1252 read as UTF-8": {latin.text(";"), Source{}, ":2: column aanbieder: too much of the file breaks the contract (the first line that does is named); expected at most 1% of the lines and of the euros; found 6 of 6 lines, 7407.00 of 7407.00 euro; most frequent: ongeldige_tekens 6. Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"},
		"short lines":                {short, Source{}, ":8: too much of the file breaks the contract (the first line that does is named); expected at most 1% of the lines and of the euros; found 5 of 11 lines, 0.00 of 7407.00 euro, and 5 lines whose amount cannot be read; most frequent: aantal_velden 5. Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"},
		"loose quotes":               {loose, Source{}, ":8: too much of the file breaks the contract (the first line that does is named); expected at most 1% of the lines and of the euros; found 5 of 11 lines, 0.00 of 7407.00 euro, and 5 lines whose amount cannot be read; most frequent: aanhalingstekens 5. Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"},
	} {
		t.Run(name, func(t *testing.T) {
			for file, data := range map[string][]byte{"d.csv": tc.data, "d.csv.gz": gzipped(tc.data), "d.csv.zst": zstandard(tc.data)} {
				saysExactly(t, place(t, "declaraties", file, data, tc.source), Options{}, tc.want)
			}
		})
	}
}

func TestManifestRefusalsInEveryFormat(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	good, unread := claimSheet(3), claimSheet(3)
	unread.set(1, "bedrag", "geheim")
	for _, tc := range []struct {
		name     string
		sheet    sheet
		manifest Manifest
		want     string
	}{
		{"more lines", good, Manifest{Regels: n(4)}, ": the manifest counts another number of lines; expected 4 lines (regels); found 3. Ask the supplier to send file and manifest again"},
		{"another total", good, Manifest{Regels: n(3), Totaal: n(-12345)}, ": the manifest gives another total; expected -123.45 euro (totaal); found 3703.50 euro. Ask the supplier to send file and manifest again"},
		{"amounts that cannot be read", unread, Manifest{Totaal: n(370350)}, ": the manifest gives another total; expected 3703.50 euro (totaal); found 2469.00 euro, and 1 line whose amount cannot be read. Ask the supplier to send file and manifest again"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for name, data := range tc.sheet.everyFormat(t) {
				f := place(t, "declaraties", name, data, Source{})
				f.Manifest = &tc.manifest
				saysExactly(t, f, Options{}, tc.want)
			}
		})
	}
}

// A manifest that cannot be used refuses the file beside it.
func TestUnusableManifestsAreToldExactly(t *testing.T) {
	for raw, want := range map[string]string{
		"regel = 3":                  ": its manifest cannot be used: declaraties_a.manifest.toml:1: the key \"regel\" is unknown; allowed: leverancier, periode_van, periode_tot, levering, aangemaakt, regels, totaal. Correct the manifest beside the file or take it away",
		"regels = ":                  ": its manifest cannot be used: declaraties_a.manifest.toml:1:9: expected value, not end of input. Correct the manifest beside the file or take it away",
		"regels = \"drie\"":          ": its manifest cannot be used: declaraties_a.manifest.toml:1:10: regels: a whole number is expected, not a text. Correct the manifest beside the file or take it away",
		"\n[totaal]\nx = 1":          ": its manifest cannot be used: declaraties_a.manifest.toml:2: totaal: is not an amount in euros with at most two decimals; write it as 1234.56. Correct the manifest beside the file or take it away",
		"leverancier = [1]":          ": its manifest cannot be used: declaraties_a.manifest.toml:1:15: leverancier: a text is expected, not a list. Correct the manifest beside the file or take it away",
		"\n\n levering = \"x\"":      `: its manifest cannot be used: declaraties_a.manifest.toml:3: levering: "x" is not allowed; use "volledig" or "aanvulling". Correct the manifest beside the file or take it away`,
		"levering = \"half\"":        `: its manifest cannot be used: declaraties_a.manifest.toml:1: levering: "half" is not allowed; use "volledig" or "aanvulling". Correct the manifest beside the file or take it away`,
		"aangemaakt = \"gisteren\"":  ": its manifest cannot be used: declaraties_a.manifest.toml:1: aangemaakt: is not a date; write it as 2024-01-31. Correct the manifest beside the file or take it away",
		"periode_van = 3":            ": its manifest cannot be used: declaraties_a.manifest.toml:1: periode_van: is not a date; write it as 2024-01-31. Correct the manifest beside the file or take it away",
		"periode_tot = \"31-1-24\"":  ": its manifest cannot be used: declaraties_a.manifest.toml:1: periode_tot: is not a date; write it as 2024-01-31. Correct the manifest beside the file or take it away",
		"totaal = 1.255":             ": its manifest cannot be used: declaraties_a.manifest.toml:1: totaal: is not an amount in euros with at most two decimals; write it as 1234.56. Correct the manifest beside the file or take it away",
		"totaal = \"1,25\"":          ": its manifest cannot be used: declaraties_a.manifest.toml:1: totaal: is not an amount in euros with at most two decimals; write it as 1234.56. Correct the manifest beside the file or take it away",
		"totaal = 1e15":              `: its manifest cannot be used: declaraties_a.manifest.toml:1: totaal: is too large for a number; write it as a text, "12345678901234.56". Correct the manifest beside the file or take it away`,
		"totaal = \"1\"\ntotaal = 2": ": its manifest cannot be used: declaraties_a.manifest.toml:2:1: totaal: key totaal is already defined. Correct the manifest beside the file or take it away",
	} {
		dir := tree(t, map[string]string{"aanlevering/vgz/declaraties_a.csv": "", "aanlevering/vgz/declaraties_a.manifest.toml": raw})
		files, _, err := Find(dir, dir, nil)
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		_, err = Open(files[0], Options{})
		refused(t, err)
		if got := err.Error(); got != files[0].Path+want {
			t.Errorf("%s: it says\n%s\nand not\n%s", raw, got, want)
		}
	}
}

// What the types of a column make impossible is told before a line is read.
func TestTypeRefusals(t *testing.T) {
	claims := claimSheet(3).named("bedrag", "prijs").batch()
	defer claims.Release()
	typed := func(b array.Builder, add func()) arrow.RecordBatch {
		defer b.Release()
		for range 3 {
			add()
		}
		column := b.NewArray()
		defer column.Release()
		schema := arrow.NewSchema(append(claims.Schema().Fields(), arrow.Field{Name: "EURO", Type: column.DataType(), Nullable: true}), nil)
		return array.NewRecordBatch(schema, append(claims.Columns(), column), 3)
	}
	float := array.NewFloat64Builder(memory.NewGoAllocator())
	list := array.NewListBuilder(memory.NewGoAllocator(), arrow.PrimitiveTypes.Int64)
	person := array.NewStructBuilder(memory.NewGoAllocator(), arrow.StructOf(arrow.Field{Name: "geboortedatum", Type: arrow.BinaryTypes.String}))
	day := array.NewDate32Builder(memory.NewGoAllocator())
	amount := array.NewDecimal128Builder(memory.NewGoAllocator(), &arrow.Decimal128Type{Precision: 14, Scale: 2})
	truth := array.NewBooleanBuilder(memory.NewGoAllocator())
	const swapped = ". Look whether two columns were swapped: correct kolommen in the [[bron]] of this file, or ask the supplier to send it again"
	for _, tc := range []struct {
		name, canonical, column string
		batch                   arrow.RecordBatch
		want                    string
	}{
		{"dates for amounts", "bedrag", "euro", typed(day, func() { day.Append(1) }), ": column EURO: its type is that of another kind of column; expected a decimal, an integer or a text for bedrag; found a date" + swapped},
		{"dates for texts", "regel_id", "euro", typed(day, func() { day.Append(1) }), ": column EURO: its type is that of another kind of column; expected a text or a number for regel_id; found a date" + swapped},
		{"amounts for dates", "begindatum", "euro", typed(amount, func() { amount.Append(decimal128.FromI64(1)) }), ": column EURO: its type is that of another kind of column; expected a date, a text or an integer for begindatum; found a number with decimals" + swapped},
		{"truth for amounts", "bedrag", "euro", typed(truth, func() { truth.Append(true) }), ": column EURO: its type is that of another kind of column; expected a decimal, an integer or a text for bedrag; found a truth value" + swapped},
		{"floats", "bedrag", "euro", typed(float, func() { float.Append(0.1) }), ": column EURO: it is stored as a floating-point number, which does not hold cents exactly; expected a decimal, an integer or a text for bedrag; found a float. Ask the supplier to write the column as decimal with two decimals, or as text"},
		{"lists", "bedrag", "euro", typed(list, func() { list.Append(true); list.ValueBuilder().(*array.Int64Builder).Append(1) }), ": column EURO: its type cannot be read; expected a text, a number or a date for bedrag; found a nested or unknown type. Ask the supplier to write the column flat"},
		{"a name within", "bedrag", "prijs", typed(person, func() { person.Append(true); person.FieldBuilder(0).(*array.StringBuilder).Append("geheim") }), ": column EURO.geboortedatum: its name says that it identifies persons; expected pseudonyms, and nothing that identifies a person; found full birth dates. Ask the supplier to leave the column out, or to pseudonymise it at the source, and to deliver again; under another name if it holds something else"},
	} {
		for name, data := range map[string][]byte{"d.parquet": parquetBytes(t, tc.batch), "d.arrow": arrowBytes(t, tc.batch, false), "s.arrow": arrowBytes(t, tc.batch, true)} {
			saysExactly(t, place(t, "declaraties", name, data, Source{Kolommen: map[string]string{tc.canonical: tc.column}}), Options{}, tc.want)
		}
		tc.batch.Release()
	}
}

func TestWideRefusalsInEveryFormat(t *testing.T) {
	open := sheet{columns: []string{"geslacht", "leeftijdsklasse", "gemeentenaam", "aantal_bsn", "aantal_verzekerdejaren", "kosten_farmacie"}, lines: [][]string{{"M", "90+", "DORP", "1", "1", "1"}}}
	for _, tc := range []struct {
		name  string
		sheet sheet
		breed map[string]Patterns
		want  string
	}{
		{"no cost column", open.without("kosten_farmacie").with("bedragen", "1"), map[string]Patterns{"farmacie": {"kosten_farmacie"}, "huisarts": {"kosten_huisarts_*"}}, `:1: none of the columns that breed lists is in the file; expected kosten_farmacie, kosten_huisarts_*; found "geslacht", "leeftijdsklasse", "gemeentenaam", "aantal_bsn", "aantal_verzekerdejaren", "bedragen". Correct breed in the [[bron]] of this file`},
		{"a column for two types", open, map[string]Patterns{"farmacie": {"kosten_overig", "kosten_*"}, "huisarts": {"*macie"}}, ":1: column kosten_farmacie: two patterns of breed fit this column; expected one; found farmacie and huisarts. Make one of the two more precise"},
	} {
		for name, data := range tc.sheet.everyFormat(t) {
			s := wideSource()
			s.UitNaam, s.Vast, s.Breed = "", map[string]string{"domein": "zvw", "jaar": "2019"}, tc.breed
			saysExactly(t, place(t, "aggregaat", name, data, s), Options{}, inFormat(name, tc.want))
		}
	}
}

// failing stands for a library that does not bear a file: it panics on what it is given.
type failing struct{ memory.Allocator }

func (failing) Allocate(int) []byte           { panic("it broke") }
func (failing) Reallocate(int, []byte) []byte { panic("it broke") }
func (failing) Free([]byte)                   {}

// A panic is told by its kind, wherever it comes from.
func TestPanicsAreToldExactly(t *testing.T) {
	for name, data := range claimSheet(3).everyFormat(t) {
		f := place(t, "declaraties", name, data, Source{})
		r, err := Open(f, Options{Allocator: failing{memory.NewGoAllocator()}, Today: today})
		if err == nil {
			for r.Next() {
				t.Error("a batch without memory")
			}
			err = r.Err()
			r.Release()
		}
		refused(t, err)
		want := ": the file broke the library that reads its format (string). The file is damaged or not the format that its name says: ask the supplier to send it again"
		if strings.Contains(name, ".arrow") { // its library catches its own
			want = ": the library that reads its format cannot read it. The file is damaged or not the format that its name says: ask the supplier to send it again"
		}
		if got := err.Error(); got != f.Path+want {
			t.Errorf("it says\n%s\nand not\n%s", got, f.Path+want)
		}
	}
}

// A wrong value in the configuration is told before any file is opened.
func TestWrongSourcesAreToldExactly(t *testing.T) {
	dir := tree(t, map[string]string{"aanlevering/vgz/declaraties_a.csv": ""})
	for name, tc := range map[string]struct {
		source Source
		want   string
	}{
		"domain":    {Source{Vast: map[string]string{"domein": "awbz"}}, `[[bron]] 1 (vgz): vast.domein: "awbz" breaks onbekend_domein; allowed: zvw, wmo, jeugdwet, wlz, participatiewet`},
		"date":      {Source{Vast: map[string]string{"begindatum": "01-02-2024"}}, `[[bron]] 1 (vgz): vast.begindatum: "01-02-2024" breaks geen_datum; write the date as jjjj-mm-dd`},
		"amount":    {Source{Vast: map[string]string{"bedrag": "1,5"}}, `[[bron]] 1 (vgz): vast.bedrag: "1,5" breaks geen_bedrag; write a number with a decimal point and at most 2 decimals`},
		"too long":  {Source{Vast: map[string]string{"verwijzer": "123"}}, `[[bron]] 1 (vgz): vast.verwijzer: "123" breaks te_lang; write a text of 0 to 2 characters (0: no bound)`},
		"no column": {Source{Vast: map[string]string{"domain": "zvw"}}, `[[bron]] 1 (vgz): vast: "domain" is not a canonical column; did you mean "domein"? Allowed: aanbieder, aanbiedersoort, bedrag, begindatum, codelijst, debet_credit, declaratiedatum, domein, eenheid, einddatum, prestatiecode, productcategorie, pseudoniem, regel_id, specialisme, verwijzer, volume, vorige_regel_id, zorgproduct`},
		"charset":   {Source{Tekenset: "ebcdic"}, `[[bron]] 1 (vgz): tekenset: "ebcdic" is not allowed; use "utf-8", "windows-1252" or "utf-16"`},
		"value":     {Source{Waarden: map[string]map[string]string{"domein": {"x": "awbz"}}}, `[[bron]] 1 (vgz): waarden.domein: "awbz" breaks onbekend_domein; allowed: zvw, wmo, jeugdwet, wlz, participatiewet`},
	} {
		tc.source.Leverancier, tc.source.Tabel, tc.source.Bestanden = "vgz", "declaraties", "aanlevering/vgz/*.csv"
		_, _, err := Find(dir, dir, []Source{tc.source})
		if err == nil || err.Error() != tc.want {
			t.Errorf("%s: it says\n%v\nand not\n%s", name, err, tc.want)
		}
	}
}
