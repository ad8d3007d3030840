package queries_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline/analysis"
)

var (
	comment = regexp.MustCompile(`(?s)--[^\n]*|/\*.*?\*/`)
	// A text may hold two dashes and a comment may hold a quote: whichever begins first counts.
	commentOrText = regexp.MustCompile(`(?s)'(?:[^']|'')*'|"[^"]*"|--[^\n]*|/\*.*?\*/`)
)

// code is the SQL without its comments, with every text and quoted name emptied; the lines stay where they are.
func code(sql string) string {
	return commentOrText.ReplaceAllStringFunc(sql, func(s string) string {
		if s[0] == '\'' || s[0] == '"' {
			return s[:1] + strings.Repeat("\n", strings.Count(s, "\n")) + s[:1]
		}
		return strings.Repeat("\n", strings.Count(s, "\n"))
	})
}

// subset lists what DuckDB has and Trino has not, each with what to write instead.
var subset = []struct{ pattern, instead string }{
	{`::`, "CAST(x AS t)"},
	{`//`, "floor of a division"},
	{`&`, "plain arithmetic"},
	{`<<|>>`, "plain arithmetic"},
	{`->`, "a join"},
	{`\bproduct\s*\(`, "exp of a sum of logarithms, or a window"},
	{`\b(generate_series|range)\s*\(`, "the table kalender"},
	{`\bqualify\b`, "a subquery with WHERE"},
	{`\b(group|order)\s+by\s+all\b`, "the names of the columns"},
	{`\b(un)?pivot\b`, "FILTER or a join with VALUES"},
	{`\bexclude\b`, "the names of the columns"},
	{`\*\s*replace\b`, "the names of the columns"},
	{`\basof\b`, "a window function"},
	{`\bunnest\b`, "a join with VALUES"},
	{`\b(list|array|struct|map)_\w+\s*\(`, "rows"},
	{`\blist\s*\(`, "rows"},
	{`\bdistinct\s+on\b`, "row_number()"},
	{`(\A|\(|\bunion|\ball)\s*from\b`, "SELECT first"},
	{`\b(semi|anti|positional|lateral)\s+join\b`, "EXISTS or a join"},
	{`\busing\s+sample\b|\btablesample\b`, "no sample: it is not deterministic"},
	{`\b(random|now|today|current_date|current_timestamp|uuid)\b`, "the table instelling: an answer depends on its data only"},
	{`\b(float|real|float4|float8)\b`, "DOUBLE, for a ratio only"},
	{`;`, "nothing: a file is one query"},
}

// findings says, a line each, where a query leaves the subset.
func findings(sql string) (found []string) {
	text := code(sql)
	for _, rule := range subset {
		for _, at := range regexp.MustCompile(`(?i)`+rule.pattern).FindAllStringIndex(text, -1) {
			found = append(found, fmt.Sprintf("%q on line %d; write %s", text[at[0]:at[1]], lineOf(text, at[0]), rule.instead))
		}
	}
	for _, at := range regexp.MustCompile(`(?i)\b(string_agg|group_concat|listagg|array_agg)\s*\(`).FindAllStringIndex(text, -1) {
		if !regexp.MustCompile(`(?i)\border\s+by\b`).MatchString(inParentheses(text[at[1]-1:])) {
			found = append(found, fmt.Sprintf("string_agg without ORDER BY on line %d", lineOf(text, at[0])))
		}
	}
	if words := strings.Fields(text); len(words) == 0 || words[0] != "SELECT" && words[0] != "WITH" {
		found = append(found, "the query does not begin with SELECT or WITH")
	}
	return found
}

func lineOf(text string, at int) int { return 1 + strings.Count(text[:at], "\n") }

// inParentheses is what stands between the first parenthesis and the one that closes it.
func inParentheses(s string) string {
	depth := 0
	for i, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return s[:i]
			}
		}
	}
	return s
}

func TestSQLStaysInTheSubset(t *testing.T) {
	for _, q := range catalogue(t) {
		for _, f := range findings(q.SQL) {
			t.Errorf("%s: %s", q.Path, f)
		}
	}
}

