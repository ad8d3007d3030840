package synthetic

import "encoding/json"

// The shape of waarheid.json. Euros are decimal strings with two decimals.
type (
	record struct {
		Regio      string            `json:"regio"`
		Opties     recordOptions     `json:"opties"`
		Stand      string            `json:"stand"`
		LaatsteDag string            `json:"laatste_declaratiedatum"`
		Definities map[string]string `json:"definities"`
		Breuken    []recordBreak     `json:"bekende_breuken"`
		Effecten   []recordEffect    `json:"effecten"`
		Totalen    []recordTotal     `json:"totalen"`
		Deelnemers []recordTakers    `json:"deelnemers"`
		Stapeling  []recordClass     `json:"stapeling"`
		Omvang     []recordSize      `json:"omvang"`
		Budget     []recordBudget    `json:"budget"`
	}
	recordOptions struct {
		Personen    int    `json:"personen"`
		EersteJaar  int    `json:"eerste_jaar"`
		LaatsteJaar int    `json:"laatste_jaar"`
		Zaad        uint64 `json:"zaad"`
	}
	recordBreak struct {
		Jaar         int    `json:"jaar"`
		Omschrijving string `json:"omschrijving"`
	}
	recordEffect struct {
		Naam         string       `json:"naam"`
		Omschrijving string       `json:"omschrijving"`
		Gebied       string       `json:"gebied"`
		Vanaf        int          `json:"vanaf"`
		Aandeel      string       `json:"aandeel"`
		Prijs        string       `json:"prijsverhouding,omitempty"`
		Personen     int64        `json:"personen"`
		Deelnemers   int64        `json:"deelnemers,omitempty"`
		PerJaar      []recordYear `json:"per_jaar"`
	}
	recordYear struct {
		Jaar      int             `json:"jaar"`
		Personen  int64           `json:"personen"`
		Grondslag string          `json:"bedrag_grondslag,omitempty"`
		Weg       []recordAmount  `json:"bedrag_weg"`
		Bij       []recordAmount  `json:"bedrag_bij"`
		Elders    []recordAmount  `json:"bedrag_weg_elders,omitempty"`
		Stapeling *recordStacking `json:"stapeling,omitempty"`
	}
	recordAmount struct {
		Domein string `json:"domein"`
		Lijn   string `json:"lijn"`
		Bedrag string `json:"bedrag"`
	}
	recordStacking struct {
		Deelnemers               int64 `json:"deelnemers"`
		DeelnemersTegenfeitelijk int64 `json:"deelnemers_2plus_tegenfeitelijk"`
		DeelnemersFeitelijk      int64 `json:"deelnemers_2plus_feitelijk"`
		DeelnemersDaling         int64 `json:"deelnemers_2plus_daling"`
		PilotTegenfeitelijk      int64 `json:"pilot_2plus_tegenfeitelijk"`
		PilotFeitelijk           int64 `json:"pilot_2plus_feitelijk"`
		PilotDaling              int64 `json:"pilot_2plus_daling"`
	}
	recordTotal struct {
		Gebied         string `json:"gebied"`
		Jaar           int    `json:"jaar"`
		Domein         string `json:"domein,omitempty"`
		Lijn           string `json:"lijn,omitempty"`
		Tegenfeitelijk string `json:"tegenfeitelijk"`
		Feitelijk      string `json:"feitelijk"`
	}
	recordTakers struct {
		Project  string        `json:"project"`
		K        int           `json:"k"`
		Personen int64         `json:"personen"`
		Dagen    int64         `json:"dagen"`
		Bedragen []recordTaken `json:"bedragen"`
	}
	recordTaken struct {
		Domein         string `json:"domein"`
		Lijn           string `json:"lijn"`
		Tegenfeitelijk string `json:"tegenfeitelijk"`
		Feitelijk      string `json:"feitelijk"`
	}
	recordClass struct {
		Gebied         string `json:"gebied"`
		Jaar           int    `json:"jaar"`
		Klasse         string `json:"klasse"`
		Tegenfeitelijk int64  `json:"personen_tegenfeitelijk"`
		Feitelijk      int64  `json:"personen_feitelijk"`
	}
	recordBudget struct {
		Jaar   int    `json:"jaar"`
		Domein string `json:"domein"`
		Gebied string `json:"gebied"`
		Post   string `json:"post"`
		Bedrag string `json:"bedrag"`
	}
	recordSize struct {
		Jaar   int    `json:"jaar"`
		Domein string `json:"domein"`
		Regels int64  `json:"regels"`
		Bedrag string `json:"bedrag"`
	}
)

