package pipeline_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
)

func releasePeople(t testing.TB, r nightRegion, c releaseContributions, areas map[[2]string][]string, years []string, base string) {
	t.Helper()
	days, traits, quarters := releaseSums{}, map[[2]string][]string{}, releaseSums{}
	for _, p := range nightRows(t, r, `SELECT p.pseudoniem, p.jaar, p.buurt, p.dagen, p.leeftijd, p.geslacht,
			coalesce((SELECT max(1) FROM model.verblijf AS v WHERE v.persoon = p.persoon AND v.buurt = p.buurt
				AND v.begindatum <= make_date(p.jaar, 1, 1) AND v.einddatum >= make_date(p.jaar, 1, 1)), 0)
		FROM model.persoonjaar AS p ORDER BY ALL`) {
		for _, area := range areas[[2]string{p[1], p[2]}] {
			days.add(p[1]+"|"+area, p[0], p[3])
			at := [2]string{p[1] + "|" + area, p[0]}
			if traits[at] == nil {
				traits[at] = []string{p[4], p[5], "0"}
			}
			if p[6] == "1" {
				traits[at][2] = "1"
			}
		}
	}
	for _, p := range nightRows(t, r, `SELECT p.pseudoniem, k.jaar, quarter(k.dag), v.buurt, count(*)
		FROM model.verblijf AS v INNER JOIN opslag.persoon AS p ON p.persoon = v.persoon
		INNER JOIN kalender AS k ON k.dag BETWEEN v.begindatum AND v.einddatum INNER JOIN model.jaar AS j ON j.jaar = k.jaar GROUP BY ALL`) {
		for _, area := range areas[[2]string{p[1], p[3]}] {
			quarters.add(p[1]+"-K"+p[2]+"|"+area, p[0], p[4])
		}
	}
	laws := map[string][]string{}
	for _, d := range nightRows(t, r, "SELECT DISTINCT jaar, domein FROM model.cel WHERE gebied = 'regio' AND herkomst = 'persoon'") {
		laws[d[0]] = append(laws[d[0]], d[1])
	}
	published := nightRows(t, r, "SELECT jaar || '|' || gebied, zorgsoort || '|' || domein FROM uitkomst.benchmark")
	benchmark := map[string][]string{}
	for _, b := range published {
		benchmark[b[0]] = append(benchmark[b[0]], b[1])
	}
	for at, n := range days {
		year := at[0][:4]
		what := fmt.Sprint(n, traits[at])
		c.set("kerncijfers_gebied", at[0], "bewoner", at[1], what)
		for _, law := range laws[year] {
			c.set("kosten_per_domein", at[0]+"|"+law, "dagen", at[1], fmt.Sprint(n))
		}
		for _, rest := range benchmark[at[0]] {
			c.set("benchmark", at[0]+"|"+rest, "bewoner", at[1], what)
		}
		for _, measure := range []string{"huisarts_per_1000", "anderhalf_per_1000", "eerste_dbc_per_1000"} {
			c.set("verwijzing", at[0]+"|"+measure, "dagen", at[1], fmt.Sprint(n))
		}
	}
	for at, n := range quarters {
		for _, law := range laws[at[0][:4]] {
			c.set("kosten_per_kwartaal", at[0]+"|"+law, "dagen", at[1], fmt.Sprint(n))
		}
	}
	for _, h := range nightRows(t, r, `SELECT DISTINCT j.jaar, v.buurt, v.huishouden FROM model.verblijf AS v
		INNER JOIN model.jaar AS j ON v.begindatum <= j.nieuwjaar AND v.einddatum >= j.nieuwjaar`) {
		for _, area := range areas[[2]string{h[0], h[1]}] {
			c.set("kerncijfers_gebied", h[0]+"|"+area, "huishouden", h[2], "1")
		}
	}
}

