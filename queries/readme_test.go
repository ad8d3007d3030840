package queries_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/warehouse"
	"ontschot/queries"
)

var update = flag.Bool("update", false, "write README.md anew from the headers of the queries")

// TestReadme holds README.md to the headers that it is made from.
func TestReadme(t *testing.T) {
	want := readme(t)
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	written, err := os.ReadFile("README.md")
	if err != nil || string(written) != want {
		t.Errorf("queries/README.md is not what the headers say (%v): run 'make catalogue' and look at what changed", err)
	}
}

// TestReadmeLinks follows every link of the page, within it and to the files.
func TestReadmeLinks(t *testing.T) {
	page := readme(t)
	anchors := map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		anchors["#"+anchor(m[1])]++
	}
	for name, times := range anchors {
		if times > 1 {
			t.Errorf("%d headings make %s", times, name)
		}
	}
	links := regexp.MustCompile(`\]\(([^)]*)\)`).FindAllStringSubmatch(page, -1)
	for _, m := range links {
		if strings.HasPrefix(m[1], "#") {
			if anchors[m[1]] == 0 {
				t.Errorf("%s leads nowhere", m[1])
			}
		} else if _, err := os.Stat(m[1]); err != nil {
			t.Errorf("%s: %v", m[1], err)
		}
	}
	if len(links) < 2*len(catalogue(t)) {
		t.Errorf("only %d links", len(links))
	}
}

const introduction = `# The catalogue

Made by ` + "`make catalogue`" + ` from the headers of the files; a test fails when it is not up to date.

Every figure of Ontschot comes from a file in this folder. A file is one plain ` + "`SELECT`" + ` that answers one question, under
a header that says, in the language of the field, what it answers, what one row is and by which method. The night runs
all files after what they read and keeps a table of each: ` + "`model.NAME`" + ` or ` + "`uitkomst.NAME`" + `.

**Ask by name**, on last night's data:

` + "```" + `
ontschot query -c ontschot.toml kosten_per_domein
ontschot query -c ontschot.toml kosten_per_domein --format csv -o antwoord.csv
ontschot query -c ontschot.toml mijn_vraag.sql
` + "```" + `

**Or paste a file**, as it stands, into a DuckDB shell on the warehouse (` + "`duckdb -readonly warehouse.duckdb`" + `; a prompt wants
a ` + "`;`" + ` behind it). It gives the same rows:

` + "```" + `
duckdb -readonly warehouse.duckdb < queries/indicator/kosten_per_domein.sql
` + "```" + `

Either way the answer is internal: it has passed no disclosure control.

Four tables have no file, for SQL cannot match, weigh and try every choice; [` + "`pipeline/analysis`" + `](../pipeline/analysis) makes them:
` + "`model.deelnemer_gewicht`" + ` and from it ` + "`model.deelnemer_schatting`" + `, who is compared with participants and the effect on these
([weights](../pipeline/analysis/participants_weigh.go), [effect](../pipeline/analysis/participants.go)); ` + "`model.wijk_schatting`" + `, the effect in the
pilot neighbourhoods ([here](../pipeline/analysis/neighbourhoods.go)); and ` + "`model.substitutie_schatting`" + `, whether care under one law replaced care
under another ([here](../pipeline/analysis/substitution.go)).

Besides each other's tables, the files read ` + "`levering.*`" + ` (what was delivered, its ledger and the quarantine), ` + "`opslag.*`" + `
(how that is stored: a number for every person and code), ` + "`referentie.*`" + ` (the code lists below), ` + "`instelling`" + ` (one row:
the settings of the region) and ` + "`kalender`" + ` (a row for every day).

`

// referenceTexts say what the code lists hold; they have no header of their own.
var referenceTexts = map[string]string{
	"financier":          "Who pays for a law.",
	"gebied":             "The places and their role (pilot, controle). A row names its finest filled code: no buurt is a wijk, no wijk a gemeente.",
	"hoogspecialistisch": "By which signal a rule says that care is highly specialised, and whether that signal belongs to the core (domain of the sensitivity in `specialistische_zorg`).",
	"huisartscontact":    "Which codes are a contact with a GP.",
	"leefdomein":         "The names of the ten domains of life.",
	"prijsindex":         "What care cost in a year. Real = bedrag × index of the base year ÷ index of the year; no zorgsoort is all, domein `cpi` stands in for a law without an index.",
	"stelselwijziging":   "Changes of the system: breaks that no shift should be read across; soort `bekostiging` changes the pace of declaring.",
	"voorlopig":          "How many months after the end of a year a law's claims are complete.",
	"zorgsoort":          "Which line is which type of care, in which domain of life and echelon. The patterns are SQL `LIKE`, empty is any; the rule with most patterns wins, then the lowest rang.",
	"zorgsoort_grof":     "The coarse type of care, for a line that no rule of `zorgsoort` fits.",
	"zorgsoort_naam":     "The names of the types of care, and the national type that each is compared with (empty: itself).",
}