// TestSubsetCatches proves that every rule is able to fail, and that texts and comments are left alone.
func TestSubsetCatches(t *testing.T) {
	for _, sql := range []string{
		"SELECT a::INT FROM t", "SELECT a // 2 FROM t", "SELECT a & 1 FROM t", "SELECT 1 << a FROM t", "SELECT product(a) FROM t",
		"SELECT * FROM generate_series(1, 2)", "SELECT a FROM t QUALIFY row_number() OVER () = 1", "SELECT a FROM t GROUP BY ALL",
		"SELECT * FROM t ORDER BY ALL", "WITH p AS (PIVOT t ON a) SELECT * FROM p", "SELECT * EXCLUDE (a) FROM t", "SELECT f(x -> x + 1) FROM t",
		"FROM t", "WITH a AS (FROM t) SELECT * FROM a", "WITH a AS (\n  FROM t) SELECT * FROM a", "SELECT * FROM a ASOF JOIN b ON a.x > b.x",
		"SELECT unnest(a) FROM t", "SELECT list_sort(a) FROM t", "SELECT list(a) FROM t", "SELECT string_agg(a, ',') FROM t",
		"SELECT string_agg(a, f(b)) FROM t ORDER BY a", "SELECT a FROM t;", "CREATE TABLE x AS SELECT 1", "SELECT DISTINCT ON (a) a FROM t",
		"SELECT CAST(a AS FLOAT) FROM t", "SELECT random() FROM t", "SELECT current_date", "SELECT * FROM a SEMI JOIN b ON a.x = b.x",
	} {
		if len(findings(sql)) == 0 {
			t.Errorf("nothing found in %s", sql)
		}
	}
	for _, sql := range []string{
		"-- titel: a::b; c -> d\nSELECT 'a::b; PIVOT' AS x, a || '-' || b, \"list_a\" FROM t /* QUALIFY */",
		"WITH a AS (\n    SELECT 1 AS x\n)\n\nSELECT string_agg(f(x), ',' ORDER BY x) FROM a",
		"SELECT CASE WHEN a >= 1 AND b <> 2 THEN 'it''s -- no comment' END FROM t",
	} {
		if f := findings(sql); len(f) > 0 {
			t.Errorf("found %q in %s", f, sql)
		}
	}
	if f := findings("SELECT a\nFROM t\nWHERE a::INT = 1"); len(f) != 1 || !strings.Contains(f[0], "line 3") {
		t.Errorf("the line is wrong: %q", f)
	}
}

var (
	lastOrder = regexp.MustCompile(`(?is)\border\s+by\s+([\w.,\s]+)$`)
	lastWord  = regexp.MustCompile(`\w+$`)
)

// TestIndicatorsEndInTheOrderOfTheirKey reads the last ORDER BY: the columns of sleutel first, under their own names or
// those they have inside the query.
func TestIndicatorsEndInTheOrderOfTheirKey(t *testing.T) {
	for _, q := range catalogue(t).Of(analysis.Indicator) {
		text := strings.TrimSpace(code(q.SQL))
		m := lastOrder.FindStringSubmatch(text)
		if m == nil {
			t.Errorf("%s: does not end with ORDER BY", q.Path)
			continue
		}
		terms := strings.Split(m[1], ",")
		for i, key := range q.Keys {
			if i >= len(terms) {
				t.Errorf("%s: the order misses %s", q.Path, key)
				continue
			}
			term := strings.TrimSpace(terms[i])
			renamed := regexp.MustCompile(`(?i)` + regexp.QuoteMeta(term) + `\s+AS\s+` + key + `\b`)
			if lastWord.FindString(term) != key && !renamed.MatchString(text) {
				t.Errorf("%s: orders by %s where the key has %s", q.Path, term, key)
			}
		}
	}
}

// TestHeadersNameColumnsOfTheQuery holds the header to the query: a guard or an internal column that has another name
// there would protect nothing.
func TestHeadersNameColumnsOfTheQuery(t *testing.T) {
	w := region(t)
	for _, q := range catalogue(t) {
		columns, _ := answer(t, w, "SELECT * FROM ("+comment.ReplaceAllString(q.SQL, "")+") AS q LIMIT 0")
		named := append(slices.Clone(q.Keys), q.Internal...)
		for _, th := range q.Thresholds {
			named = append(append(named, th.Count), th.Measures...)
		}
		if q.Open != "" {
			named = append(named, q.Open)
		}
		if q.Detail {
			named = append(named, "domein")
		}
		for _, name := range named {
			if !slices.Contains(columns, name) {
				t.Errorf("%s: the header names %s; the query gives %v", q.Path, name, columns)
			}
		}
		if len(q.Keys) == 0 && q.Kind != analysis.Check {
			t.Errorf("%s: has no sleutel", q.Path)
		}
		if len(q.Thresholds) == 0 && q.Kind == analysis.Indicator {
			t.Errorf("%s: no count guards its measures", q.Path)
		}
		if q.Kind == analysis.Check && !slices.Equal(columns, []string{"fout", "bekeken", "voorbeeld"}) {
			t.Errorf("%s: gives %v; a check gives fout, bekeken, voorbeeld", q.Path, columns)
		}
	}
}