var definitions = map[string]string{
	"bedrag": "Alle bedragen zijn netto euro's: som van D-regels min som van C-regels die zijn aangeleverd (declaratiedatum tot en met " +
		"laatste_declaratiedatum). Geheel gecrediteerde zorg telt dus voor 0, een credit die na de stand valt nog niet.",
	"feitelijk":      "De aangeleverde regels, met alle effecten.",
	"tegenfeitelijk": "Dezelfde personen en dezelfde zorg zonder de effecten, met dezelfde declaratie- en creditdatums.",
	"totalen": "Bedragen per gebied, jaar en domein, en per gebied, jaar en lijn. Jaar en plaats als in de indicatoren: codelijst 041 geheel op de " +
		"begindatum, al het andere per dag verdeeld over begindatum tot en met einddatum, per maand cumulatief afgerond (half van nul af), elke regel apart; " +
		"plaats is waar de persoon woont op de eerste dag van elk maanddeel. Feitelijk is gelijk aan kosten_per_domein.bedrag en verschuiving_lijn.bedrag. " +
		"In de pilot geldt feitelijk = tegenfeitelijk - bedrag_weg + bedrag_bij, opgeteld over de effecten.",
	"lijn": "1: huisarts, farmacie, paramedisch en fysiotherapie, verloskunde en kraamzorg, mondzorg, hulpmiddelen, basis-ggz, wijkverpleging (065), " +
		"eerstelijnsverblijf (068), laboratoria; 1.5: aanbiedersoort 53xx en GZSP; 2: 041 en overig ziekenhuis, gespecialiseerde ggz, geriatrische revalidatie, " +
		"zintuiglijk (066), ambulance; 3: 041 met specialisme 0308, 0328, 0361 of 0390, en 041 bij 0602 met verwijzer 05; 0: Wmo, Jeugdwet, Participatiewet; langdurig: Wlz.",
	"bedrag_weg":       "Netto euro's van de zorg zoals die zonder het effect was aangeleverd, naar het jaar van begindatum, in de pilot wonend op begindatum.",
	"bedrag_bij":       "Netto aangeleverde euro's die ervoor in de plaats kwamen, naar hetzelfde jaar.",
	"bedrag_grondslag": "Tegenfeitelijke netto euro's waarop het effect kon werken; bedrag_weg gedeeld hierdoor is het gerealiseerde aandeel.",
	"personen":         "Personen met een verplaatst bedrag boven nul (in het jaar; bovenaan: ooit).",
	"anderhalvelijn":   "bedrag_bij is de som van alle regels met aanbiedersoort 5308; die komen alleen door dit effect voor. bedrag_weg is het verschil in codelijst 041, lijn 2.",
	"domeinverschuiving": "bedrag_bij is de som van alle Wmo-regels met aanbiedersoort 7501; die komen alleen door dit effect voor. Bij elke reeks hoort een " +
		"toewijzing van begeleiding (02) in beide stapelingstellingen.",
	"stapeling": "Personen naar het grootste aantal verschillende (domein, productcategorie) van toewijzingen van Wmo, Jeugdwet en Wlz die op dezelfde dag van het jaar " +
		"lopen, waar zij woonden op de eerste dag waarop dat aantal is bereikt; klasse 0: alle andere inwoners van enige dag, naar hun laatste dag in het jaar. " +
		"Tegenfeitelijk: dezelfde toewijzingen (ook die door domeinverschuiving) zonder de vroegere einddatums.",
	"deelnemers": "Wie in deelname staat, per project en per kwartaal k rond de start: -1 is het kwartaal voor dat van begindatum, 1 dat erna; het kwartaal van " +
		"begindatum zelf telt niet mee. Personen: de deelnemers van wie kwartaal k in de aangeleverde jaren valt, ook wie er dan niet (meer) woont. Dagen: de " +
		"dagen dat zij toen in de regio woonden. Bedragen zijn nominaal en op de plaats in de tijd van totalen, voor zover de persoon op de eerste dag van het " +
		"maanddeel in de regio woont. Feitelijk: wat van deze personen is aangeleverd. Tegenfeitelijk: dezelfde personen zonder het project; wat in een hele buurt " +
		"verandert (anderhalvelijn, domeinverschuiving) blijft, want dat treft ook wie niet deelneemt. Het verschil is het effect van het project.",
	"deelnemers_2plus": "Personen in deelname van samen_in_de_wijk of een_plan die voor het eind van het jaar zijn begonnen en op enige dag van het jaar 2 of meer " +
		"verschillende arrangementen hebben.",
	"bedrag_weg_elders": "Als bedrag_weg, voor deelnemers die op begindatum niet in de pilot wonen; niet begrepen in de optelling van de pilot.",
	"budget": "Geld dat in geen declaratie staat, zoals aangeleverd: programma per pilotbuurt vanaf het jaar van de effecten, en subsidie, pgb en " +
		"lumpsum van de gemeente.",
	"omvang": "Aangeleverde declaratieregels (D en C) en hun euro's (D min C), naar het jaar van begindatum.",
}