func releaseClasses(t testing.TB, r nightRegion, c releaseContributions, areas map[[2]string][]string) {
	t.Helper()
	for _, s := range nightRows(t, r, `SELECT p.pseudoniem, s.jaar, b.buurt, s.telling, CASE WHEN s.aantal >= 6 THEN '6+' ELSE s.aantal::VARCHAR END,
			coalesce((SELECT sum(k.bedrag) FROM model.persoonkosten AS k WHERE k.persoon = s.persoon AND k.jaar = s.jaar), 0)
		FROM model.stapeling_persoon AS s INNER JOIN opslag.persoon AS p ON p.persoon = s.persoon INNER JOIN model.plaats AS b ON b.plaats = s.plaats`) {
		for _, area := range areas[[2]string{s[1], s[2]}] {
			c.set("stapeling_personen", strings.Join([]string{s[1], area, s[3], s[4]}, "|"), "persoon", s[0], s[5])
		}
	}
	for _, s := range nightRows(t, r, `SELECT h.huishouden, s.jaar, b.buurt, s.telling, CASE WHEN s.aantal >= 6 THEN '6+' ELSE s.aantal::VARCHAR END,
			coalesce((SELECT sum(k.bedrag) FROM model.persoonkosten AS k INNER JOIN model.persoon_plaats AS w ON w.persoon = k.persoon AND w.jaar = k.jaar
				WHERE w.huis = s.huis AND k.jaar = s.jaar), 0)
		FROM model.stapeling_huishouden AS s INNER JOIN (SELECT DISTINCT huis, huishouden FROM model.verblijf) AS h ON h.huis = s.huis
		INNER JOIN model.plaats AS b ON b.plaats = s.plaats`) {
		for _, area := range areas[[2]string{s[1], s[2]}] {
			c.set("stapeling_huishoudens", strings.Join([]string{s[1], area, s[3], s[4]}, "|"), "huishouden", s[0], s[5])
		}
	}
	for _, a := range nightRows(t, r, `SELECT p.pseudoniem, a.jaar, a.buurt, a.arrangement, a.bedrag FROM model.persoon_arrangement AS a
		INNER JOIN opslag.persoon AS p ON p.persoon = a.persoon`) {
		for _, area := range areas[[2]string{a[1], a[2]}] {
			c.set("arrangementen", a[1]+"|"+area+"|"+a[3], "persoon", a[0], a[4])
		}
	}
	for _, o := range nightRows(t, r, `SELECT p.pseudoniem, w.jaar, w.gebiedsjaar, w.buurt, coalesce(b.arrangement, w.wending), coalesce(n.arrangement, w.wending)
		FROM model.persoon_wending AS w INNER JOIN opslag.persoon AS p ON p.persoon = w.persoon
		LEFT JOIN model.persoon_arrangement AS b ON b.persoon = w.persoon AND b.jaar = w.basisjaar
		LEFT JOIN model.persoon_arrangement AS n ON n.persoon = w.persoon AND n.jaar = w.jaar`) {
		for _, area := range areas[[2]string{o[2], o[3]}] {
			c.set("overgangen", o[1]+"|"+area+"|"+o[4]+"|"+o[5], "persoon", o[0], "1")
		}
	}
}

// releaseFlows couples, per person, what fell in one law to what rose in another.
func releaseFlows(t testing.TB, r nightRegion, c releaseContributions, areas map[[2]string][]string, amount string) {
	t.Helper()
	type change struct {
		law  string
		euro *big.Rat
	}
	type who struct{ person, year, turn, areaYear, place string }
	changes := map[who][]change{}
	for _, v := range nightRows(t, r, `SELECT p.pseudoniem, v.jaar, v.wending, v.gebiedsjaar, v.buurt, v.domein, v.`+amount+` FROM model.persoon_verschil AS v
		INNER JOIN opslag.persoon AS p ON p.persoon = v.persoon WHERE v.`+amount+` <> 0`) {
		euro, ok := new(big.Rat).SetString(v[6])
		if !ok {
			t.Fatalf("no amount: %s", v[6])
		}
		w := who{v[0], v[1], v[2], v[3], v[4]}
		changes[w] = append(changes[w], change{v[5], euro})
	}
	for w, all := range changes {
		set := func(from, to string, euro *big.Rat) {
			if euro.Sign() == 0 {
				return
			}
			for _, area := range areas[[2]string{w.areaYear, w.place}] {
				c.set("stroom_personen", w.year+"|"+area+"|"+from+"|"+to, amount, w.person, euro.RatString())
			}
		}
		rise, fall := new(big.Rat), new(big.Rat)
		for _, d := range all {
			if d.euro.Sign() > 0 {
				rise.Add(rise, d.euro)
			} else {
				fall.Sub(fall, d.euro)
			}
		}
		largest := rise
		if fall.Cmp(rise) > 0 {
			largest = fall
		}
		for _, d := range all {
			rest := new(big.Rat).Set(d.euro)
			for _, other := range all {
				if w.turn == "gebleven" && d.euro.Sign()*other.euro.Sign() < 0 {
					flow := new(big.Rat).Mul(d.euro, other.euro)
					flow.Quo(flow.Neg(flow), largest)
					if d.euro.Sign() < 0 {
						set(d.law, other.law, flow)
						rest.Add(rest, flow)
					} else {
						rest.Sub(rest, flow)
					}
				}
			}
			up, down := "nieuw", "weg"
			if w.turn != "gebleven" {
				up, down = w.turn, w.turn
			}
			if d.euro.Sign() > 0 {
				set(up, d.law, rest)
			} else {
				set(d.law, down, rest)
			}
		}
	}
}