// chapter is a kind of query on the page.
type chapter struct {
	kind        analysis.Kind
	title, text string
}

var chapters = []chapter{
	{analysis.Indicator, "Indicators", "The answers, schema `uitkomst`: what the workbooks show and a researcher builds on."},
	{analysis.Model, "Model", "What the answers are made from, schema `model`. Only `kosten`, `persoonjaar` and `arrangement` are promised to stay as they are."},
	{analysis.Check, "Checks", "What is wrong with the data. A check gives one row (failed, looked at, an example) and no table. *waarschuwing* is shown, " +
		"*fout* and *configuratie* stop the night before anything is published; `[kwaliteit.ernst]` makes a warning stop it too."},
}

// readme is the page.
func readme(t testing.TB) string {
	w := region(t)
	c := catalogue(t)
	var page, contents strings.Builder
	for _, ch := range chapters {
		fmt.Fprintf(&page, "## %s\n\n%s\n\n", ch.title, ch.text)
		var links []string
		for _, q := range c.Of(ch.kind) {
			heading := q.Name
			if q.Kind == analysis.Check { // its name may be that of a table too
				heading = "check " + q.Name
			}
			links = append(links, fmt.Sprintf("[%s](#%s)", q.Name, anchor(heading)))
			if q.Kind == analysis.Indicator {
				links[len(links)-1] += ": " + prose(q.Question)
			}
			fmt.Fprintf(&page, "### %s\n\n", heading)
			writeQuery(t, &page, w, q)
		}
		first, between := ": ", " · "
		if ch.kind == analysis.Indicator { // what most come for: a line each, with its question
			first, between = "\n  - ", "\n  - "
		}
		fmt.Fprintf(&contents, "- **[%s](#%s)**%s%s\n", ch.title, anchor(ch.title), first, strings.Join(links, between))
	}
	fmt.Fprintf(&page, "## Reference\n\nThe dated code lists, schema `referentie`; `[referentie]` in the configuration puts one of your own in the place of any. "+
		"Every row says in `bron` where it comes from.\n\n")
	var links []string
	for _, name := range warehouse.ReferenceNames() {
		heading := "referentie " + name
		links = append(links, fmt.Sprintf("[%s](#%s)", name, anchor(heading)))
		fmt.Fprintf(&page, "### %s\n\n", heading)
		writeReference(t, &page, name)
	}
	fmt.Fprintf(&contents, "- **[Reference](#reference)**: %s\n", strings.Join(links, " · "))
	return introduction + "## Contents\n\n" + contents.String() + "\n" + strings.TrimRight(page.String(), "\n") + "\n"
}

// writeQuery writes what the header of a query says, what the query reads and, of an indicator, what it gives.
func writeQuery(t testing.TB, page *strings.Builder, w *warehouse.Warehouse, q analysis.Query) {
	t.Helper()
	reads, err := q.Reads(w.Conn())
	if err != nil {
		t.Fatal(err)
	}
	for i, table := range reads {
		reads[i] = tableLink(table)
	}
	file := strings.TrimPrefix(q.Path, "queries/")
	fmt.Fprintf(page, "**%s.** %s\n\n", prose(q.Title), prose(q.Question))
	if q.Kind != analysis.Check { // always one row
		fmt.Fprintf(page, "- One row: %s\n", prose(q.Grain))
	}
	if len(q.Keys) > 0 {
		fmt.Fprintf(page, "- Key: %s\n", inBackticks(q.Keys))
	}
	if q.Kind == analysis.Check {
		fmt.Fprintf(page, "- Severity: %s", q.Severity)
		if q.Limit > 0 {
			fmt.Fprintf(page, ", when more than %g%% fails", 100*q.Limit)
		}
		fmt.Fprintf(page, "\n- Why: %s\n", prose(q.Note))
	}
	if q.Method != "" {
		fmt.Fprintf(page, "- Method: %s\n", prose(q.Method))
	}
	fmt.Fprintf(page, "- Reads: %s\n- File: [%s](%s)\n\n", strings.Join(reads, ", "), file, file)
	if q.Kind == analysis.Indicator {
		writeColumns(t, page, w, q)
	}
}

