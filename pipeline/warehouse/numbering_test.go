package warehouse

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"ontschot/pipeline/delivery"
)

// TestNumbersLastFromNightToNight numbers persons and codes in the order in which they come, and keeps to it.
func TestNumbersLastFromNightToNight(t *testing.T) {
	dir := t.TempDir()
	for night, lines := range [][]string{
		{person(7, "1950", "2015-01-01", ""), person(3, "1950", "2015-01-01", "")},
		{person(9, "1950", "2015-01-01", ""), person(3, "1950", "2015-01-01", ""), person(7, "1950", "2016-01-01", "")},
	} {
		w, err := OpenNight(t.Context(), dir, Options{Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		mustLoad(t, w, deliver(t, "bevolking", "bevolking.csv", append([]string{peopleHeader}, lines...)...))
		want := []string{"7=1 3=2", "7=1 3=2 9=3"}[night]
		if got := look(t, w, "SELECT string_agg(ltrim(pseudoniem, '0') || '=' || persoon, ' ' ORDER BY persoon) FROM opslag.persoon"); got != want {
			t.Errorf("night %d numbers %s, want %s", night+1, got, want)
		}
		if err := w.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRefusedFileLeavesNoPerson refuses a file after its persons were numbered: none of them may stay, and the
// next file gets their numbers.
func TestRefusedFileLeavesNoPerson(t *testing.T) {
	w := night(t, t.TempDir())
	mustLoad(t, w, deliver(t, "bevolking", "bevolking_1.csv", peopleHeader, person(1, "1950", "2015-01-01", "")))
	lines := []string{peopleHeader}
	for n := range 2000 {
		lines = append(lines, person(100+n, "1950", "2015-01-01", ""))
	}
	for n := range 60 {
		lines = append(lines, person(5000+n, "jaar", "2015-01-01", ""))
	}
	_, err := load(t, w, deliver(t, "bevolking", "bevolking_2.csv", lines...), delivery.Options{PieceBytes: 10_000})
	if _, ok := errors.AsType[*delivery.Refusal](err); !ok {
		t.Fatalf("%v, want a refusal", err)
	}
	mustLoad(t, w, deliver(t, "bevolking", "bevolking_3.csv", peopleHeader, person(1, "1950", "2015-01-01", ""), person(100, "1950", "2015-01-01", "")))
	if got := look(t, w, "SELECT string_agg(ltrim(pseudoniem, '0') || '=' || persoon, ' ' ORDER BY persoon) FROM opslag.persoon"); got != "1=1 100=2" {
		t.Errorf("the numbers are %s, want 1=1 100=2", got)
	}
}

// TestUnknownIsNoText tells an unknown value from every text, in numbers as in what the view gives back.
func TestUnknownIsNoText(t *testing.T) {
	w := night(t, t.TempDir())
	header := claimHeader + ";aanbieder;specialisme;zorgproduct"
	lines := []string{header}
	for i, values := range []string{";;", "a;;", ";a;", ";;a", "a;a;", "a;;a", "=;;", ";;"} {
		lines = append(lines, claim(fmt.Sprint(i), "D", "2017-03-01", "1.00")+";"+values)
	}
	mustLoad(t, w, deliver(t, "declaraties", "declaraties.csv", lines...))
	var want []string
	for _, line := range lines[1:] {
		want = append(want, strings.Join(strings.Split(line, ";")[10:], ";"))
	}
	got := look(t, w, `SELECT string_agg(coalesce(aanbieder, '') || ';' || coalesce(specialisme, '') || ';' || coalesce(zorgproduct, ''), ' ' ORDER BY regel_nr)
		FROM levering.declaraties`)
	if got != strings.Join(want, " ") {
		t.Errorf("stored %s, delivered %s", got, strings.Join(want, " "))
	}
	for query, want := range map[string]string{
		"SELECT count(*) FROM opslag.codering":                                  "3",
		"SELECT count(*) FROM opslag.zorgaanbieder":                             "3",
		"SELECT count(*) FROM opslag.zorgaanbieder WHERE aanbieder IS NULL":     "1",
		"SELECT count(*) FROM levering.declaraties WHERE aanbieder IS NULL":     "4",
		"SELECT count(DISTINCT codering) FROM opslag.declaraties":               "3",
		"SELECT count(*) FROM levering.declaraties AS d WHERE d.domein = 'zvw'": "8",
	} {
		if got := look(t, w, query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}
