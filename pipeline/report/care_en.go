package report

// englishCareTypes name the types of care of the shipped code list; in Dutch that list names them itself.
var englishCareTypes = map[string]string{
	"huisarts": "General practice", "ketenzorg": "Integrated chronic care (multidisciplinary)",
	"anderhalvelijn": "Line 1.5 care (city outpatient clinic, PlusPunt)", "gzsp": "Medical care for specific groups of patients",
	"farmacie": "Pharmacy", "hulpmiddelen": "Medical aids", "mondzorg": "Dental care", "fysiotherapie": "Physiotherapy",
	"paramedisch_overig": "Other allied health care", "verloskunde": "Midwifery", "kraamzorg": "Maternity care at home",
	"integrale_geboortezorg": "Integrated maternity care", "eerstelijns_ondersteuning": "Support of primary care (laboratory, diagnostics)",
	"basis_ggz": "Primary mental health care", "wijkverpleging": "Community nursing", "eerstelijnsverblijf": "Primary care stay",
	"zintuiglijk": "Care for sensory disabilities", "medisch_specialistisch": "Medical specialist care",
	"hoogspecialistisch": "Highly specialised care", "geriatrische_revalidatie": "Geriatric rehabilitation",
	"ggz_specialistisch": "Specialist mental health care", "ggz_langdurig": "Long-term mental health care",
	"ggz_overig": "Other mental health care", "ziekenvervoer_zittend": "Patient transport, seated",
	"ziekenvervoer_liggend": "Patient transport, ambulance", "grensoverschrijdend": "Cross-border care", "zvw_overig": "Other Zvw care",

	"wmo_huishoudelijke_hulp": "Wmo: domestic help", "wmo_begeleiding": "Wmo: support (guidance)",
	"wmo_persoonlijke_verzorging": "Wmo: personal care", "wmo_kortdurend_verblijf": "Wmo: short stay",
	"wmo_woondiensten": "Wmo: housing services", "wmo_overige_ondersteuning": "Wmo: other support for a person, household or family",
	"wmo_dagbesteding": "Wmo: day activities", "wmo_vervoerdiensten": "Wmo: transport services",
	"wmo_groepsgericht": "Wmo: other support in groups", "wmo_maatwerk_overig": "Wmo: other tailored arrangements",
	"wmo_rolstoelen": "Wmo: wheelchairs", "wmo_vervoervoorzieningen": "Wmo: transport aids", "wmo_woonvoorzieningen": "Wmo: home adaptations",
	"wmo_hulpmiddelen": "Wmo: other aids", "wmo_beschermd_wonen": "Wmo: sheltered housing", "wmo_opvang": "Wmo: shelter",
	"wmo_spoedopvang": "Wmo: emergency shelter", "wmo_beschermd_wonen_overig": "Wmo: other sheltered housing and shelter",
	"wmo_overig": "Wmo: not further classified",

	"jeugd_wijkteam": "Jeugdwet: youth care by a district or neighbourhood team", "jeugd_ambulant_locatie": "Jeugdwet: outpatient youth care at the provider",
	"jeugd_daghulp": "Jeugdwet: day care at the provider", "jeugd_in_netwerk": "Jeugdwet: youth care in the young person's network",
	"jeugd_pleegzorg": "Jeugdwet: foster care", "jeugd_gezinsgericht": "Jeugdwet: family-type residential care",
	"jeugd_gesloten": "Jeugdwet: secure placement", "jeugd_residentieel": "Jeugdwet: other residential care",
	"jeugd_persoonlijke_verzorging": "Jeugdwet: personal care", "jeugd_dagbehandeling": "Jeugdwet: day treatment",
	"jeugd_vervoer": "Jeugdwet: transport services", "jeugd_verblijf_met_behandeling": "Jeugdwet: stay with treatment",
	"jeugd_verblijf_zonder_behandeling": "Jeugdwet: stay without treatment", "jeugd_ambulant": "Jeugdwet: outpatient youth care",
	"jeugd_crisis": "Jeugdwet: crisis care", "jeugd_reclassering": "Jeugdwet: youth probation", "jeugd_bescherming": "Jeugdwet: child protection",
	"jeugd_preventief_justitieel": "Jeugdwet: preventive justice", "jeugd_maatwerk": "Jeugdwet: tailored arrangements for young people",
	"jeugd_basis_ggz": "Jeugdwet: primary mental health care", "jeugd_specialistische_ggz": "Jeugdwet: specialist mental health care",
	"jeugd_kindergeneeskunde": "Jeugdwet: paediatrics", "jeugd_ggz": "Jeugdwet: youth mental health care",
	"jeugd_landelijk": "Jeugdwet: care purchased nationally", "jeugd_overig": "Jeugdwet: not further classified",

	"wlz_verblijf": "Wlz: stay in an institution", "wlz_vpt": "Wlz: full package at home (VPT)", "wlz_mpt": "Wlz: modular package at home (MPT)",
	"wlz_overig": "Wlz: other", "participatiewet_uitkering": "Participatiewet: benefit",
	"participatiewet_reintegratie": "Participatiewet: reintegration into work", "participatiewet_overig": "Participatiewet: not further classified",
	"onbekend": "Unknown type of care",
}

