package report

// Pieces of examples that several checks share, and what they are called.
var (
	limitOfCredits = []string{"grens: ", "limit: ", "van de creditregels", "of the credit lines", "0,1%", "0.1%"}
	limitOfDebits  = []string{"grens: ", "limit: ", "van de debetregels", "of the debit lines", "0,1%", "0.1%"}
	limitOfLines   = []string{"grens: ", "limit: ", "van de regels", "of the lines", "0,1%", "0.1%"}
	firstMonth     = []string{"de eerste is ", "the first is "}
)

// englishChecks are the checks as a warning names them.
var englishChecks = map[string]checkText{
	"aansluiting_sluit": {Title: "The reconciliation adds up",
		Note: "Per law and year, the sum of the table of costs, of the types of care and of the laws of the region must equal the item " +
			"Modelled of the reconciliation, to the cent."},
	"aantal_per_maand": {Title: "Months with an unusual number of lines", Example: firstMonth,
		Note: "More than four standard deviations from the average of the same month in at least three earlier years. Three years are sometimes " +
			"alike by chance, so a standard deviation is at least 5% of the average and at least its square root. A month that need not be " +
			"complete yet is left aside. Often a delivery is missing, or there twice."},
	"basisjaar_aanwezig": {Title: "Data of the base year",
		Example: []string{"er zijn gegevens van ", "there are data of ", "er zijn nog geen kosten aangeleverd", "no costs were delivered yet"},
		Note: "Without a base year there is nothing to compare with; deliver it under aanlevering/ or choose in [regio] a base year that is " +
			"there."},
	"budget_zonder_gebied": {Title: "Budget without an area", Example: []string{" euro, het eerste bij ", " euros, the first at "},
		Note: "Such a line counts in no area and not in the region either. Use a code of Statistics Netherlands or a name from the table of " +
			"areas, or pilot, controle or regio; or add to the table of areas."},
	"credit_bij_debet": {Title: "Credits in the same message as their debit", Example: limitOfCredits,
		Note: "A credit and its debit should not be in one message (iWmo and iJw, TR316). A delivery bundles messages, so the day of the claim " +
			"tells them apart; without a claim date nothing can be seen. The amounts cancel out."},
	"credit_herhaalt_debet": {Title: "Credits that do not repeat their debit", Example: limitOfCredits,
		Note: "A credit takes its debit back as a whole and a new debit follows (iWmo, rules IV091 and OP366); a difference leaves costs behind " +
			"in another month or with somebody else."},
	"credit_voor_debet": {Title: "Credits older than their debit", Example: limitOfCredits,
		Note: "A credit follows its debit. If it comes earlier, a delivery came too late or in the wrong order, or the credit points to a wrong " +
			"line. It counts as soon as its debit is there."},
	"credit_zonder_debet": {Title: "Credits without a debit", Example: limitOfCredits,
		Note: "They stay out of the costs until their debit comes; if there are many, a delivery is missing."},
	"debet_tweemaal_gecrediteerd": {Title: "Debit lines that were credited more than once", Example: limitOfCredits,
		Note: "A debit is credited once (iWmo and iJw, OP360 and TR390). Every credit counts, so a second one takes off too many costs."},
	"domein_in_pilot": {Title: "Laws that cannot be filled in the pilot",
		Note: "A law that comes per municipality only does not count in districts and in the pilot, nor in the shift."},
	"gelijke_regels": {Title: "Rules for types of care that are equally strong", Example: []string{" en ", " and "},
		Note: "The type of care then depends on chance; give one of the rules another rank."},
	"grootboek_klopt": {Title: "The ledger agrees with the loaded data", Example: []string{"levering ", "delivery "},
		Note: "The loaded data only grow, except where persons were erased and counted; if they differ from the ledger, a row has disappeared " +
			"or changed and no figure can be trusted. Put an earlier copy of the warehouse back."},
	"levering_herhaald": {Title: "Additions that seem to repeat an earlier delivery", Example: []string{" en ", " and "},
		Note: "Equal are the first and last month, and with it the number of lines and the euros or more than half of the identifiers. With " +
			"other bytes it is a new delivery; if its lines have new identifiers, they count twice. Have the supplier send it as complete, or " +
			"remove one of the two."},
	"maand_zonder_regels": {Title: "Months without lines", Example: firstMonth,
		Note: "An empty month is seldom true; probably a delivery was forgotten."},
	"meer_open_debetten": {Title: "More than one open debit for a provision in a period", Example: limitOfDebits,
		Note: "Per allocation, product and product period one debit may be open; a new debit comes only after a credit (iWmo and iJw, TR389 and " +
			"TR416). The lines all count; probably a credit is missing and costs are counted twice."},
	"negatief_persoonjaar": {Title: "Negative costs of a person in a year", Example: []string{"grens: 0,1% van de persoonjaren", "limit: 0.1% of the person-years"},
		Note: "The amount counts as it is; often the debit is in another year, or was credited twice."},
	"nieuw_debet_voor_credit": {Title: "New debits that came before the credit of the old one", Example: limitOfCredits,
		Note: "A correction is first a full credit and then a new debit (iWmo and iJw, OP366). In the other order the provision is in the costs " +
			"twice for a while; a figure of that moment is too high."},
	"onbekende_zorgsoort": {Title: "Euros without a known type of care",
		Note: "Above this limit (onbekend_max) the tables per type of care and line say too little; add to the table of care types."},
	"ontleding_sluit": {Title: "The decomposition adds up",
		Note: "The decomposition divides a change without a remainder; if a cent is left over, or if it is another change than that of the " +
			"shift, none of its parts can be trusted."},
	"periode_in_maand": {Title: "Product periods of more than a month", Example: limitOfDebits,
		Note: "A product period lies within a calendar month (iWmo and iJw, IV089). A longer one is spread over its months by day; if there are " +
			"many, the monthly figures are an estimate, or the municipality delivers something other than claims."},
	"periode_in_toewijzing": {Title: "Claims outside their allocation", Example: limitOfDebits,
		Note: "A product period lies within its allocation (iWmo and iJw, IV089). The lines count; if there are many, allocations are missing or " +
			"the pseudonyms differ, and the stacking counts too few provisions. Only of laws with allocations."},
	"persoon_eenduidig": {Title: "Persons with two years of birth or sexes", Example: []string{"grens: 0,1% van de personen", "limit: 0.1% of the persons"},
		Note: "Two persons then share a pseudonym, or a statement is wrong; the highest year of birth counts."},
	"persoon_zonder_verblijf": {Title: "Persons who are not in the population",
		Example: []string{"grens: 0,5% van de personen met declaraties", "limit: 0.5% of the persons with claims"},
		Note:    "Their costs do not count; if there are many, a delivery of the population is missing or the pseudonyms differ."},
	"prijs_per_eenheid": {Title: "Lines with an unusual price per unit", Example: []string{"onder meer van code ", "among others of code "},
		Note: "Less than a fifth or more than five times the median of the same code list, service code, care product and unit (to within 1%). " +
			"Only of codes that have a price: at least 30 lines with a volume, and a third quartile of at most twice the first. Often there " +
			"are cents for euros, minutes for hours or a total for an item."},
	"regels_dubbel": {Title: "Lines that were delivered twice", Example: []string{"grens: 5% van de regels", "limit: 5% of the lines"},
		Note: "They count once and cost nothing. If there are many, a supplier sends old lines along; ask whether the delivery is complete " +
			"rather than an addition."},
	"regels_gelijk": {Title: "Equal claims with different identifiers", Example: limitOfDebits,
		Note: "They all count, for two treatments on one day may be true. If there are many, a delivery was probably repeated with new " +
			"identifiers."},
	"regels_gewijzigd": {Title: "Lines that were changed without a credit", Example: limitOfLines,
		Note: "The last delivery counts. Who changes a line should credit it and claim again; an identifier that was used for two different " +
			"lines loses one."},
	"regels_overlappen": {Title: "Overlapping claims for a provision", Example: limitOfDebits,
		Note: "A provision is one service code of Wmo, Jeugdwet, Wlz or Zvw nursing and stay for a person. The euros all count, the days once. " +
			"Two providers at the same time may be true; if there are many, claims were made twice."},
	"stroom_sluit": {Title: "The flows add up",
		Note: "Every euro of difference of a person is in exactly one flow; if a cent is left over, the flows cannot be trusted."},
	"toewijzingen_overlappen": {Title: "Overlapping allocations of a provision",
		Example: []string{"grens: 2% van de toewijzingen", "limit: 2% of the allocations"},
		Note: "In the stacking a provision counts once on a day. If there are many, old allocations were not ended, or a change comes as a new " +
			"allocation without the end of the previous one."},
	"verschuiving_sluit": {Title: "The shift adds up", Example: []string{" per domein", " per law", " per lijn", " per line"},
		Note: "The split divides a change without a remainder; if a cent is left over, a shift cannot be trusted."},
	"wlz_naast_wmo": {Title: "Wlz stay with Wmo or community nursing at the same time",
		Example: []string{"grens: 5% van de personen met Wlz-verblijf", "limit: 5% of the persons with a Wlz stay"},
		Note: "In a Wlz institution this care is part of the stay. It is a sign about the border between the laws and is never put right: the " +
			"euros count under the law that paid. A transition during a month gives overlap if claims are made per month."},
}
