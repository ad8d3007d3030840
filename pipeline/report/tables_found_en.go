package report

var englishFound = foundTexts{
	Residents:     "{waar} there were {is} residents on 1 January {jaar}, against {was} on 1 January {basis}.",
	Care:          "The highest costs {waar} in {jaar}, of what stands here and can be seen, in prices of {basis}: {opsomming}.",
	Referral:      "First contacts with a specialist per 1,000 insured years {waar}: {was} in {basis}, {is} in {jaar}.",
	Households:    "Households with 2 or more arrangements at the same time, per 1,000 household years {waar}: {was} in {basis}, {is} in {jaar}.",
	Arrangements:  "Of the visible arrangements {waar}, from {basis} to {jaar}, {meer} grew most ({plus} persons) and {minder} shrank most ({min} persons).",
	Transitions:   "The most frequent visible transition {waar}, from {basis} to {jaar}: from {van} to {naar} ({n} persons).",
	Concentration: "The 1% of residents with the highest costs {waar} had {is}% of all costs in {jaar}, and {was}% in {basis}.",
	Outside:       "The money outside claims in the region was {is} in {jaar}, against {was} in {basis}.",
	Specialist:    "Line 3 was {is}% of care {waar} in {jaar}; with a marker counted the other way, between {laag}% and {hoog}%.",
	Money:         "Of the delivered euros {procent}% counts in the figures; what does not count stands here with the reason.",
}
