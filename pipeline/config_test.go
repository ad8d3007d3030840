package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/delivery"
)

// everyKey is the example of the contract: every key that there is.
const everyKey = `werkmap = "."
[regio]
naam = "Maastricht-Heuvelland"
basisjaar = 2017                  # a year without data is exit 2, naming the years there are
populatie = "inwoners"            # or "verzekerden": persons, costs and denominators of all domains limited to insured days

[referentie]                      # leave out what the shipped table says well enough
gebied = "referentie/gebied.csv"

[[bron]]                          # one per kind of file a supplier sends
leverancier = "vgz"
tabel = "declaraties"
bestanden = "aanlevering/zvw/*.csv.gz"
levering = "aanvulling"
scheiding = "|"
decimaal = ","
duizendtal = "."
datum = "dd-mm-jjjj"
tekenset = "windows-1252"
bedrag_in = "euro"                # or "cent"
teken = "debet_credit"            # or "bedrag": the amount itself is signed
kolommen = { regel_id = "DECLNR", bedrag = "VERGOED_BEDRAG", begindatum = "DAT_BEGIN" }   # case-insensitive; * for a cut-off or varying part
vast = { domein = "zvw", codelijst = "041" }
waarden = { geslacht = { M = "1", V = "2" } }
verwacht = "maandelijks, dag 10"

[[bron]]                          # a wide file: each listed column becomes a row of zorgsoort and bedrag
leverancier = "vektis"
tabel = "aggregaat"
bestanden = "../shared/vektis/vektis_*_gemeente.csv"
uit_naam = "vektis_{jaar}_*.csv"
openbaar = true                   # open data: no threshold on its own figures
breed = { medisch_specialistisch = "kosten_medisch_specialistische_z*", farmacie = "kosten_farmacie" }
breed_overig = "kosten_*"         # matching columns not listed: zorgsoort onbekend, their euros kept, the columns named

[kwaliteit]
quarantaine_max = 0.01            # share of lines or euros of a file, and at least 5 lines
onbekend_max = 0.005              # share of euros without a known care type: a warning on sheet 1; an error only when set so

[kwaliteit.ernst]
maand_zonder_regels = "fout"      # a check that stops the night instead of warning

[pseudoniem]
sleutelbestand = "sleutel"        # HMAC-SHA256 at the edge

[onthulling]
drempel = 10                      # lower is exit 2

[bewaren]
aanlevering = "24 maanden"
runs = "12 maanden"

[[ontvanger]]
naam = "vgz"
bestand = "arrangementenmonitor-vgz.xlsx"
eigen_domeinen = ["zvw", "wlz"]   # these in detail, the others only as totals
taal = "nl"
wachtwoord_bestand = ""
`

const testKey = "een sleutel van genoeg tekens"

// readText reads a configuration as if it stood in a file beside a key, and gives its folder.
func readText(t *testing.T, text string) (c *Config, dir string, err error) {
	t.Helper()
	dir = t.TempDir()
	path := filepath.Join(dir, "ontschot.toml")
	for file, content := range map[string]string{path: text, filepath.Join(dir, "sleutel"): testKey + "\n", filepath.Join(dir, "kort"): "kort", filepath.Join(dir, "wachtwoord-vgz"): "een wachtwoord\n"} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err = ReadConfig(path)
	return c, dir, err
}

func TestEveryKeyOfTheContractIsRead(t *testing.T) {
	t.Parallel()
	c, dir, err := readText(t, everyKey)
	if err != nil {
		t.Fatal(err)
	}
	share, unknown := 0.01, 0.005
	want := &Config{
		Werkmap:    ".",
		Regio:      Region{Naam: "Maastricht-Heuvelland", Basisjaar: 2017, Populatie: "inwoners"},
		Referentie: map[string]string{"gebied": "referentie/gebied.csv"},
		Bron: []delivery.Source{{
			Leverancier: "vgz", Tabel: "declaraties", Bestanden: "aanlevering/zvw/*.csv.gz", Levering: "aanvulling",
			Scheiding: "|", Decimaal: ",", Duizendtal: ".", Datum: "dd-mm-jjjj", Tekenset: "windows-1252",
			BedragIn: "euro", Teken: "debet_credit",
			Kolommen: map[string]string{"regel_id": "DECLNR", "bedrag": "VERGOED_BEDRAG", "begindatum": "DAT_BEGIN"},
			Vast:     map[string]string{"domein": "zvw", "codelijst": "041"},
			Waarden:  map[string]map[string]string{"geslacht": {"M": "1", "V": "2"}},
			Verwacht: "maandelijks, dag 10",
		}, {
			Leverancier: "vektis", Tabel: "aggregaat", Bestanden: "../shared/vektis/vektis_*_gemeente.csv",
			UitNaam: "vektis_{jaar}_*.csv", Openbaar: true,
			Breed:       map[string]delivery.Patterns{"medisch_specialistisch": {"kosten_medisch_specialistische_z*"}, "farmacie": {"kosten_farmacie"}},
			BreedOverig: "kosten_*",
		}},
		Kwaliteit:  Quality{QuarantaineMax: &share, OnbekendMax: &unknown, Ernst: map[string]analysis.Severity{"maand_zonder_regels": analysis.Failure}},
		Pseudoniem: Pseudonym{Sleutelbestand: "sleutel"},
		Onthulling: Disclosure{Drempel: 10, TarievenOpen: []string{"participatiewet"}},
		Bewaren:    Retention{Aanlevering: "24 maanden", Runs: "12 maanden"},
		Ontvanger: []Recipient{{
			Naam: "vgz", Bestand: "arrangementenmonitor-vgz.xlsx", EigenDomeinen: []string{"zvw", "wlz"}, Taal: "nl",
		}},
		path: filepath.Join(dir, "ontschot.toml"), pseudonymKey: []byte(testKey),
	}
	if len(c.content) != 64 {
		t.Errorf("the hash of its content is %q", c.content)
	}
	want.content = c.content
	if !reflect.DeepEqual(c, want) {
		t.Errorf("read:\n%+v\nnot:\n%+v", c, want)
	}
}

