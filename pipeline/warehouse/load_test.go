package warehouse

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/memory"

	"ontschot/pipeline/delivery"
)

func TestLoadKeepsRowsLedgerAndQuarantine(t *testing.T) {
	w := night(t, t.TempDir())
	d := deliver(t, "declaraties", "declaraties_1.csv", claimHeader,
		claim("a", "D", "2017-03-01", "1234.50"), claim("a", "C", "2017-03-01", "34.50"),
		claim("b", "D", "2017-03-01", "veel"), claim("c", "D", "2018-01-31", "0.01"))
	l := mustLoad(t, w, d)
	if l.ID != 1 || l.Replaces || l.Counts.Rows != 3 || l.Counts.Quarantined != 1 {
		t.Errorf("loaded %+v", l)
	}
	if got := stored(t, w, "declaraties"); got != "3 1 1" {
		t.Errorf("rows, ledger, quarantine are %s, want 3 1 1", got)
	}
	for query, want := range map[string]string{
		"SELECT sum(CASE WHEN debet_credit = 'C' THEN -bedrag ELSE bedrag END) FROM levering.declaraties WHERE levering_id = 1":               "1200.01",
		"SELECT string_agg(regel_nr || ':' || regel_id, ' ' ORDER BY regel_nr) FROM levering.declaraties":                                     "2:a 3:a 5:c",
		"SELECT tabel || ' ' || leverancier || ' ' || bestand || ' ' || levering || ' ' || datum FROM levering.grootboek":                     "declaraties vgz aanlevering/vgz/declaraties_1.csv aanvulling 2024-07-01",
		"SELECT regels || ' ' || geladen || ' ' || in_quarantaine || ' ' || bedrag || ' ' || bedrag_in_quarantaine FROM levering.grootboek":   "4 3 1 1200.01 0.00",
		"SELECT regel_nr || ' ' || kolom || ' ' || regel || ' ' || domein || ' ' || jaar || ' ' || bedrag_leesbaar FROM levering.quarantaine": "4 bedrag geen_bedrag zvw 2017 false",
		"SELECT count(*) FROM duckdb_views() WHERE view_name = 'aankomend'":                                                                   "0",
	} {
		if got := look(t, w, query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	ledger, err := w.Ledger(context.Background())
	if err != nil || len(ledger) != 1 || ledger[0].Lines != 4 || ledger[0].Content != d.Content {
		t.Errorf("the ledger is %+v (%v)", ledger, err)
	}
}

func TestQuarantinedAmountIsExact(t *testing.T) {
	w := night(t, t.TempDir())
	mustLoad(t, w, deliver(t, "declaraties", "declaraties.csv", claimHeader,
		claim("a", "D", "1999-12-31", "9999999999.99"), claim("b", "C", "2017-13-01", "0.07"), claim("c", "D", "2017-01-01", "1.00")))
	for query, want := range map[string]string{
		"SELECT string_agg(regel || ' ' || bedrag || ' ' || coalesce(CAST(begindatum AS VARCHAR), '?'), ', ' ORDER BY regel_nr) FROM levering.quarantaine": "begindatum_voor_2000 9999999999.99 1999-12-31, geen_datum 0.07 ?",
		"SELECT bedrag_in_quarantaine FROM levering.grootboek": "9999999999.92",
	} {
		if got := look(t, w, query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// TestFileThatBreaksHalfwayLeavesNothing refuses a file only after many of its batches have been handed over.
func TestFileThatBreaksHalfwayLeavesNothing(t *testing.T) {
	w := night(t, t.TempDir())
	lines := []string{claimHeader}
	for i := range 5000 {
		lines = append(lines, claim(fmt.Sprint(i), "D", "2017-03-01", "1.00"))
	}
	for i := range 60 { // more than one in a hundred, and more than five
		lines = append(lines, claim("x"+fmt.Sprint(i), "D", "2017-03-01", "veel"))
	}
	bad := deliver(t, "declaraties", "declaraties_slecht.csv", lines...)
	_, err := load(t, w, bad, delivery.Options{PieceBytes: 30_000})
	if _, ok := errors.AsType[*delivery.Refusal](err); !ok {
		t.Fatalf("%v, want a refusal", err)
	}
	if got := stored(t, w, "declaraties"); got != "0 0 0" {
		t.Errorf("rows, ledger, quarantine are %s, want none", got)
	}
	if known, err := w.Known(context.Background(), bad.Content, bad.Mapping); err != nil || known {
		t.Errorf("a refused file is known (%v)", err)
	}
	// The same night goes on with the next file, under the number that stayed free.
	if l := mustLoad(t, w, deliver(t, "declaraties", "declaraties_goed.csv", lines[:10]...)); l.ID != 1 || l.Counts.Rows != 9 {
		t.Errorf("the next file became %+v", l)
	}
}

// TestCancelledLoadLeavesNothing interrupts the night while the batches of a file are being handed over.
func TestCancelledLoadLeavesNothing(t *testing.T) {
	w := night(t, t.TempDir())
	lines := []string{claimHeader}
	for i := range 20_000 {
		lines = append(lines, claim(fmt.Sprint(i), "D", "2017-03-01", "1.00"))
	}
	d := deliver(t, "declaraties", "declaraties.csv", lines...)
	mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
	defer mem.AssertSize(t, 0)
	ctx, cancel := context.WithCancel(context.Background())
	reader, err := delivery.Open(d.File, delivery.Options{Today: tonight, Allocator: mem, PieceBytes: 30_000, Progress: func(int64) { cancel() }})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Release()
	if _, err := w.Load(ctx, d, reader); err == nil {
		t.Fatal("a cancelled load succeeded")
	}
	if ctx.Err() == nil {
		t.Fatal("the load was never cancelled")
	}
	if got := stored(t, w, "declaraties"); got != "0 0 0" {
		t.Errorf("rows, ledger, quarantine are %s, want none", got)
	}
	mustLoad(t, w, d)
}

func TestSameContentIsKnownUnderAnotherName(t *testing.T) {
	ctx := context.Background()
	w := night(t, t.TempDir())
	lines := []string{claimHeader, claim("a", "D", "2017-03-01", "1.00")}
	first, again := deliver(t, "declaraties", "declaraties_1.csv", lines...), deliver(t, "declaraties", "declaraties_kopie.csv", lines...)
	mustLoad(t, w, first)
	if known, err := w.Known(ctx, again.Content, again.Mapping); err != nil || !known {
		t.Errorf("the copy is not known (%v)", err)
	}
	if known, err := w.Known(ctx, again.Content, "een andere afbeelding"); err != nil || known {
		t.Errorf("known under another mapping (%v)", err)
	}
	again.Mapping = "een andere afbeelding"
	if l := mustLoad(t, w, again); !l.Replaces || l.ID != 2 {
		t.Errorf("the content under another mapping became %+v, want that it replaces", l)
	}
	if got := look(t, w, "SELECT string_agg(coalesce(CAST(vervangt AS VARCHAR), '-'), ' ' ORDER BY levering_id) FROM levering.grootboek"); got != "- 1" {
		t.Errorf("vervangt is %s, want - 1", got)
	}
}

func TestPrivacyAtTheEdge(t *testing.T) {
	w := night(t, t.TempDir())
	mustLoad(t, w, deliver(t, "declaraties", "declaraties.csv", claimHeader, claim("a", "D", "2015-06-15", "1.00")))
	mustLoad(t, w, deliver(t, "bevolking", "bevolking.csv", peopleHeader,
		person(1, "2016", "2016-05-20", ""),           // born in the year of arrival
		person(2, "1980", "2014-12-31", ""),           // before the first day of the data
		person(3, "1980", "2015-01-01", ""),           // on it
		person(4, "1980", "2016-05-20", "2018-03-03"), // after it
		person(5, "1927", "2015-05-20", ""),           // 97 in the year of the delivery
		person(6, "1926", "2015-05-20", ""),           // older
		person(7, "1917", "2015-05-20", "2015-12-31"), // left in the year in which it became 98
		person(8, "1918", "2015-05-20", "2015-12-31"), // left in the year in which it became 97
		person(9, "1900", "1900-05-20", "")))          // both
	got := strings.Split(look(t, w, `SELECT string_agg(CAST(pseudoniem AS INTEGER) || ' ' || geboortejaar || ' ' || begindatum || ' ' || coalesce(CAST(einddatum AS VARCHAR), '-'), '|' ORDER BY pseudoniem)
		FROM levering.bevolking`), "|")
	want := []string{
		"1 2016 2016-05-01 -", "2 1980 2014-12-01 -", "3 1980 2015-01-01 -", "4 1980 2016-05-20 2018-03-03", "5 1927 2015-05-20 -",
		"6 1927 2015-05-20 -", "7 1918 2015-05-20 2015-12-31", "8 1918 2015-05-20 2015-12-31", "9 1927 1900-05-01 -",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("stored\n%q, want\n%q", got, want)
	}
}

func TestPrivacyWithoutClaims(t *testing.T) {
	w := night(t, t.TempDir())
	mustLoad(t, w, deliver(t, "bevolking", "bevolking.csv", peopleHeader, person(1, "1980", "1990-12-31", ""), person(2, "2016", "2016-05-20", "")))
	if got := look(t, w, "SELECT string_agg(CAST(begindatum AS VARCHAR), ' ' ORDER BY pseudoniem) FROM levering.bevolking"); got != "1990-12-31 2016-05-01" {
		t.Errorf("stored %s", got)
	}
}

func TestEveryTableLoads(t *testing.T) {
	w := night(t, t.TempDir())
	for table, lines := range map[string][2]string{
		"verzekering":  {"pseudoniem;begindatum;einddatum", "0123456789abcdef;2017-01-01;"},
		"toewijzingen": {"domein;toewijzing_id;pseudoniem;productcategorie;begindatum;einddatum", "wmo;t1;0123456789abcdef;01;2017-01-01;"},
		"deelname":     {"project;pseudoniem;begindatum;einddatum", "Blauwe Zorg;0123456789abcdef;2017-01-01;2017-12-31"},
		"aggregaat":    {"domein;jaar;gebied;zorgsoort;aantal_personen;verzekerdejaren;bedrag", "zvw;2017;Maastricht;huisarts;12;11.50;-99.10"},
		"budget":       {"domein;jaar;gebied;post;bedrag", "wmo;2017;GM0935;subsidie;1000000.00"},
	} {
		if l := mustLoad(t, w, deliver(t, table, table+".csv", lines[0], lines[1])); l.Counts.Rows != 1 || l.Counts.Quarantined != 0 {
			t.Errorf("%s: %+v", table, l.Counts)
		}
	}
	if got := look(t, w, "SELECT bedrag || ' ' || verzekerdejaren FROM levering.aggregaat"); got != "-99.10 11.50" {
		t.Errorf("aggregaat holds %s", got)
	}
}
