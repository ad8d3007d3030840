package report

var englishNotices = noticeTexts{
	Check:          "{titel}: {voorbeeld}. {toelichting}",
	Provisional:    "{wet} is {status} for {jaren}.",
	ConsumerPrices: "Consumer price index (no index of the sector known). {bron}",
	Notices: map[string]string{
		OneInsurer: "The Zvw claims come from one insurer and it was not delivered who is insured there: " +
			"its costs were divided by all residents.",
		WithoutPersons: "Delivered as totals only, in one or more years: {wetten}. Tables that need data per person (decomposition, " +
			"flows, stacking, arrangements, transitions, concentration, referral, specialist care, goals) do not cover these.",
	},
	Empty: map[string]string{
		EmptyNoBudget:   "A budget was not delivered (programme, subsidy, lump sum or personal budget).",
		EmptyNoNational: "National figures were not delivered: totals that also cover areas outside the region, by age and sex.",
		EmptyNoPilot:    "The table of areas has no pilot area, so there is nothing to compare with.",
		EmptyNoProject:  "It was not delivered who took part in a project (deelname).",
		EmptyFewMatched: "No project has enough participants (30) who can be compared with people like them, two years before and after they started.",
		EmptyNoComparison: "The pilot districts cannot be compared: there is no base year, or too few other neighbourhoods had costs like those of " +
			"the pilot before.",
		EmptyOnlyTotals: "This table needs data per person (population and claims or allocations). " +
			"Only totals were delivered.",
		EmptyNoPopulation: "A population was not delivered, so there is nothing to relate costs to.",
		EmptyAggregated:   "This table needs data per person; delivered as totals only: {wetten}.",
		EmptyNothing:      "Data that fill this table were not delivered.",
		EmptyWithheld:     "This table is a detail of laws of another recipient. The totals per law and per line are on the other sheets.",
	},
	Checks: englishChecks,
	Versions: map[string]string{
		"Ontschot": "Ontschot", "DuckDB": "DuckDB", "Leveringen": "Deliveries", "Vragen (queries)": "Questions (queries)",
		"Codelijsten": "Code lists", "Configuratie": "Configuration", "Vrijgaven": "Releases",
	},
}