func TestAnEmptyConfigurationHasDefaults(t *testing.T) {
	t.Parallel()
	c, dir, err := readText(t, "")
	if err != nil {
		t.Fatal(err)
	}
	if want := (Region{Naam: "Maastricht-Heuvelland", Basisjaar: 2017, Populatie: "inwoners"}); c.Regio != want {
		t.Errorf("regio is %+v", c.Regio)
	}
	if c.Onthulling.Drempel != 10 || c.quarantineMax() != 0.01 || c.unknownMax() != 0.005 {
		t.Errorf("drempel %d, quarantaine_max %v, onbekend_max %v", c.Onthulling.Drempel, c.quarantineMax(), c.unknownMax())
	}
	want := []Recipient{
		{Naam: "vgz", Bestand: "arrangementenmonitor-vgz.xlsx", EigenDomeinen: []string{"zvw", "wlz"}, Taal: "nl"},
		{Naam: "gemeente", Bestand: "arrangementenmonitor-gemeente.xlsx", EigenDomeinen: []string{"wmo", "jeugdwet", "participatiewet"}, Taal: "nl"},
	}
	if !reflect.DeepEqual(c.Ontvanger, want) {
		t.Errorf("recipients are %+v", c.Ontvanger)
	}
	if c.WorkDir() != dir {
		t.Errorf("the working folder is %s, not that of the file", c.WorkDir())
	}
}

func TestAShareOfZeroIsAWish(t *testing.T) {
	c, _, err := readText(t, "[kwaliteit]\nquarantaine_max = 0\nonbekend_max = 0\n")
	if err != nil {
		t.Fatal(err)
	}
	if most := c.quarantineMax(); most <= 0 || most > 1e-9 {
		t.Errorf("quarantaine_max is %v: any line must be above it, none may not", most)
	}
	if c.unknownMax() != 0 {
		t.Errorf("onbekend_max is %v", c.unknownMax())
	}
}

func TestPathsAreRelativeToTheFile(t *testing.T) {
	c, dir, err := readText(t, "werkmap = \"../elders\"\n")
	if err != nil {
		t.Fatal(err)
	}
	if c.ConfigDir() != dir || c.WorkDir() != filepath.Join(filepath.Dir(dir), "elders") {
		t.Errorf("configuration in %s, working folder %s", c.ConfigDir(), c.WorkDir())
	}
	if got := c.resolve("referentie/gebied.csv"); got != filepath.Join(dir, "referentie", "gebied.csv") {
		t.Errorf("a code list is sought as %s", got)
	}
	absolute := filepath.Join(t.TempDir(), "werk")
	if c, _, err = readText(t, fmt.Sprintf("werkmap = %q\n", absolute)); err != nil || c.WorkDir() != absolute {
		t.Errorf("an absolute path gives %s, %v", c.WorkDir(), err)
	}

	// From another folder the same file means the same.
	t.Chdir(filepath.Dir(dir))
	relative, err := ReadConfig(filepath.Join(filepath.Base(dir), "ontschot.toml"))
	if err != nil || relative.ConfigDir() != dir {
		t.Errorf("read by a relative path its folder is %s, %v", relative.ConfigDir(), err)
	}
}