var effectTexts = [effects]recordEffect{
	substitution: {Naam: "anderhalvelijn", Gebied: "pilot", Vanaf: effectYear, Aandeel: "0.12", Prijs: "0.70",
		Omschrijving: "Een deel van de poliklinische DBC-zorg (lijn 2) gaat naar de 1,5e lijn (codelijst 016, aanbiedersoort 5308) tegen 70% van de prijs."},
	domainShift: {Naam: "domeinverschuiving", Gebied: "pilot", Vanaf: effectYear, Aandeel: "0.15", Prijs: "1.00",
		Omschrijving: "Een deel van de reeksen wijkverpleging (Zvw, codelijst 065) van volwassenen gaat naar Wmo begeleiding (02) voor dezelfde euro's."},
	unstacking: {Naam: "minder_stapeling", Gebied: "pilot", Vanaf: effectYear, Aandeel: "0.55",
		Omschrijving: "Bij deelnemers van samen_in_de_wijk en een_plan eindigt elk tweede of verder lopend arrangement van Wmo of Jeugdwet (geen traject) met deze kans 1 tot 3 maanden na de start."},
}

// peakText is the project in which nothing works: an effect of zero.
var peakText = recordEffect{Naam: projectNames[afterAdmission], Gebied: "regio", Vanaf: effectYear, Aandeel: "0.00", PerJaar: []recordYear{},
	Omschrijving: "Dit project verandert niets. Deelnemers zijn volwassenen uit de hele regio bij wie in de 90 dagen voor de start een DBC (codelijst 041) van 6000 " +
		"euro of meer begon: hun kosten pieken net voor de start en dalen daarna ook zonder het project."}

var areaNames = [areas + 1]string{"pilot", "controle", "overig", "regio"}

// truth is the text of waarheid.json.
func (w *world) truth(o Options, total *sums) ([]byte, error) {
	r := record{Regio: "Maastricht-Heuvelland (synthetisch)", Stand: dateOf(w.lastYear+1, 7, 1).String(), LaatsteDag: w.cutoff.String(),
		Opties:     recordOptions{o.People, o.FirstYear, o.LastYear, o.Seed},
		Definities: definitions}
	if w.firstYear <= 2020 && w.lastYear >= 2020 {
		r.Breuken = append(r.Breuken, recordBreak{2020, "Corona: minder ziekenhuiszorg, fysiotherapie en mondzorg in de hele regio; geen effect van de pilot."})
	}
	if w.firstYear < 2020 && w.lastYear >= 2020 {
		r.Breuken = append(r.Breuken, recordBreak{2020, "Geneeskundige zorg voor specifieke patiëntgroepen (GZSP) wordt vanaf dit jaar gedeclareerd."})
	}
	for e := range effects {
		r.Effecten = append(r.Effecten, w.effectRecord(e, total))
	}
	peak := peakText
	peak.Deelnemers = total.joined[afterAdmission]
	r.Effecten = append(r.Effecten, peak)
	r.Deelnemers = total.takers.records()
	for i := range total.years {
		y := &total.years[i]
		year := w.firstYear + i
		for a := range areas + 1 {
			r.Totalen = append(r.Totalen, y.totals(a, year)...)
			r.Stapeling = append(r.Stapeling, y.stacking(a, year)...)
		}
		for d := range domains {
			r.Omvang = append(r.Omvang, recordSize{year, domainNames[d], y.lines[d], euros(y.euros[d])})
		}
	}
	for _, l := range w.budget() {
		r.Budget = append(r.Budget, recordBudget{l.year, domainNames[l.domain], l.place, l.post, euros(l.cents)})
	}
	b, err := json.MarshalIndent(r, "", "  ")
	return append(b, '\n'), err
}