// englishLifeDomains name the life domains of the shipped code list.
var englishLifeDomains = map[string]string{
	"financien": "Finances", "dagbesteding_werk": "Day activities and work", "huisvesting": "Housing",
	"huiselijke_relaties": "Relations at home", "geestelijke_gezondheid": "Mental health", "lichamelijke_gezondheid": "Physical health",
	"verslaving": "Addiction", "dagelijkse_activiteiten": "Activities of daily living", "sociaal_netwerk": "Social network",
	"maatschappelijke_participatie": "Participation in society", "onbekend": "Unknown",
}

// englishRuleKinds are the kinds of care that rules of the care types are named after.
var englishRuleKinds = []ruleKind{
	{"hoogspec", "Highly specialised"}, {"msz", "Medical specialist"}, {"ggz", "Mental health"}, {"grz", "Geriatric rehabilitation"},
	{"zintuiglijk", "Sensory"}, {"zittend_vervoer", "Seated transport"}, {"aggregaat", "Aggregate"}, {"grof_agb", "Coarse class, provider type (AGB)"},
	{"grof_codelijst", "Coarse class, code list"}, {"agb", "Provider type (AGB)"},
}

// englishRuleWords are the words in the name of a rule of specialist care.
var englishRuleWords = map[string]string{
	"dbc": "DBC", "ozp": "OZP", "nza": "NZa", "aw319": "AW319", "puk": "PUK", "paaz": "PAAZ", "riagg": "RIAGG", "ribw": "RIBW",

	"academisch": "university hospital", "algemeen": "general", "ambulance": "ambulance", "audiologische": "audiological", "basis": "basic", "bilateraal": "bilateral",
	"cardiothoracale": "cardiothoracic", "centra": "centres", "centrum": "centre", "chirurgie": "surgery", "codelijst": "code list",
	"deeltijdbehandeling": "part-time treatment", "dialysecentrum": "dialysis centre", "door": "by", "genetica": "genetics",
	"genetisch": "genetic", "geriatrische": "geriatric", "ggz": "mental health care", "grensoverschrijdend": "cross-border", "in": "in",
	"kaakchirurgie": "oral surgery", "kankercentrum": "cancer centre", "kliniek": "clinic", "klinisch": "clinical", "klinische": "clinical",
	"langdurig": "long-term", "medisch": "medical", "neurochirurgie": "neurosurgery", "overig": "other", "prestatie": "service code",
	"psychiatrie": "psychiatry", "psychiatrisch": "psychiatric", "psycholoog": "psychologist", "radiotherapeutisch": "radiotherapy",
	"radiotherapie": "radiotherapy", "revalidatiecentrum": "rehabilitation centre", "specialisme": "specialty", "specialist": "specialist",
	"tot": "until", "vanaf": "from", "verwezen": "referred", "zelfstandige": "independent", "ziekenhuis": "hospital",
	"zorgprestatie": "care service", "zorgproduct": "care product",
}