// writeColumns writes the columns of an indicator, with what guards a measure.
func writeColumns(t testing.TB, page *strings.Builder, w *warehouse.Warehouse, q analysis.Query) {
	t.Helper()
	_, rows := answer(t, w, fmt.Sprintf(`SELECT column_name, data_type FROM information_schema.columns
		WHERE table_schema = '%s' AND table_name = '%s' ORDER BY ordinal_position`, q.Kind.Schema(), q.Name))
	fmt.Fprintf(page, "<details><summary>%d columns</summary>\n\n| column | type | |\n|---|---|---|\n", len(rows))
	for _, row := range rows {
		var notes, guards []string
		if slices.Contains(q.Keys, row[0]) {
			notes = append(notes, "key")
		}
		for _, th := range q.Thresholds {
			if slices.Contains(th.Measures, row[0]) {
				guards = append(guards, th.Count)
			}
		}
		if len(guards) > 0 {
			notes = append(notes, "shown only with enough "+inBackticks(guards))
		}
		if slices.Contains(q.Internal, row[0]) {
			notes = append(notes, "internal, in no workbook")
		}
		fmt.Fprintf(page, "| `%s` | %s | %s |\n", row[0], row[1], strings.Join(notes, "; "))
	}
	var guards []string
	for _, th := range q.Thresholds {
		if len(th.Measures) == 0 {
			guards = append(guards, th.Count)
		}
	}
	if len(guards) > 0 {
		fmt.Fprintf(page, "\nEvery measure is shown only with enough %s.\n", inBackticks(guards))
	}
	page.WriteString("\n</details>\n\n")
}

func writeReference(t testing.TB, page *strings.Builder, name string) {
	t.Helper()
	raw, err := fs.ReadFile(queries.Files, "reference/"+name+".csv")
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(bytes.NewReader(raw))
	reader.Comma = ';'
	columns, err := reader.Read()
	if err != nil {
		t.Fatal(err)
	}
	text, ok := referenceTexts[name]
	if !ok {
		t.Errorf("reference/%s.csv: referenceTexts does not say what it holds", name)
	}
	fmt.Fprintf(page, "%s\n\n- Columns: %s\n- File: [reference/%s.csv](reference/%s.csv)\n\n", text, inBackticks(columns), name, name)
}

// tableLink leads to the section of a table, where there is one, or to what estimates it.
func tableLink(table string) string {
	if step, ok := analysis.Estimated(table); ok {
		return fmt.Sprintf("[`%s`](../%s)", table, step.Path)
	}
	schema, name, _ := strings.Cut(table, ".")
	switch schema {
	case "model", "uitkomst":
		return fmt.Sprintf("[`%s`](#%s)", table, anchor(name))
	case "referentie":
		return fmt.Sprintf("[`%s`](#%s)", table, anchor("referentie "+name))
	}
	return "`" + table + "`"
}

// anchor is how a page refers to a heading of letters, digits, spaces and underscores.
func anchor(heading string) string {
	return strings.ReplaceAll(strings.ToLower(heading), " ", "-")
}

func inBackticks(names []string) string {
	return "`" + strings.Join(names, "`, `") + "`"
}

var (
	// A name of the data, or what the header itself marked as code.
	codeName = regexp.MustCompile("`[^`]*`" + `|\b(?:model|uitkomst|levering|opslag|referentie)\.\w+|[a-z0-9]*_\w+`)
	markup   = strings.NewReplacer(`\`, `\\`, "*", `\*`, "<", "&lt;", "|", `\|`, "~", `\~`, "[", `\[`)
)

// prose is a text of a header as Markdown: names of the data as code, and nothing that would be read as markup.
func prose(s string) string {
	var out strings.Builder
	at := 0
	for _, m := range codeName.FindAllStringIndex(s, -1) {
		out.WriteString(markup.Replace(s[at:m[0]]))
		out.WriteString("`" + strings.Trim(s[m[0]:m[1]], "`") + "`")
		at = m[1]
	}
	out.WriteString(markup.Replace(s[at:]))
	return out.String()
}
