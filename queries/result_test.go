package queries_test

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/pipeline/analysis"
)

// TestQueriesRunAsTheyStand runs the text of every file as one pastes it into a shell on the warehouse, and finds the
// very rows that the night made a table of.
func TestQueriesRunAsTheyStand(t *testing.T) {
	conn := shell(t)
	for _, q := range catalogue(t) {
		columns, pasted := answerOn(t, conn, q.SQL)
		if q.Kind == analysis.Check {
			if len(pasted) != 1 {
				t.Errorf("%s: %d rows, a check gives one", q.Path, len(pasted))
			}
			continue
		}
		madeColumns, made := answerOn(t, conn, "SELECT * FROM "+q.Table())
		if !slices.Equal(columns, madeColumns) {
			t.Errorf("%s: gives the columns %v, its table has %v", q.Path, columns, madeColumns)
			continue
		}
		// In the small region no neighbourhood and no project has persons enough to be compared.
		few := slices.Contains([]string{"wijk_effect", "substitutie", "deelnemers_effect", "deelnemers_balans"}, q.Name)
		if q.Kind == analysis.Indicator && !few && len(pasted) == 0 {
			t.Errorf("%s: no rows, so nothing is compared", q.Path)
		}
		if q.Kind == analysis.Model { // its order is not seen
			slices.SortFunc(pasted, slices.Compare)
			slices.SortFunc(made, slices.Compare)
		}
		if len(pasted) != len(made) {
			t.Errorf("%s: gives %d rows, its table has %d", q.Path, len(pasted), len(made))
			continue
		}
		for i := range pasted {
			if !slices.Equal(pasted[i], made[i]) {
				t.Errorf("%s: row %d is %v, in its table %v", q.Path, i+1, pasted[i], made[i])
				break
			}
		}
	}
}

// TestKeysIdentifyRows holds the rows of every table to its sleutel, and the rows of an indicator to its order.
func TestKeysIdentifyRows(t *testing.T) {
	w := region(t)
	for _, q := range catalogue(t) {
		if q.Kind == analysis.Check {
			continue
		}
		columns, rows := answer(t, w, q.SQL)
		var before []string
		seen := map[string]bool{}
		for _, row := range rows {
			var key []string
			for _, name := range q.Keys {
				key = append(key, row[slices.Index(columns, name)])
			}
			if all := strings.Join(key, "\x00"); seen[all] {
				t.Errorf("%s: two rows for %v", q.Path, key)
				break
			} else {
				seen[all] = true
			}
			if q.Kind == analysis.Indicator && before != nil && slices.CompareFunc(before, key, compareKey) >= 0 {
				t.Errorf("%s: %v comes before %v", q.Path, before, key)
				break
			}
			before = key
		}
	}
}

// compareKey orders unknown last, numbers by value and texts by their bytes.
func compareKey(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "<null>":
		return 1
	case b == "<null>":
		return -1
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		return cmp.Compare(x, y)
	}
	return strings.Compare(a, b)
}

// TestResultTypes keeps the tables that leave to what disclosure and report can hold exactly.
func TestResultTypes(t *testing.T) {
	allowed := regexp.MustCompile(`^(VARCHAR|DATE|INTEGER|BIGINT|DECIMAL\(18,(2|3|6)\))$`)
	_, rows := answer(t, region(t), `SELECT table_name, column_name, data_type FROM information_schema.columns
		WHERE table_schema = 'uitkomst' ORDER BY 1, ordinal_position`)
	tables := map[string]bool{}
	for _, row := range rows {
		tables[row[0]] = true
		if !allowed.MatchString(row[2]) {
			t.Errorf("uitkomst.%s.%s is a %s", row[0], row[1], row[2])
		}
	}
	if want := len(catalogue(t).Of(analysis.Indicator)); len(tables) != want {
		t.Errorf("%d tables in uitkomst, there are %d indicators", len(tables), want)
	}
}
