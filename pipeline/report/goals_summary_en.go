package report

var englishGoals = goalTexts{
	Section:    "Goals of the programme",
	Goal:       "Goal (per insured year, or per 1,000)",
	Difference: "Difference from control districts",
	From:       "95% interval, from", To: "95% interval, to",
	Verdict: "Verdict",
	Note:    "Difference = change in the pilot minus that in the control districts. A difference is no effect of the programme yet; see the sheet on goals.",
	Met:     "✓ {oordeel}, as wanted", Missed: "✗ {oordeel}, not wanted", Even: "○ {oordeel}", Open: "? {oordeel}",
	Finding: "Of the {n} goals {wel} as wanted in {jaar}, {niet} not wanted; {open} cannot be told or have no wanted direction.",
}
