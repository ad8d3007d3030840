package report

var dutchEffects = effectTexts{
	Tab: "Effecten", Title: "Effecten", Question: "Veranderden de pilot en haar projecten iets, en hoe zeker is dat?",
	Legend: "Alleen het blad Effecten gaat over gevolgen.",
	Projects: pictureText{
		Heading: "Effect per project, bij de deelnemers",
		Finding: "{wie}: {oordeel}.",
		Title:   "{wie}: {oordeel}",
		Alt: "Een punt per project op de balk van zijn 95%-interval: effect op de kosten per verzekerdejaar van de deelnemers, in prijzen van {basis}. " +
			"{wie}: {oordeel}.",
		Unit: "euro per verzekerdejaar, prijzen van {basis}",
	},
	Laws: pictureText{
		Heading: "Effect per wet, alle projecten samen",
		Finding: "Per wet, alle projecten samen: {opsomming}.",
		Title:   "Effect per wet, alle projecten samen",
		Alt:     "Een punt per wet op de balk van zijn 95%-interval: effect van alle projecten samen, in prijzen van {basis}. {opsomming}.",
		Unit:    "euro per verzekerdejaar, prijzen van {basis}",
	},
	Quarters: pictureText{
		Heading: "Effect per kwartaal sinds de start, alle projecten samen",
		Finding: "De kwartalen −8 tot en met −5 zijn vooraf gelijk gemaakt; in de kwartalen −4 tot en met −1 {toets}.",
		Title:   "In het jaar vóór de start {toets}",
		Alt: "Lijn van het effect per kwartaal sinds de start, met het 95%-interval, in prijzen van {basis}; de kwartalen vóór de start zijn gekleurd. " +
			"In het jaar vóór de start {toets}.",
		Unit: "euro per verzekerdejaar, prijzen van {basis}",
	},
	Balance: pictureText{Heading: "Op wie de deelnemers lijken, alle projecten samen"},
	Neighbourhoods: pictureText{
		Heading: "Effect in de pilotbuurten, per wet",
		Finding: "{wie}: {oordeel}.",
		Title:   "Pilotbuurten, alle wetten samen: {oordeel}",
		Alt: "Een punt per wet op de balk van zijn 95%-interval: verandering sinds {basis} in de pilotbuurten min die in vergelijkbare buurten, in prijzen " +
			"van {basis}. Alle wetten samen: {oordeel}.",
		Unit: "euro per verzekerdejaar, prijzen van {basis}",
	},
	Years: pictureText{
		Heading: "Effect in de pilotbuurten, per jaar tegenover {basis}",
		Finding: "Alle wetten samen, verschil met vergelijkbare buurten tegenover {basis}: {opsomming}.",
		Title:   "Alle wetten samen, tegenover {basis}",
		Alt: "Lijn van het verschil per jaar tussen de pilotbuurten en vergelijkbare buurten tegenover {basis}, met het 95%-interval, in prijzen van {basis}; " +
			"de jaren vóór {basis} zijn gekleurd.",
		Unit: "euro per verzekerdejaar, prijzen van {basis}",
	},

	AllProjects: "Alle projecten samen", Nameless: "Zonder naam", Total: "Alle wetten samen", Money: "€ {n}", And: " en ",
	Nothing: "er is geen effect vast te stellen.", Dots: "Punt: effect.",
	Points: "Punt: effect; balk: 95%-interval.",
	Span:   "Lijn: effect; streepjes: 95%-interval; vlak: ervoor.",
	Line:   "Lijn: effect; vlak: ervoor.",
	Stand:  "Hulp: begin", Bar: "Hulp: balk", Shade: "Hulp: ervoor",

	Fell: "daling van {bedrag} per verzekerdejaar", Rose: "stijging van {bedrag} per verzekerdejaar",
	Unshown: "niet aantoonbaar", Unsettled: "niet vast te stellen", Hidden: "verborgen ter bescherming van personen of tarieven",
	Between:     " (tussen {laag} en {hoog})",
	Misses:      "; een verandering kleiner dan {bedrag} per verzekerdejaar kan deze meting missen",
	Diverged:    ": vóór de start liepen deelnemers en controles al uiteen",
	LawsUnshown: "niet aantoonbaar bij {wetten}", LawsUnsettled: "niet vast te stellen bij {wetten}", LawsHidden: "verborgen bij {wetten}",

	Who: "{wie}", WhoCounted: "{wie} ({n} deelnemers, {m} controles)",
	Bare:   "Alleen voor en na bekeken, alle deelnemers tegen alle inwoners, leek het {verandering}; dat is geen effect: wie begint, staat vaak op een piek.",
	BareUp: "een stijging van {bedrag} per verzekerdejaar", BareDown: "een daling van {bedrag} per verzekerdejaar", BareNone: "geen verandering",
	SinceStart:    "Kwartaal sinds de start",
	TestHeld:      "liepen deelnemers en controles gelijk op (p = {p})",
	TestFailed:    "liepen deelnemers en controles al uiteen (p = {p}), dus er is niets te besluiten",
	TestNone:      "is niet te toetsen of deelnemers en controles gelijk opliepen",
	LeftOut:       "Met {n} deelnemers is niemand te vergelijken; zij tellen in geen effect mee, {m} andere wel.",
	LeftOutCosts:  " In het tweede jaar vóór de start kostten zij {bedrag} per verzekerdejaar, de anderen {ander}.",
	LeftOutNone:   "Met elke deelnemer is iemand te vergelijken.",
	LeftOutHidden: "Met hoeveel deelnemers niemand te vergelijken is, is verborgen ter bescherming van personen.",
	Alike:         "De controles lijken op de deelnemers: geen zichtbaar kenmerk verschilt 0,1 of meer van hun standaardafwijking.",
	NotAlike:      "De controles lijken niet in alles op de deelnemers; 0,1 of meer van hun standaardafwijking verschilt: {wat}.",

	Weighted: "Controles tellen naar hun gewicht: bij personen staat hoeveel even zware bewoners evenveel zeggen.",

	Pilot: "Pilotbuurten tegenover vergelijkbare buurten, alle wetten samen", PilotCounted: "{n} pilotbuurten tegenover {m} vergelijkbare buurten, alle wetten samen",
	Assigned:     "; bij {n} van de {m} manieren om pilotbuurten aan te wijzen was het verschil minstens zo groot",
	AssignedPart: "; bij {procent} van alle manieren om pilotbuurten aan te wijzen was het verschil minstens zo groot",
	PerLaw:       "Per wet: {opsomming}.",
	OtherBase:    "Tegenover {basis} is het verschil {bedrag}; {opsomming}.", OtherBaseItem: "tegenover {jaar} {bedrag}",
	Partly:           "2017 was al deels een pilotjaar: de pilot begon op 1 november 2016.",
	Corona:           "2020 en 2021 zijn coronajaren.",
	CoronaWithout:    "2020 en 2021 zijn coronajaren; zonder deze is het verschil {bedrag}.",
	YearsBefore:      "Vóór {basis} hoort het verschil rond nul te liggen.",
	YearsBeforeHeld:  "Vóór {basis} hoort het verschil rond nul te liggen, en dat doet het: nul ligt in elk interval.",
	YearsBeforeApart: "Vóór {basis} hoort het verschil rond nul te liggen; niet zo in {opsomming}: de buurten liepen toen al uiteen.",
	Staggered:        "de buurten begonnen in verschillende jaren; de tabel geeft het effect per jaar sinds hun start.",

	Substitution:      pictureText{Heading: "Substitutie tussen wetten in de pilot"},
	SubstitutionFound: "Substitutie vastgesteld: {opsomming}.",
	SubstitutionNone:  "In geen jaar is tussen twee wetten substitutie vast te stellen.",
	SubstitutionItem:  "van {van} naar {naar} in {jaar}", SubstitutionPair: "{van} → {naar}",
	SubstitutionHow: "Zo heet het alleen als bij dezelfde mensen geld van de ene naar de andere wet ging, meer dan in vergelijkbare buurten en dan vóór de " +
		"pilot; als het effect op de ene wet een daling is en op de andere een stijging; en als de daling ten minste zo groot is.",
	SubstitutionHidden: "Waar het oordeel is verborgen, telt het hier niet mee.",
	SubstitutionYear:   "Hieronder het jaar {jaar} tegenover {basis}.",

	PeriodAfter: "Erna", PeriodBefore: "Jaar ervoor", PeriodQuarter: "Kwartaal {n}", PeriodSince: "Jaar {n} sinds de start",
	PeriodBase: "Erna, tegenover {n}", PeriodWithout: "Erna, zonder {n}",
}