func (w *world) effectRecord(e effect, total *sums) recordEffect {
	r := effectTexts[e]
	r.Personen = total.involved[e]
	r.PerJaar = []recordYear{}
	if e == unstacking {
		r.Deelnemers = total.joined[together] + total.joined[onePlan]
	}
	for i := range total.years {
		y := &total.years[i]
		if w.firstYear+i < effectYear {
			continue
		}
		n := recordYear{Jaar: w.firstYear + i, Personen: y.persons[e], Bij: []recordAmount{}}
		switch e {
		case substitution:
			n.Weg = []recordAmount{{domainNames[zvw], echelonNames[lineSecond], euros(y.away[e])}}
			n.Bij = []recordAmount{{domainNames[zvw], echelonNames[lineOneAndHalf], euros(y.gained[e])}}
			n.Grondslag = euros(y.eligible[e])
		case domainShift:
			n.Weg = []recordAmount{{domainNames[zvw], echelonNames[lineFirst], euros(y.away[e])}}
			n.Bij = []recordAmount{{domainNames[wmo], echelonNames[lineZero], euros(y.gained[e])}}
			n.Grondslag = euros(y.eligible[e])
		default:
			for _, d := range []domain{wmo, jeugdwet} {
				n.Weg = append(n.Weg, recordAmount{domainNames[d], echelonNames[lineZero], euros(y.ended[0][d])})
				n.Elders = append(n.Elders, recordAmount{domainNames[d], echelonNames[lineZero], euros(y.ended[1][d])})
			}
			n.Stapeling = &recordStacking{y.taking,
				y.stacked[0][counterfactual], y.stacked[0][actual], y.stacked[0][counterfactual] - y.stacked[0][actual],
				y.stacked[1][counterfactual], y.stacked[1][actual], y.stacked[1][counterfactual] - y.stacked[1][actual]}
		}
		r.PerJaar = append(r.PerJaar, n)
	}
	return r
}

// totals lists the euros of an area by domain and by echelon; the last area is the whole region.
func (y *yearSums) totals(a area, year int) (out []recordTotal) {
	sum := func(of func(area, int) int64) (both [worlds]int64) {
		for v := range worlds {
			for b := range areas {
				if a == areas || a == b {
					both[v] += of(b, v)
				}
			}
		}
		return both
	}
	for d := range domains {
		s := sum(func(b area, v int) int64 { return y.domain[b][v][d] })
		out = append(out, recordTotal{Gebied: areaNames[a], Jaar: year, Domein: domainNames[d], Tegenfeitelijk: euros(s[counterfactual]), Feitelijk: euros(s[actual])})
	}
	for l := range echelons {
		s := sum(func(b area, v int) int64 { return y.line[b][v][l] })
		out = append(out, recordTotal{Gebied: areaNames[a], Jaar: year, Lijn: echelonNames[l], Tegenfeitelijk: euros(s[counterfactual]), Feitelijk: euros(s[actual])})
	}
	return out
}

func (y *yearSums) stacking(a area, year int) (out []recordClass) {
	for k := range 7 {
		r := recordClass{Gebied: areaNames[a], Jaar: year, Klasse: string(rune('0' + k))}
		if k == 6 {
			r.Klasse = "6+"
		}
		for b := range areas {
			if a == areas || a == b {
				r.Tegenfeitelijk += y.classes[b][counterfactual][k]
				r.Feitelijk += y.classes[b][actual][k]
			}
		}
		out = append(out, r)
	}
	return out
}

// euros writes cents as a decimal string.
func euros(cents int64) string { return string(appendFixed(nil, cents, 2)) }
