package pipeline_test

import (
	"math/big"
	"regexp"
	"slices"
	"sort"
	"strconv"
)

const oracleStill = oracleDay(1 << 30) // the end of a period that still runs

// oracleHome is one period of residence as stored (begindatum after the privacy rule).
type oracleHome struct {
	person, household, sex, buurt string
	reason                        string // reden_einde
	birthYear                     int
	begin, end                    oracleDay
}

// oracleGrant is one granted arrangement.
type oracleGrant struct {
	domain, person, category string
	begin, end               oracleDay
}

var (
	oracleBuurt     = regexp.MustCompile(`^BU\d{8}$`)
	oracleYearText  = regexp.MustCompile(`^\d{4}$`)
	oracleEarliest  = oracleDayOf(1900, 1, 1)
	oracleAreaWords = map[string]bool{"pilot": true, "controle": true} // the roles of a buurt that are areas
)

// current returns the records of a table that count: a delivery `volledig` replaces all of its supplier before it.
func (o *oracle) current(table string) []oracleRecord {
	records := map[string][]oracleRecord{}
	for _, d := range o.deliveries {
		if d.table != table {
			continue
		}
		if d.complete {
			records[d.supplier] = nil
		}
		records[d.supplier] = append(records[d.supplier], d.records...)
	}
	var all []oracleRecord
	for _, supplier := range oracleSortedKeys(records) {
		all = append(all, records[supplier]...)
	}
	return all
}

// oraclePeriod reads a period of a table other than declaraties; an empty end still runs.
func oraclePeriod(r oracleRecord) (begin, end oracleDay, ok bool) {
	begin, ok = oracleParseDay(r["begindatum"])
	end = oracleStill
	if ok && r["einddatum"] != "" {
		end, ok = oracleParseDay(r["einddatum"])
	}
	return begin, end, ok && begin >= oracleEarliest && end >= begin
}

// readPeople reads bevolking; a begindatum in the birth year or before the first day of the data is stored as the
// first of its month. The first day of the data is 1 January of the year in which the earliest line begins.
func (o *oracle) readPeople() {
	earliest := oracleStill
	for _, l := range o.lines {
		if l.datesReadable && l.begin >= oracleDayOf(2000, 1, 1) {
			earliest = min(earliest, l.begin)
		}
	}
	firstDay := oracleDayOf(earliest.year(), 1, 1)
	o.homes = map[string][]*oracleHome{}
	for _, r := range o.current("bevolking") {
		begin, end, ok := oraclePeriod(r)
		sexOK := r["geslacht"] == "0" || r["geslacht"] == "1" || r["geslacht"] == "2"
		personOK := len(r["pseudoniem"]) >= 16 && len(r["pseudoniem"]) <= 128
		if !ok || !sexOK || !personOK || !oracleBuurt.MatchString(r["buurt"]) || !oracleYearText.MatchString(r["geboortejaar"]) {
			continue
		}
		birthYear, _ := strconv.Atoi(r["geboortejaar"])
		if year, month, _ := begin.date(); year == birthYear || begin < firstDay {
			begin = oracleDayOf(year, month, 1)
		}
		o.homes[r["pseudoniem"]] = append(o.homes[r["pseudoniem"]], &oracleHome{person: r["pseudoniem"],
			household: r["huishouden"], sex: r["geslacht"], buurt: r["buurt"], reason: r["reden_einde"], birthYear: birthYear,
			begin: begin, end: end})
	}
}

func (o *oracle) readGrants() {
	for _, r := range o.current("toewijzingen") {
		begin, end, ok := oraclePeriod(r)
		if !ok || !oracleDomains[r["domein"]] || r["toewijzing_id"] == "" || len(r["pseudoniem"]) < 16 {
			continue
		}
		o.grants = append(o.grants, oracleGrant{r["domein"], r["pseudoniem"], r["productcategorie"], begin, end})
	}
}

// home is where a person lives on a day: of overlapping residences the one that began last, then the lowest buurt.
func (o *oracle) home(person string, day oracleDay) *oracleHome {
	var best *oracleHome
	for _, h := range o.homes[person] {
		if day < h.begin || day > h.end {
			continue
		}
		if best == nil || h.begin > best.begin || h.begin == best.begin && h.buurt < best.buurt {
			best = h
		}
	}
	return best
}

// oracleStratum is a five-year age band of one sex; unknown sex is one stratum without bands.
type oracleStratum struct {
	sex  string
	band int
}

func oracleStratumOf(h *oracleHome, year int) oracleStratum {
	if h.sex == "0" {
		return oracleStratum{"0", 0}
	}
	return oracleStratum{h.sex, min(max(year-h.birthYear, 0)/5, 18)}
}

type oracleAreaYear struct {
	area string
	year int
}

// oraclePeople is who lives in an area in a year; days are days of residence.
type oraclePeople struct {
	residents       map[string]bool // on 1 January
	households      map[string]bool // on 1 January
	days, days0to17 int64
	days65plus      int64
	stratumDays     map[oracleStratum]int64
}

