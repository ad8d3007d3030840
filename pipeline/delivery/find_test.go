package delivery

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFind(t *testing.T) {
	dir := tree(t, map[string]string{
		"work/aanlevering/vgz/2024/declaraties_jan.csv.gz":  "",
		"work/aanlevering/vgz/DECLARATIES2.parquet":         "",
		"work/aanlevering/bevolking.csv":                    "",
		"work/aanlevering/bevolking.manifest.toml":          "leverancier = \"maastricht\"\nlevering = \"aanvulling\"",
		"work/aanlevering/budgettering.csv":                 "",
		"work/aanlevering/declaraties.xlsx":                 "",
		"work/aanlevering/wmo/leesmij.txt":                  "",
		"work/aanlevering/wmo/.declaraties.csv.swp":         "",
		"work/aanlevering/.verborgen/declaraties.csv":       "",
		"work/aanlevering/geweigerd/declaraties.csv":        "",
		"work/aanlevering/wmo/geweigerd/deelname.arrow.zst": "",
		"open/vektis_2019_gemeente.csv":                     "",
	})
	work := filepath.Join(dir, "work")
	show := func(files []File) (shown []string) {
		for _, f := range files {
			shown = append(shown, fmt.Sprintf("%s %s %s %s", f.Path, f.Table.Name, f.Supplier, f.Table.Delivery))
		}
		return shown
	}
	files, unknown, err := Find(work, work, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"aanlevering/bevolking.csv bevolking maastricht aanvulling",
		"aanlevering/vgz/2024/declaraties_jan.csv.gz declaraties vgz aanvulling",
		"aanlevering/vgz/DECLARATIES2.parquet declaraties vgz aanvulling",
		"aanlevering/wmo/geweigerd/deelname.arrow.zst deelname wmo volledig",
	}
	if !slices.Equal(show(files), want) {
		t.Errorf("got\n%s", strings.Join(show(files), "\n"))
	}
	wantUnknown := []string{"aanlevering/budgettering.csv", "aanlevering/declaraties.xlsx", "aanlevering/wmo/leesmij.txt"}
	if !slices.Equal(unknown, wantUnknown) {
		t.Errorf("unknown %v", unknown)
	}

	files, unknown, err = Find(work, work, []Source{
		{Leverancier: "vektis", Tabel: "aggregaat", Bestanden: "../open/vektis_*.csv"},
		{Leverancier: "gemeente", Tabel: "budget", Bestanden: "aanlevering/budget*.csv"},
		{Tabel: "declaraties", Bestanden: "aanlevering/vgz/*/*.gz", Levering: "volledig"},
		{Tabel: "declaraties", Bestanden: "aanlevering/geweigerd/*"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want = []string{
		"../open/vektis_2019_gemeente.csv aggregaat vektis volledig", want[0],
		"aanlevering/budgettering.csv budget gemeente volledig",
		"aanlevering/vgz/2024/declaraties_jan.csv.gz declaraties vgz volledig", want[2], want[3],
	}
	if !slices.Equal(show(files), want) || !slices.Equal(unknown, wantUnknown[1:]) {
		t.Errorf("got\n%s\n%v", strings.Join(show(files), "\n"), unknown)
	}

	_, _, err = Find(work, work, []Source{{Tabel: "budget", Bestanden: "aanlevering/b*.csv"}, {Tabel: "budget", Bestanden: "aanlevering/budget*.csv"}})
	if err == nil || !strings.Contains(err.Error(), "[[bron]] 2") || !strings.Contains(err.Error(), "already matched") {
		t.Errorf("%v", err)
	}
	_, _, err = Find(work, work, []Source{{Teken: "bedrag", Bestanden: "aanlevering/bevolking*.csv"}})
	if err == nil || !strings.Contains(err.Error(), "teken") {
		t.Errorf("a key that does not fit the table of the file name: %v", err)
	}
	linked := t.TempDir()
	if err := os.Symlink(filepath.Join(work, "aanlevering"), filepath.Join(linked, "aanlevering")); err != nil {
		t.Fatal(err)
	}
	if files, _, err := Find(linked, linked, nil); err != nil || len(files) != 4 {
		t.Errorf("a linked folder: %v %v", files, err)
	}
	if files, _, err := Find(filepath.Join(dir, "nowhere"), dir, nil); err != nil || len(files) != 0 {
		t.Errorf("%v %v", files, err)
	}
}

func TestManifest(t *testing.T) {
	dir := tree(t, map[string]string{
		"aanlevering/declaraties_a.csv.gz":               "",
		"aanlevering/declaraties_a.csv.gz.manifest.toml": "regels = 3\ntotaal = 12.5\naangemaakt = 2024-05-01\nperiode_van = \"2024-01-01\"\nperiode_tot = 2024-03-31",
		"aanlevering/declaraties_b.csv":                  "",
		"aanlevering/declaraties_b.manifest.toml":        "regel = 3",
	})
	files, _, err := Find(dir, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := files[0].Manifest
	if *m.Regels != 3 || *m.Totaal != 1250 || m.Aangemaakt.Format("20060102") != "20240501" || m.PeriodeVan.Month() != 1 || m.PeriodeTot.Day() != 31 {
		t.Errorf("%+v", m)
	}
	_, err = Open(files[1], Options{})
	refused(t, err, "declaraties_b.manifest.toml", `the key "regel" is unknown`, "allowed")

	for raw, want := range map[string]int64{`12`: 1200, `12.34`: 1234, `"-0.5"`: -50, `1234567890.12`: 123456789012, `"12345678901234.56"`: 1234567890123456} {
		m, err := parseManifest("totaal = " + raw)
		if err != nil || *m.Totaal != want {
			t.Errorf("%s: %v", raw, err)
		}
	}
	for _, raw := range []string{`totaal = 1.255`, `totaal = "1,25"`, `totaal = 1e15`, `aangemaakt = "gisteren"`, `levering = "half"`, `regels = "x"`} {
		if _, err := parseManifest(raw); err == nil {
			t.Errorf("%s was accepted", raw)
		}
	}
}

func TestIdentity(t *testing.T) {
	f := place(t, "declaraties", "declaraties.csv", lines(claimsHeader()), Source{})
	content, mapping := identity(t, f)
	same := f
	same.Path, same.Supplier = "elders/declaraties_2.csv", "folder"
	same.Source = Source{Scheiding: ";", Bestanden: "x*", Verwacht: "maandelijks", Openbaar: true, Tekenset: "UTF-8"}
	if c, m := identity(t, same); c != content || m != mapping {
		t.Error("name, folder and spelled-out defaults make no other delivery")
	}
	for name, change := range map[string]func(*File){
		"column":   func(f *File) { f.Source.Kolommen = map[string]string{"regel_id": "x"} },
		"value":    func(f *File) { f.Source.Waarden = map[string]map[string]string{"eenheid": {"a": "b"}} },
		"mode":     func(f *File) { f.Table.Delivery = Full },
		"supplier": func(f *File) { f.Manifest = &Manifest{Leverancier: "x"} },
		"table":    func(f *File) { f.Table, _ = TableNamed("budget") },
	} {
		other := f
		change(&other)
		if _, m := identity(t, other); m == mapping {
			t.Errorf("%s: the same mapping", name)
		}
	}
	first, second := f, f
	first.Absolute = place(t, "declaraties", "x_2019.csv", nil, Source{}).Absolute
	second.Absolute = place(t, "declaraties", "x_2020.csv", nil, Source{}).Absolute
	first.Source.UitNaam, second.Source.UitNaam = "x_{jaar}.csv", "x_{jaar}.csv"
	_, a := identity(t, first)
	if _, b := identity(t, second); a == b {
		t.Error("the columns of the file name are part of the mapping")
	}
	f.Absolute += "gone"
	if _, _, err := f.Identity(); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func identity(t *testing.T, f File) (content, mapping string) {
	t.Helper()
	content, mapping, err := f.Identity()
	if err != nil {
		t.Fatal(err)
	}
	return content, mapping
}

func TestSourceValidate(t *testing.T) {
	ok := Source{Tabel: "declaraties", Bestanden: "x/*.csv"}
	if err := ok.Validate(); err != nil {
		t.Fatal(err)
	}
	wide := wideSource()
	if err := wide.Validate(); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*Source){
		"tabel":             func(s *Source) { s.Tabel = "claims" },
		"bestanden":         func(s *Source) { s.Bestanden = "" },
		"levering":          func(s *Source) { s.Levering = "alles" },
		"scheiding":         func(s *Source) { s.Scheiding = "||" },
		"decimaal":          func(s *Source) { s.Decimaal = ";" },
		"duizendtal":        func(s *Source) { s.Duizendtal = "." },
		"datum":             func(s *Source) { s.Datum = "dd-mm-jj" },
		"tekenset":          func(s *Source) { s.Tekenset = "ebcdic" },
		"bedrag_in":         func(s *Source) { s.BedragIn = "gulden" },
		"teken":             func(s *Source) { s.Teken = "plus" },
		"kolommen":          func(s *Source) { s.Kolommen = map[string]string{"regelid": "x"} },
		"kolommen.regel_id": func(s *Source) { s.Kolommen = map[string]string{"regel_id": " "} },
		"vast.domein":       func(s *Source) { s.Vast = map[string]string{"domein": "awbz"} },
		"vast.begindatum":   func(s *Source) { s.Vast = map[string]string{"begindatum": "01-02-2024"} },
		"waarden.domein":    func(s *Source) { s.Waarden = map[string]map[string]string{"domein": {"x": "awbz"}} },
		"uit_naam":          func(s *Source) { s.UitNaam = "declaraties_{jaargang}.csv" },
		"breed":             func(s *Source) { s.Breed = map[string]Patterns{"x": {"y"}} },
		"breed_overig":      func(s *Source) { s.BreedOverig = "kosten_*" },
	} {
		s := ok
		change(&s)
		if err := s.Validate(); err == nil || !strings.HasPrefix(err.Error(), want+":") {
			t.Errorf("%s: %v", want, err)
		}
	}
}