func TestWhatDoesNotFitIsRefusedAndSaysWhy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"an unknown key", "[regio]\nnaam = \"x\"\nbasis_jaar = 2017\n", `ontschot.toml:3: the key "regio.basis_jaar" is unknown`},
		{"an unknown table", "\n[regios]\nnaam = \"x\"\n", `ontschot.toml:2: the key "regios`},
		{"an unknown key of a source", "[[bron]]\nbestanden = \"x\"\nscheidingsteken = \";\"\n", `ontschot.toml:3: the key "bron.scheidingsteken" is unknown`},
		{"a value of another type", "[regio]\nbasisjaar = \"2017\"\n", "ontschot.toml:2:13: regio.basisjaar: a whole number is expected, not a text"},
		{"a table for a text", "[werkmap]\nx = 1\n", "ontschot.toml:1:2: werkmap: a text is expected, not a table"},
		{"a text for a list", "[[ontvanger]]\neigen_domeinen = \"zvw\"\n", "ontschot.toml:2:18: ontvanger.eigen_domeinen: a list is expected, not a text"},
		{"a number for patterns", "[[bron]]\n[bron.breed]\nfarmacie = 3\n", "ontschot.toml:3:12: bron.breed.farmacie: breed has a text or a list of texts for each zorgsoort"},
		{"a number among patterns", "[[bron]]\nbreed = { farmacie = [\"a\", 3] }\n", "ontschot.toml:2:22: bron.breed: breed has a text or a list of texts for each zorgsoort"},
		{"a table for patterns", "[[bron]]\n[bron.breed.farmacie]\nx = 3\n", "ontschot.toml: breed has a text or a list of texts for each zorgsoort"},
		{"no patterns", "[[bron]]\nbestanden = \"x\"\nbreed = { farmacie = [] }\n", "breed: an empty name or pattern"},
		{"no TOML", "[regio\n", "ontschot.toml:1:"},
		{"a key twice", "werkmap = \".\"\nwerkmap = \".\"\n", "ontschot.toml:2:"},
		{"a threshold that is too low", "[onthulling]\ndrempel = 9\n", "onthulling.drempel is 9: at least 10 "},
		{"open tariffs of no law", "[onthulling]\ntarieven_open = [\"zorg\"]\n", "onthulling.tarieven_open has \"zorg\""},
		{"no threshold", "[onthulling]\ndrempel = 0\n", "onthulling.drempel is 0: at least 10 "},
		{"a negative threshold", "[onthulling]\ndrempel = -1\n", "onthulling.drempel is -1"},
		{"another population", "[regio]\npopulatie = \"iedereen\"\n", `regio.populatie is "iedereen": it is "inwoners" or "verzekerden"`},
		{"a share above one", "[kwaliteit]\nquarantaine_max = 1.5\n", "kwaliteit.quarantaine_max is 1.5: it is a share"},
		{"a negative share", "[kwaliteit]\nonbekend_max = -0.1\n", "kwaliteit.onbekend_max is -0.1"},
		{"a share that is no number", "[kwaliteit]\nonbekend_max = nan\n", "kwaliteit.onbekend_max is NaN"},
		{"a check that is not there", "[kwaliteit]\nernst = { maand = \"fout\" }\n", "ontschot.toml:2: kwaliteit.ernst: there is no check maand; there are aansluiting_sluit, "},
		{"a query that is no check", "[kwaliteit.ernst]\nregel = \"fout\"\n", "ontschot.toml:2: kwaliteit.ernst: there is no check regel"},
		{"a check made lighter", "[kwaliteit.ernst]\nmaand_zonder_regels = \"fout\"\ngrootboek_klopt = \"waarschuwing\"\n", `ontschot.toml:3: kwaliteit.ernst: the severity of grootboek_klopt is "waarschuwing": it can only be raised, to "fout"`},
		{"a check of the configuration", "[kwaliteit]\nernst.basisjaar_aanwezig = \"fout\"\n", `ontschot.toml:2: kwaliteit.ernst: basisjaar_aanwezig has severity "configuratie"`},
		{"a severity that is no text", "[kwaliteit.ernst]\nmaand_zonder_regels = 4\n", "ontschot.toml:2:"},
		{"a code list that is not there", "[referentie]\nwijken = \"wijken.csv\"\n", "referentie.wijken: there is no such table; there are "},
		{"a key that is not there", "[pseudoniem]\nsleutelbestand = \"weg\"\n", "pseudoniem.sleutelbestand: "},
		{"a key that is too short", "[pseudoniem]\nsleutelbestand = \"kort\"\n", "pseudoniem.sleutelbestand: the key has 4 bytes"},
		{"a source without files", "[[bron]]\ntabel = \"bevolking\"\n", "[[bron]] 1: bestanden: is empty"},
		{"a wrong second source", "[[bron]]\nbestanden = \"a*\"\n[[bron]]\nbestanden = \"b*\"\ntabel = \"facturen\"\n", `[[bron]] 2: tabel: "facturen"`},
		{"a schedule that says nothing", "[[bron]]\nbestanden = \"x\"\nverwacht = \"elke maand\"\n", `ontschot.toml:3:12: bron.verwacht: "elke maand" is no schedule; write "maandelijks, dag 10", `},
		{"a schedule that is no text", "[[bron]]\nbestanden = \"x\"\nverwacht = 10\n", "ontschot.toml:3:12: bron.verwacht: a text is expected"},
		{"a term that says nothing", "[bewaren]\naanlevering = \"lang\"\n", `ontschot.toml:2:15: bewaren.aanlevering: "lang" is no term; write "24 maanden", `},
		{"a term of nothing", "[bewaren]\nruns = \"0 dagen\"\n", `ontschot.toml:2:8: bewaren.runs: "0 dagen" is no term`},
		{"a recipient without a name", "[[ontvanger]]\nbestand = \"x.xlsx\"\n", "[[ontvanger]] 1: naam is missing"},
		{"a workbook in another folder", "[[ontvanger]]\nnaam = \"x\"\nbestand = \"../x.xlsx\"\n", `bestand is "../x.xlsx": a file name that ends in .xlsx`},
		{"a workbook that is none", "[[ontvanger]]\nnaam = \"x\"\nbestand = \"x.pdf\"\n", `bestand is "x.pdf"`},
		{"a hidden workbook", "[[ontvanger]]\nnaam = \"x\"\nbestand = \".x.xlsx\"\n", `bestand is ".x.xlsx"`},
		{"two recipients of one file", "[[ontvanger]]\nnaam = \"x\"\n[[ontvanger]]\nnaam = \"X\"\n", "[[ontvanger]] 2: bestand"},
		{"a law that is none", "[[ontvanger]]\nnaam = \"x\"\neigen_domeinen = [\"awbz\"]\n", `eigen_domeinen has "awbz"; the domains are zvw, `},
		{"another language", "[[ontvanger]]\nnaam = \"x\"\ntaal = \"de\"\n", `[[ontvanger]] 1: taal is "de": it is "nl" (Dutch) or "en" (English)`},
		{"a name twice", "[[ontvanger]]\nnaam = \"x\"\n[[ontvanger]]\nnaam = \"x\"\nbestand = \"y.xlsx\"\n", "[[ontvanger]] 2: naam \"x\" is used twice"},
		{"a password file that is not there", "[[ontvanger]]\nnaam = \"x\"\nwachtwoord_bestand = \"geheim\"\n", "[[ontvanger]] x: wachtwoord_bestand: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readText(t, c.text)
			if err == nil {
				t.Fatal("it was accepted")
			}
			if KindOf(err) != Misuse {
				t.Errorf("kind %d: %v", KindOf(err), err)
			}
			if !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "ontschot.toml") {
				t.Errorf("it says %q, not %q", err, c.want)
			}
		})
	}
}