// countPeople walks every person through every day of the years.
func (o *oracle) countPeople() {
	o.people = map[oracleAreaYear]*oraclePeople{}
	inhabited := map[string]bool{"regio": true}
	for _, year := range o.years {
		for person := range o.homes {
			days := map[*oracleHome]int64{}
			for d := oracleDayOf(year, 1, 1); d < oracleDayOf(year+1, 1, 1); d++ {
				if h := o.home(person, d); h != nil {
					days[h]++
				}
			}
			first := o.home(person, oracleDayOf(year, 1, 1))
			for h, n := range days {
				for _, area := range o.areasOf(h.buurt, year) {
					inhabited[area] = true
					o.peopleIn(area, year).count(h, year, n, h == first)
				}
			}
		}
	}
	o.lived = oracleSortedKeys(inhabited)
	for _, c := range o.costs {
		if c.year < o.years[0] || c.year > o.years[len(o.years)-1] {
			continue
		}
		for _, area := range c.areas {
			inhabited[area] = true
		}
	}
	o.areas = oracleSortedKeys(inhabited)
}

func (o *oracle) peopleIn(area string, year int) *oraclePeople {
	at := oracleAreaYear{area, year}
	if o.people[at] == nil {
		o.people[at] = &oraclePeople{residents: map[string]bool{}, households: map[string]bool{},
			stratumDays: map[oracleStratum]int64{}}
	}
	return o.people[at]
}

func (p *oraclePeople) count(h *oracleHome, year int, days int64, onFirstDay bool) {
	p.days += days
	p.stratumDays[oracleStratumOf(h, year)] += days
	if year-h.birthYear <= 17 {
		p.days0to17 += days
	}
	if year-h.birthYear >= 65 {
		p.days65plus += days
	}
	if onFirstDay {
		p.residents[h.person] = true
		if h.household == "" {
			p.households["persoon "+h.person] = true
		} else {
			p.households["huishouden "+h.household] = true
		}
	}
}

// insuredYears are exact days over the days of the year.
func (o *oracle) insuredYears(area string, year int) *big.Rat {
	return big.NewRat(o.peopleIn(area, year).days, int64(oracleDaysIn(year)))
}

// KerncijfersGebied says who lives in each area.
func (o *oracle) KerncijfersGebied() oracleTable {
	table := oracleTable{Name: "kerncijfers_gebied", Keys: []string{"jaar", "gebied"},
		Columns: []string{"inwoners", "verzekerdejaren", "huishoudens", "aandeel_0_17", "aandeel_65plus",
			"verzekerdejaren_0_17", "verzekerdejaren_65plus"}}
	for _, year := range o.years {
		for _, area := range o.lived {
			p := o.peopleIn(area, year)
			table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), area}, Values: map[string]string{
				"inwoners":        strconv.Itoa(len(p.residents)),
				"verzekerdejaren": oracleRatio(o.insuredYears(area, year), oracleRat(1)),
				"huishoudens":     strconv.Itoa(len(p.households)),
				"aandeel_0_17":    oracleRatio(oracleRat(p.days0to17), oracleRat(p.days)),
				"aandeel_65plus":  oracleRatio(oracleRat(p.days65plus), oracleRat(p.days)),

				"verzekerdejaren_0_17":   oracleRatio(oracleRat(p.days0to17), oracleRat(int64(oracleDaysIn(year)))),
				"verzekerdejaren_65plus": oracleRatio(oracleRat(p.days65plus), oracleRat(int64(oracleDaysIn(year)))),
			}})
		}
	}
	return table.sorted()
}

// areasOf are the areas that a buurt belongs to in a year.
func (o *oracle) areasOf(buurt string, year int) []string {
	at := oracleAreaYear{buurt, year}
	if o.areasKnown == nil {
		o.areasKnown = map[oracleAreaYear][]string{}
	}
	if o.areasKnown[at] == nil {
		o.areasKnown[at] = o.findAreas(buurt, year)
	}
	return o.areasKnown[at]
}

func (o *oracle) findAreas(buurt string, year int) []string {
	wijk, gemeente, role := "WK"+buurt[2:8], "GM"+buurt[2:6], ""
	if row := o.areaRow(buurt, year); row != nil {
		role = row["rol"]
		if row["wijk"] != "" {
			wijk = row["wijk"]
		}
		if row["gemeente"] != "" {
			gemeente = row["gemeente"]
		}
	}
	for _, code := range []string{wijk, gemeente} {
		if row := o.areaRow(code, year); row != nil && role == "" {
			role = row["rol"]
		}
	}
	areas := []string{buurt, wijk, gemeente, "regio"}
	if oracleAreaWords[role] {
		areas = append(areas, role)
	}
	return areas
}

// areaRow is the row that names a code as its finest filled code and holds on 1 January of the year.
func (o *oracle) areaRow(code string, year int) map[string]string {
	for _, row := range o.areaRows {
		if oracleFinestCode(row) == code && oracleValid(row, oracleDayOf(year, 1, 1)) {
			return row
		}
	}
	return nil
}

func oracleFinestCode(row map[string]string) string {
	for _, column := range []string{"buurt", "wijk", "gemeente"} {
		if row[column] != "" {
			return row[column]
		}
	}
	return ""
}

func oracleSortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return slices.Compact(keys)
}
