package report

var englishEffects = effectTexts{
	Tab: "Effects", Title: "Effects", Question: "Did the pilot and its projects change anything, and how certain is that?",
	Legend: "Only the sheet Effects is about consequences.",
	Projects: pictureText{
		Heading: "Effect per project, on its participants",
		Finding: "{wie}: {oordeel}.",
		Title:   "{wie}: {oordeel}",
		Alt: "One point per project on the bar of its 95% interval: effect on the costs per insured year of the participants, in prices of {basis}. " +
			"{wie}: {oordeel}.",
		Unit: "euros per insured year, prices of {basis}",
	},
	Laws: pictureText{
		Heading: "Effect per law, all projects together",
		Finding: "Per law, all projects together: {opsomming}.",
		Title:   "Effect per law, all projects together",
		Alt:     "One point per law on the bar of its 95% interval: effect of all projects together, in prices of {basis}. {opsomming}.",
		Unit:    "euros per insured year, prices of {basis}",
	},
	Quarters: pictureText{
		Heading: "Effect per quarter since the start, all projects together",
		Finding: "Quarters −8 to −5 were made alike beforehand; in quarters −4 to −1 {toets}.",
		Title:   "In the year before the start {toets}",
		Alt: "Line of the effect per quarter since the start, with its 95% interval, in prices of {basis}; the quarters before the start are shaded. " +
			"In the year before the start {toets}.",
		Unit: "euros per insured year, prices of {basis}",
	},
	Balance: pictureText{Heading: "Whom the participants are like, all projects together"},
	Neighbourhoods: pictureText{
		Heading: "Effect in the pilot neighbourhoods, per law",
		Finding: "{wie}: {oordeel}.",
		Title:   "Pilot neighbourhoods, all laws together: {oordeel}",
		Alt: "One point per law on the bar of its 95% interval: change since {basis} in the pilot neighbourhoods minus that in comparable ones, in prices " +
			"of {basis}. All laws together: {oordeel}.",
		Unit: "euros per insured year, prices of {basis}",
	},
	Years: pictureText{
		Heading: "Effect in the pilot neighbourhoods, per year against {basis}",
		Finding: "All laws together, difference from comparable neighbourhoods against {basis}: {opsomming}.",
		Title:   "All laws together, against {basis}",
		Alt: "Line of the difference per year between pilot neighbourhoods and comparable ones against {basis}, with its 95% interval, in prices of {basis}; " +
			"the years before {basis} are shaded.",
		Unit: "euros per insured year, prices of {basis}",
	},

	AllProjects: "All projects together", Nameless: "Without a name", Total: "All laws together", Money: "€{n}", And: " and ",
	Nothing: "no effect can be established.", Dots: "Point: effect.",
	Points: "Point: effect; bar: 95% interval.",
	Span:   "Line: effect; dashes: 95% interval; shade: before.",
	Line:   "Line: effect; shade: before.",
	Stand:  "Aid: start", Bar: "Aid: bar", Shade: "Aid: before",

	Fell: "fall of {bedrag} per insured year", Rose: "rise of {bedrag} per insured year",
	Unshown: "cannot be shown", Unsettled: "cannot be established", Hidden: "hidden to protect persons or tariffs",
	Between:     " (between {laag} and {hoog})",
	Misses:      "; this measurement can miss a change smaller than {bedrag} per insured year",
	Diverged:    ": participants and controls already drifted apart before the start",
	LawsUnshown: "cannot be shown for {wetten}", LawsUnsettled: "cannot be established for {wetten}", LawsHidden: "hidden for {wetten}",

	Who: "{wie}", WhoCounted: "{wie} ({n} participants, {m} controls)",
	Bare:   "Before and after alone, all participants against all residents, would have looked like {verandering}; that is no effect: people often start at a peak.",
	BareUp: "a rise of {bedrag} per insured year", BareDown: "a fall of {bedrag} per insured year", BareNone: "no change",
	SinceStart:    "Quarter since the start",
	TestHeld:      "participants and controls ran alike (p = {p})",
	TestFailed:    "participants and controls already drifted apart (p = {p}), so nothing can be concluded",
	TestNone:      "it cannot be tested whether participants and controls ran alike",
	LeftOut:       "There is nobody to compare {n} participants with; they count in no effect, {m} others do.",
	LeftOutCosts:  " In the second year before the start they cost {bedrag} per insured year, the others {ander}.",
	LeftOutNone:   "There is somebody to compare every participant with.",
	LeftOutHidden: "How many participants there is nobody to compare with is hidden to protect persons.",
	Alike:         "The controls are like the participants: no trait that can be seen differs by 0.1 or more of their standard deviation.",
	NotAlike:      "The controls are not like the participants in everything; by 0.1 or more of their standard deviation differ: {wat}.",

	Weighted: "Controls count by their weight: at persons stands how many residents of equal weight say as much.",

	Pilot: "Pilot neighbourhoods against comparable ones, all laws together", PilotCounted: "{n} pilot neighbourhoods against {m} comparable ones, all laws together",
	Assigned:     "; in {n} of the {m} ways to choose pilot neighbourhoods the difference was at least as large",
	AssignedPart: "; in {procent} of all ways to choose pilot neighbourhoods the difference was at least as large",
	PerLaw:       "Per law: {opsomming}.",
	OtherBase:    "Against {basis} the difference is {bedrag}; {opsomming}.", OtherBaseItem: "against {jaar} {bedrag}",
	Partly:           "2017 was partly a year of the pilot already: the pilot began on 1 November 2016.",
	Corona:           "2020 and 2021 are years of the coronavirus.",
	CoronaWithout:    "2020 and 2021 are years of the coronavirus; without them the difference is {bedrag}.",
	YearsBefore:      "Before {basis} the difference should lie around zero.",
	YearsBeforeHeld:  "Before {basis} the difference should lie around zero, and it does: zero lies in every interval.",
	YearsBeforeApart: "Before {basis} the difference should lie around zero; not so in {opsomming}: the neighbourhoods already drifted apart.",
	Staggered:        "the neighbourhoods began in different years; the table gives the effect per year since their start.",

	Substitution:      pictureText{Heading: "Substitution between laws in the pilot"},
	SubstitutionFound: "Substitution found: {opsomming}.",
	SubstitutionNone:  "In no year can substitution between two laws be established.",
	SubstitutionItem:  "from {van} to {naar} in {jaar}", SubstitutionPair: "{van} → {naar}",
	SubstitutionHow: "It is called that only if with the same people money went from the one law to the other, more than in comparable neighbourhoods and " +
		"than before the pilot; if the effect on the one law is a fall and on the other a rise; and if the fall is at least as large.",
	SubstitutionHidden: "Where the verdict is hidden, it does not count here.",
	SubstitutionYear:   "Below, the year {jaar} against {basis}.",

	PeriodAfter: "After", PeriodBefore: "Year before", PeriodQuarter: "Quarter {n}", PeriodSince: "Year {n} since the start",
	PeriodBase: "After, against {n}", PeriodWithout: "After, without {n}",
}