func TestAMissingConfigurationSaysHowToMakeOne(t *testing.T) {
	_, err := ReadConfig(filepath.Join(t.TempDir(), "ontschot.toml"))
	if KindOf(err) != Misuse || !strings.Contains(err.Error(), "ontschot init DIR") {
		t.Errorf("%v", err)
	}
}

func TestTheConfigurationOfInitIsValidAlsoWithAllThatItSuggests(t *testing.T) {
	path, err := Init(filepath.Join(t.TempDir(), "regio"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := ReadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	empty, _, err := readText(t, "")
	if err != nil {
		t.Fatal(err)
	}
	if c.Regio != empty.Regio || c.Onthulling.Drempel != empty.Onthulling.Drempel || c.quarantineMax() != empty.quarantineMax() ||
		c.unknownMax() != empty.unknownMax() || !reflect.DeepEqual(c.Ontvanger, empty.Ontvanger) {
		t.Error("it says something else than the defaults")
	}

	// A comment that looks like a key is one that can be set.
	lines := strings.Split(string(newConfig), "\n")
	for i, line := range lines {
		bare := strings.TrimPrefix(line, "# ")
		if bare != line && (strings.HasPrefix(bare, "[") || slices.Contains(strings.Fields(bare), "=")) {
			lines[i] = bare
		}
	}
	c, _, err = readText(t, strings.Join(lines, "\n"))
	if err != nil {
		t.Fatalf("what it suggests is refused: %v", err)
	}
	if len(c.Bron) != 2 || len(c.Ontvanger) != 1 || len(c.Referentie) != 1 {
		t.Errorf("%d sources, %d recipients, %d code lists", len(c.Bron), len(c.Ontvanger), len(c.Referentie))
	}
}
