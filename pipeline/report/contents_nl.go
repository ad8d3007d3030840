package report

var dutchContents = contentsTexts{
	Tab: "Inhoud", Title: "Inhoud", Question: "Wat staat waar?",
	Heads: []string{"Blad", "Vraag", "Eén regel is", "Regels"},
	Front: "Het antwoord", Tables: "De cijfers, per vraag een tabel om in te filteren", Back: "Het bewijs",
	Empty: "{vraag} Nog leeg: {reden}.",
}

var dutchDistricts = districtTexts{
	Tab: "Wijken", Title: "Wijken naast elkaar", Question: "Hoe verschillen de wijken, en hoe veranderden zij?",
	Finding:   "Verandering van de kosten per verzekerdejaar van {basis} tot {jaar}, in prijzen van {basis}: het hoogst in {meest} ({procent}), het laagst in {minst} ({ander}).",
	NoFinding: "Van minder dan twee wijken is te zien hoe de kosten veranderden.",
	None:      "er is nog geen jaar om met het basisjaar te vergelijken.",
	Area:      "Gebied", Costs: "Kosten per verzekerdejaar, alle wetten, prijzen van {basis}: elke wijk naast de regio",
	CostsYears: "Dezelfde cijfers per jaar (euro per verzekerdejaar, prijzen van {basis})",
	Population: "Inwoners {jaar}", CostBase: "Kosten per verzekerdejaar {jaar} (€)", CostNow: "Kosten per verzekerdejaar {jaar} (€)", Change: "Verandering",
	Zvw: "Aandeel Zvw {jaar}", Specialist: "Aandeel 2e en 3e lijn binnen de zorg {jaar}", Stacking: "2+ arrangementen per 1.000, {jaar}",
	ChartTitle: "{wijk}: {procent}, regio {regio} ({van}–{tot})",
	ChartAlt:   "Lijndiagram van de kosten per verzekerdejaar in {wijk} en de regio, {van} tot {tot}: {wijk} {procent}, regio {regio}.",
	ChartRest:  "{n} kleinere wijken hebben geen eigen grafiek; hun cijfers staan hieronder.",
}
