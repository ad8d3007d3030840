package report

import (
	"maps"
	"strconv"
	"strings"
)

// texts is everything that a reader reads, in one language. A sentence holds
// its variable parts as {name}; see [fill].
type texts struct {
	Language string // as in the document properties, such as nl-NL
	Decimal  string // between units and decimals
	Group    string // between thousands

	Concept, Released         string
	Title, StandLine, RowLine string
	BackLink, Keywords        string
	EmptyTable, EmptyNoReason string
	RowUneven                 string // of a table of which rounding breaks a sum
	Hidden, Unknown           string // the marks in a cell
	Footer                    string
	Quarter                   string   // before the number of a quarter
	Months                    []string // inside a date, January first

	Summary   summaryTexts
	Headline  headlineTexts
	Data      dataTexts
	Goals     goalTexts
	Contents  contentsTexts
	Pictures  pictureTexts
	Effects   effectTexts
	Found     foundTexts
	Districts districtTexts
	Proof     proofTexts
	Notices   noticeTexts
	Changes   changesTexts
	Sheets    map[string]sheetText  // by the name of the released table
	Columns   map[string]columnText // by the name of the column
	// TableColumns are columns that mean something else in one table: table.column.
	TableColumns map[string]columnText
	// Tables are in the language of the queries where they are not here.
	Tables map[string]tableText
	// CareTypes and LifeDomains are in the language of the code lists where they are not here.
	CareTypes, LifeDomains map[string]string
	Derived                derivedTexts

	// Words are readable forms of codes, by the column that holds them.
	Words map[string]map[string]string
	// Readable names of codes.
	Levels, Areas, Domains, Lines, Statuses, Counts, Posts, Recipients map[string]string
	// Turns are what stands in the place of a law or an arrangement: what became of a person or a euro.
	Turns map[string]string
	// RuleKinds are what the name of a rule begins with; RuleWords are parts of it that are written otherwise.
	RuleKinds []ruleKind
	RuleWords map[string]string
	// Within is the name of an area inside a sentence.
	Within map[string]string
}

// sheetText names the sheet of a released table.
type sheetText struct {
	Tab, Title, Question string
}

// ruleKind is a first part of names of rules and the kind of care that it stands for.
type ruleKind struct {
	Prefix, Name string
}

// columnText is the header of a column, what it means, and how it is shown.
type columnText struct {
	Label, Note string
	Format      format
}

// derivedTexts are headers of columns that the workbook adds, and the rule that
// makes the twin of a column in prices of the base year.
type derivedTexts struct {
	Level, LevelNote, AreaName, AreaNote, CareName, CareNote string
	RealLabel, RealNote, Technical                           string
}

type summaryTexts struct {
	Tab, Subtitle                               string
	Compared, ComparedProvisional, ComparedNone string
	Figures, Figure, Change, Reading            string
	FigureLabels                                map[string]string
	FigureNote                                  string
	ReadLess, ReadMore, ReadEqual               string
	ShiftSection, ShiftLaw, ShiftIn, ShiftOut   string
	ShiftShareBase, ShiftShare, ShiftNote       string
	ChartTitle, ChartTitleEven, ChartTitlePart  string
	ChartAxis, ChartAlt                         string
	ChartNone, ChartNoYear, ChartNoFigures      string
	Millions, Thousands, Euros                  string
	Warnings, NoWarnings                        string
	Provisional, Definitive                     string
	Legend                                      string
	LegendLines                                 []string
	ReadOn, ReadOnEmpty                         string
}

type headlineTexts struct {
	Cost, CostEqual, CostHidden, CostUnknown     string
	Rose, Fell, Less, More, Alike, Versus        string
	Shift, ShiftPartly, ShiftOneSided, ShiftSole string
	ShiftEven, ShiftEvenPartly                   string
	ShiftHidden, ShiftUnknown                    string
	Nothing, NoFigures, NoBase, NoYear           string
	NoConclusion, BecauseHidden, BecauseUnknown  string
	Provisional                                  string
}

type proofTexts struct {
	Tab, Title, Question                                          string
	Sheets, Identity, Fingerprint, Stand, Recipient               string
	Domains, AllDomains, State, StateConcept                      string
	StateReleased, Base, Deliveries, Prices, Versions             string
	None, Provisional, NoProvisional                              string
	Disclosure, DisclosureWords, DisclosureSize                   string
	MoreDeliveries, OwnOnly, Rounding, Order, OrderWords, Columns string
	RoundingWords                                                 []string
	SheetHeads, IdentityHeads, DeliveryHeads                      []string
	PriceHeads, VersionHeads, ColumnHeads                         []string
}

// together is what maps with different keys hold.
func together[V any](parts ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}

// fill puts values in the place of {name}; pairs are name, value, name, value.
func fill(sentence string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		sentence = strings.ReplaceAll(sentence, "{"+pairs[i]+"}", pairs[i+1])
	}
	return sentence
}

// named gives the readable name of a code, or the code itself.
func named(names map[string]string, code string) string {
	if name := names[code]; name != "" {
		return name
	}
	return code
}

// ruleName makes the name of a rule of the care types readable: what kind of care, then the rest of its name.
func (t *texts) ruleName(rule string) string {
	for _, kind := range t.RuleKinds {
		rest, ok := strings.CutPrefix(rule, kind.Prefix+"_")
		if !ok {
			continue
		}
		words := strings.Split(rest, "_")
		for i, word := range words {
			words[i] = named(t.RuleWords, word)
		}
		return kind.Name + ": " + strings.Join(words, " ")
	}
	return sentence(strings.ReplaceAll(rule, "_", " "))
}

// number writes v for a sentence, with the given number of decimals.
func (t *texts) number(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	if strings.Trim(s, "0.") == "" {
		sign = ""
	}
	whole, part, _ := strings.Cut(s, ".")
	var b strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(t.Group)
		}
		b.WriteRune(digit)
	}
	if part != "" {
		b.WriteString(t.Decimal + part)
	}
	return sign + b.String()
}

// signed is number with a plus before what is above zero.
func (t *texts) signed(v float64, decimals int) string {
	s := t.number(v, decimals)
	if !strings.HasPrefix(s, "−") && strings.Trim(s, "0"+t.Decimal) != "" {
		return "+" + s
	}
	return s
}

// sentence makes the first letter a capital.
func sentence(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

// clean takes out what an XML text cannot hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return ' '
		case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff, r == 0xfffd:
			return -1
		}
		return r
	}, s)
}
