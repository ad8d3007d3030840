package synthetic

import (
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"
)

// part is what one claim line adds to a month; the slow, obvious spreading by day.
type part struct {
	first time.Time
	cents int64
}

func obviousParts(t *testing.T, row map[string]string) (out []part) {
	t.Helper()
	begin, err1 := time.Parse(time.DateOnly, row["begindatum"])
	end, err2 := time.Parse(time.DateOnly, row["einddatum"])
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	amount := signedCents(t, row)
	if row["codelijst"] == "041" {
		return []part{{begin, amount}}
	}
	days := int64(end.Sub(begin).Hours()/24) + 1
	var past, done int64
	for d := begin; !d.After(end); d = d.AddDate(0, 0, 1) {
		if len(out) == 0 || d.Day() == 1 {
			out = append(out, part{first: d})
		}
		past++
		if next := d.AddDate(0, 0, 1); next.Day() == 1 || next.After(end) {
			upTo := halfAway(big.NewRat(amount*past, days))
			out[len(out)-1].cents, done = upTo-done, upTo
		}
	}
	return out
}

func halfAway(r *big.Rat) int64 {
	text := r.FloatString(0) // rounds half away from zero
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

func obviousLine(row map[string]string) string {
	kind := row["aanbiedersoort"]
	switch {
	case row["domein"] == "wlz":
		return "langdurig"
	case row["domein"] != "zvw":
		return "0"
	case row["codelijst"] == "041":
		switch row["specialisme"] {
		case "0308", "0328", "0361", "0390":
			return "3"
		}
		if kind == "0602" && row["verwijzer"] == "05" {
			return "3"
		}
		return "2"
	case row["codelijst"] == "066":
		return "2"
	case row["codelijst"] == "065", row["codelijst"] == "068":
		return "1"
	case strings.HasPrefix(kind, "53"), strings.HasPrefix(row["prestatiecode"], "GZSP"):
		return "1.5"
	case strings.HasPrefix(kind, "06"), strings.HasPrefix(kind, "54"), strings.HasPrefix(kind, "79"), strings.HasPrefix(kind, "36"):
		return "2"
	}
	return "1"
}

func TestTruthEqualsTheFiles(t *testing.T) {
	e := region(t)
	roles := map[string]string{}
	for _, n := range Neighbourhoods {
		roles[n.Code] = string(n.Role)
	}
	periods := map[string]table{}
	for _, r := range e.residents {
		periods[r["pseudoniem"]] = append(periods[r["pseudoniem"]], r)
	}
	got := map[string]int64{}
	for _, row := range e.claims {
		for _, p := range obviousParts(t, row) {
			role := roles[place(periods[row["pseudoniem"]], p.first.Format(time.DateOnly))]
			if role == "" {
				role = "overig"
			}
			year := p.first.Format("2006")
			for _, gebied := range []string{role, "regio"} {
				got[gebied+year+"domein"+row["domein"]] += p.cents
				got[gebied+year+"lijn"+obviousLine(row)] += p.cents
			}
		}
		y := row["begindatum"][:4]
		if row["aanbiedersoort"] == "5308" {
			got["5308"+y] += signedCents(t, row)
		}
		if row["domein"] == "wmo" && row["aanbiedersoort"] == "7501" {
			got["7501"+y] += signedCents(t, row)
		}
		got["regels"+y+row["domein"]]++
	}
	for _, x := range e.truth.Totalen {
		key := x.Gebied + strconv.Itoa(x.Jaar) + "domein" + x.Domein
		if x.Domein == "" {
			key = x.Gebied + strconv.Itoa(x.Jaar) + "lijn" + x.Lijn
		}
		if want := cents(t, x.Feitelijk); got[key] != want {
			t.Errorf("%s: waarheid says %d cents, the files %d", key, want, got[key])
		}
	}
	for i, prefix := range []string{"5308", "7501"} {
		for _, y := range e.truth.Effecten[i].PerJaar {
			if want := cents(t, y.Bij[0].Bedrag); got[prefix+strconv.Itoa(y.Jaar)] != want || want == 0 {
				t.Errorf("%s in %d: waarheid says %d cents, the files %d", e.truth.Effecten[i].Naam, y.Jaar, want, got[prefix+strconv.Itoa(y.Jaar)])
			}
		}
	}
	for _, o := range e.truth.Omvang {
		if got["regels"+strconv.Itoa(o.Jaar)+o.Domein] != o.Regels {
			t.Errorf("%d %s: waarheid says %d lines, the files %d", o.Jaar, o.Domein, o.Regels, got["regels"+strconv.Itoa(o.Jaar)+o.Domein])
		}
	}
}

// In the pilot what is left is what there was, less what went, plus what came; elsewhere only the participants who moved count.
func TestEffectsExplainTheDifference(t *testing.T) {
	e := region(t)
	left := map[string]int64{}
	for _, f := range e.truth.Effecten {
		for _, y := range f.PerJaar {
			for _, a := range y.Weg {
				left[strconv.Itoa(y.Jaar)+a.Domein] -= cents(t, a.Bedrag)
				left[strconv.Itoa(y.Jaar)+"/"+a.Lijn] -= cents(t, a.Bedrag)
			}
			for _, a := range y.Bij {
				left[strconv.Itoa(y.Jaar)+a.Domein] += cents(t, a.Bedrag)
				left[strconv.Itoa(y.Jaar)+"/"+a.Lijn] += cents(t, a.Bedrag)
			}
		}
	}
	for _, x := range e.truth.Totalen {
		delta := cents(t, x.Feitelijk) - cents(t, x.Tegenfeitelijk)
		key := strconv.Itoa(x.Jaar) + x.Domein
		if x.Domein == "" {
			key = strconv.Itoa(x.Jaar) + "/" + x.Lijn
		}
		switch {
		case x.Gebied == "pilot" && delta != left[key]:
			t.Errorf("pilot %s: worlds differ by %d cents, the effects say %d", key, delta, left[key])
		case x.Jaar < effectYear && delta != 0:
			t.Errorf("%s %s: the worlds differ before %d", x.Gebied, key, effectYear)
		}
	}
}

func TestStackingEqualsTheArrangements(t *testing.T) {
	e := region(t)
	grants := map[string]table{}
	for _, g := range e.grants {
		grants[g["pseudoniem"]] = append(grants[g["pseudoniem"]], g)
	}
	roles := map[string]string{}
	for _, n := range Neighbourhoods {
		roles[n.Code] = string(n.Role)
	}
	periods := map[string]table{}
	for _, r := range e.residents {
		periods[r["pseudoniem"]] = append(periods[r["pseudoniem"]], r)
	}
	got := map[string]int64{}
	for who, gs := range grants {
		for y := 2016; y <= 2020; y++ {
			most, where := 0, ""
			for d := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == y; d = d.AddDate(0, 0, 1) {
				on := d.Format(time.DateOnly)
				kinds := map[string]bool{}
				for _, g := range gs {
					if g["begindatum"] <= on && on <= until(g["einddatum"]) {
						kinds[g["domein"]+g["productcategorie"]] = true
					}
				}
				if len(kinds) > most {
					most, where = len(kinds), roles[place(periods[who], on)]
				}
			}
			if most > 0 && where == "pilot" {
				got[strconv.Itoa(y)+"/"+strconv.Itoa(min(most, 6))]++
			}
		}
	}
	for _, x := range e.truth.Stapeling {
		if x.Gebied != "pilot" || x.Klasse == "0" {
			continue
		}
		if key := strconv.Itoa(x.Jaar) + "/" + strings.TrimSuffix(x.Klasse, "+"); got[key] != x.Feitelijk {
			t.Errorf("%s: waarheid says %d persons, the arrangements %d", key, x.Feitelijk, got[key])
		}
	}
	joined := int64(0)
	for _, row := range e.takers {
		if row["project"] == "samen_in_de_wijk" || row["project"] == "een_plan" {
			joined++
		}
	}
	if told := e.truth.Effecten[unstacking].Deelnemers; joined == 0 || joined != told {
		t.Errorf("%d participants against stacking in the file, waarheid says %d", joined, told)
	}
}
