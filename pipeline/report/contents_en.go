package report

var englishContents = contentsTexts{
	Tab: "Contents", Title: "Contents", Question: "What stands where?",
	Heads: []string{"Sheet", "Question", "One row is", "Rows"},
	Front: "The answer", Tables: "The figures, a table to filter per question", Back: "The proof",
	Empty: "{vraag} Still empty: {reden}.",
}

var englishDistricts = districtTexts{
	Tab: "Districts", Title: "Districts side by side", Question: "How do the districts differ, and how did they change?",
	Finding:   "Change of the costs per insured year from {basis} to {jaar}, in prices of {basis}: highest in {meest} ({procent}), lowest in {minst} ({ander}).",
	NoFinding: "For fewer than two districts it can be seen how the costs changed.",
	None:      "there is no year yet to compare with the base year.",
	Area:      "Area", Costs: "Costs per insured year, all laws, prices of {basis}: every district beside the region",
	CostsYears: "The same figures per year (euros per insured year, prices of {basis})",
	Population: "Residents {jaar}", CostBase: "Costs per insured year {jaar} (€)", CostNow: "Costs per insured year {jaar} (€)", Change: "Change",
	Zvw: "Share of Zvw {jaar}", Specialist: "Share of lines 2 and 3 within care {jaar}", Stacking: "2+ arrangements per 1,000, {jaar}",
	ChartTitle: "{wijk}: {procent}, region {regio} ({van}–{tot})",
	ChartAlt:   "Line chart of the costs per insured year in {wijk} and the region, {van} to {tot}: {wijk} {procent}, region {regio}.",
	ChartRest:  "{n} smaller districts have no chart of their own; their figures stand below.",
}
