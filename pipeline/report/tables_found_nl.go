package report

var dutchFound = foundTexts{
	Residents:     "{waar} waren er {is} inwoners op 1 januari {jaar}, tegen {was} op 1 januari {basis}.",
	Care:          "De meeste kosten {waar} in {jaar}, van wat hier staat en te zien is, in prijzen van {basis}: {opsomming}.",
	Referral:      "Eerste contacten bij een specialist per 1.000 verzekerdejaren {waar}: {was} in {basis}, {is} in {jaar}.",
	Households:    "Huishoudens met 2 of meer arrangementen tegelijk, per 1.000 huishoudensjaren {waar}: {was} in {basis}, {is} in {jaar}.",
	Arrangements:  "Van de zichtbare arrangementen {waar} groeide van {basis} tot {jaar} het meest {meer} ({plus} personen) en kromp het meest {minder} ({min} personen).",
	Transitions:   "De meest voorkomende zichtbare overgang {waar}, van {basis} naar {jaar}: van {van} naar {naar} ({n} personen).",
	Concentration: "De 1% inwoners met de hoogste kosten {waar} had {is}% van alle kosten in {jaar}, en {was}% in {basis}.",
	Outside:       "Het geld buiten declaraties in de regio was {is} in {jaar}, tegen {was} in {basis}.",
	Specialist:    "De 3e lijn was {waar} {is}% van de zorg in {jaar}; telt een signaal andersom, dan tussen {laag}% en {hoog}%.",
	Money:         "Van de aangeleverde euro's telt {procent}% mee in de cijfers; wat niet meetelt staat er met de reden bij.",
}
