package report

// englishTables say what a row of a table is and how it was made; in Dutch the queries say it themselves.
var englishTables = map[string]tableText{
	"aansluiting": {"supplier × law × year × item",
		"delivered = in quarantine + duplicate + replaced + erased + loaded; loaded = credit without a debit + not in the population + modelled, " +
			"to the cent. The amount is debit minus credit, in the year of the part of the costs; a row counts in the year in which it began."},
	"arrangementen": {"year × area × arrangement",
		"Per person the laws and life domains with an amount above zero in the year, placed where that person last lived that year. The costs " +
			"are all costs of those persons."},
	"baten_lasten": {"year × area × payer",
		"Expected = costs of the base year per insured year × the growth per insured year in the control area × the insured years of the year; " +
			"difference = actual − expected. Only laws that can be filled in both years in the area and in the control area. Descriptive: " +
			"the difference may have other causes than the programme."},
	"benchmark": {"year × area × type of care, per law",
		"Indirect standardisation: expected is the national amount per insured year of each age class and sex, times the area's own insured " +
			"years. Types of care are the national types of cost, on both sides. An unknown sex, and a class that is empty nationally, get the " +
			"average over all classes."},
	"concentratie": {"year × area × group",
		"The 1, 5 and 10 per cent of residents with the highest costs, where those without costs count too; and the real costs in two parts: " +
			"up to one fixed limit per insured year, and what comes above it. The limit is the 99.5th percentile of the region in the base year."},
	"deelnemers_balans": {"project × trait × group",
		"Averages per person, and of costs real euros per insured year. Groups: participants; controls (with their weights); controls, unweighted " +
			"(everybody who could have started and is in a class with a participant); nobody to compare with (participants without such a person). " +
			"Difference: that with the participants in their standard deviation (Austin 2009; below 0.1 counts as alike). Costs in the year before " +
			"and insured years after are not weighted on. Costs per law are there for all projects together only."},
	"deelnemers_effect": {"project × outcome × period",
		"Difference in differences in real euros per insured year, against quarters -8 to -5. Controls could have started in the same quarter and " +
			"are weighted so that they are like the participants in those quarters; quarters -4 to -1 have no part in that and are the test. " +
			"Standard error per person; smallest to be seen = 2.8 × standard error; the raised p-value holds for all projects and laws together. " +
			"Before and after alone sets all participants against all residents, with the year before as the base. All projects together: each " +
			"participant in the first project."},
	"doelen": {"goal × area × year",
		"Change since the base year in the pilot minus that in the control area, per insured year, in real terms; 95% interval from the " +
			"linearised variance of ratios. Fall or rise: the interval excludes zero; equal: it lies within 2% of the pilot in the base year. " +
			"A difference with the control area need not come from the programme."},
	"kerncijfers_gebied": {"year × area",
		"Residents and households on 1 January; insured years in exact days; shares of the insured years."},
	"kosten_buiten_declaraties": {"year × area × law × item",
		"As delivered; an amount counts in its own area and in everything above it, never in anything finer. Without this table a shift to " +
			"subsidies looks like a saving. Insured years of all residents."},
	"kosten_per_domein": {"year × area × law",
		"Ratio of sums over insured years in exact days; direct standardisation to the region in the base year; real amounts in prices of the " +
			"base year (Fay & Feuer 1997)."},
	"kosten_per_kwartaal": {"quarter × {region, pilot, control} × law",
		"Insured years are the days of residents in the quarter, divided by the days of the year. Completeness is that of the region. Up to " +
			"the reference month: what was claimed up to and including that month; a year earlier: what was claimed of the same quarter a year " +
			"earlier, twelve months before the reference month. Without a claim date both are unknown."},
	"kosten_per_zorgsoort": {"year × area × law × type of care",
		"Sum of the costs; users after credits were settled; real amounts in prices of the base year. Volume in the unit of the type of care; " +
			"without a unit a claim counts as one."},
	"ontleding": {"year × area × law × factor",
		"Decomposition into six factors against the base year, without a remainder and without an order (Das Gupta 1993; Shapley value), per " +
			"age class, sex and type of care. What has no user, such as a credit that is left over, belongs to mix. With a break in the trend " +
			"of the codes the price cannot be followed: it then stands with mix. Rounded to the cent; the largest factor takes the difference."},
	"overgangen": {"year × area × from × to",
		"The arrangement of a person in the base year beside that in the year. Those who did not live there in both years have, in the place of " +
			"the missing arrangement, the reason: born, moved in, died or moved out."},
	"specialistische_zorg": {"year × area × line × rule",
		"Costs of lines 2 and 3 by the rule that gave the type of care; share within lines 1, 1.5, 2 and 3. Share of line 3, reversed: the " +
			"share of line 3 if all rules with the same marker counted the other way: a core marker no longer as line 3, another marker (in a city " +
			"where the only hospital is a university hospital) just that."},
	"stapeling_huishoudens": {"year × area × what is counted × class",
		"The highest number that ran at once in a household on one day, all members together; per 1,000 household years. Average costs: all " +
			"costs in the year of those who last belonged to it that year."},
	"stapeling_personen": {"year × area × what is counted × class",
		"The highest number that ran at once on one day; per 1,000 insured years (after Statistics Netherlands, use of the Wmo, 83264NED). " +
			"Average costs: all costs of those persons in the year."},
	"stroom_personen": {"year × area × from × to",
		"Per person, what fell is linked in proportion to what rose, against the base year (migration flows from marginal totals, Abel); those " +
			"who did not live there in both years stand apart. Per law, gained minus lost is the change. A flow does not say that one kind of " +
			"care replaced the other."},
	"verschuiving_domein": {"year × area × law",
		"Midpoint split against the base year; the shifts add up to zero (Bennet 1920)."},
	"verschuiving_lijn": {"year × area × line",
		"Midpoint split against the base year; share of care is the share within lines 1, 1.5, 2 and 3."},
	"verwijzing": {"year × area × measure",
		"First contact: no contact of that kind with that specialty in the 365 days before. Measures per 1,000 insured years, or as part of the " +
			"first contacts. Claims hold no referral letter: these are approximations. In the first year what went before is missing; a year " +
			"that looks further ahead than the data reach is provisional."},
	"volledigheid": {"law × type of care × month",
		"Chain ladder per type of care (Mack 1993). If less than 80% is expected to be in, Bornhuetter-Ferguson: what is still missing after the " +
			"expected amount of the same month a year earlier, times the trend of the last twelve months that are 80% in. Final from 98%, " +
			"provisional from 80%. Without a claim date the status of the year holds."},
	"substitutie": {"year × from × to; of each pair of laws the direction of the net flow in the pilot neighbourhoods",
		"Substitution only if four tests hold: on balance money flows from the one law to the other with the same people; more than in comparable " +
			"neighbourhoods, both less what flowed in as long a time before the base year (compared with; the raised probability holds for all pairs " +
			"of laws in the year); the effect on the law it left is a fall and that on the law it went to a rise; and the fall is at least as large " +
			"as the rise (ratio of 1 or more). If it is smaller, it is called growth. Differences and effects in real euros per insured year."},
	"wijk_effect": {"outcome × period",
		"Change since the base year in the pilot minus that in the comparable neighbourhoods, real euros per insured year at the make-up of the " +
			"region in the base year; neighbourhoods weigh by their insured years in the base year. After: the average of the years after the base " +
			"year. Probability by lot: the part of all ways to give as many neighbourhoods the label pilot in which the t-value is at least as large " +
			"(randomisation inference, MacKinnon and Webb 2020); the 95% interval holds every effect that this test does not reject. The raised " +
			"p-value holds for the total and the laws together, and apart for the lines (Holm 1979). If neighbourhoods begin in different years, " +
			"the effect is that of Callaway and Sant'Anna (2021), per year since the start. The second test is the wild bootstrap (up to 16 " +
			"neighbourhoods); the breakdown tells how many times the largest step before the base year the neighbourhoods may drift apart each " +
			"year before zero lies in the interval (Rambachan and Roth 2023): 0 if it does already."},
}
