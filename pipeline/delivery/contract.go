// Package delivery is what suppliers send: the contract, and readers that turn
// a file into Arrow batches.
//
// A file is found ([Find]), opened ([Open]) and read as a stream of record
// batches in the canonical schema of its table. A line that breaks the contract
// goes to the quarantine; a file that cannot be trusted is refused ([Refusal]).
package delivery

import (
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
)

// Kind is the type of a canonical column.
type Kind int

// The kinds of column that the contract knows.
const (
	// Text is UTF-8 without control characters.
	Text Kind = iota
	// Date is a day.
	Date
	// Decimal is an exact number; amounts are euros with two decimals.
	Decimal
	// Integer is a whole number of at most 32 bits.
	Integer
)

// Mode says whether a delivery replaces what came before it or adds to it.
type Mode string

// The two modes, by the words of the configuration.
const (
	// Full replaces the earlier deliveries of the same supplier and table.
	Full Mode = "volledig"
	// Addition stands beside the earlier deliveries.
	Addition Mode = "aanvulling"
)

// Column describes one canonical column.
type Column struct {
	Name string
	Kind Kind
	// Precision and Scale are those of a Decimal.
	Precision, Scale int
	// Required: the column must be there and may not be empty.
	Required bool
	// MinLength and MaxLength count the characters of a Text; 0 is no bound.
	MinLength, MaxLength int
	// Allowed lists the only values of a Text; empty is any.
	Allowed []string
	// Dictionary names what holds the values of this Text once each, because they
	// repeat; the columns of one dictionary are held together.
	Dictionary string
}

// Table is one kind of delivery.
type Table struct {
	Name    string
	Columns []Column
	// Delivery is the mode that holds when nobody says otherwise.
	Delivery Mode
}

var (
	domains = []string{"zvw", "wmo", "jeugdwet", "wlz", "participatiewet"}
	sexes   = []string{"0", "1", "2"}
	ages    = []string{
		"0-4", "5-9", "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49",
		"50-54", "55-59", "60-64", "65-69", "70-74", "75-79", "80-84", "85-89", "90+",
	}
)

func text(name string, maxLength int) Column {
	return Column{Name: name, Kind: Text, MaxLength: maxLength}
}

func date(name string) Column    { return Column{Name: name, Kind: Date} }
func integer(name string) Column { return Column{Name: name, Kind: Integer} }

func decimal(name string, precision, scale int) Column {
	return Column{Name: name, Kind: Decimal, Precision: precision, Scale: scale}
}

func oneOf(name string, allowed ...string) Column {
	return Column{Name: name, Kind: Text, Allowed: allowed}
}

func (c Column) required() Column { c.Required = true; return c }

func (c Column) in(dictionary string) Column { c.Dictionary = dictionary; return c }

func pseudonym() Column {
	return Column{Name: "pseudoniem", Kind: Text, MinLength: 16, MaxLength: 128, Required: true}.in("persoon")
}

var tables = []Table{
	{Name: "declaraties", Delivery: Addition, Columns: []Column{
		oneOf("domein", domains...).required().in("codering"),
		text("regel_id", 64).required(),
		text("vorige_regel_id", 64),
		oneOf("debet_credit", "D", "C").required().in("codering"),
		pseudonym(),
		text("codelijst", 0).required().in("codering"),
		text("prestatiecode", 15).required().in("codering"),
		text("productcategorie", 2).in("codering"),
		text("aanbiedersoort", 4).in("codering"),
		text("aanbieder", 0).in("zorgaanbieder"),
		text("specialisme", 4).in("codering"),
		text("zorgproduct", 9).in("codering"),
		text("verwijzer", 2).in("codering"),
		date("begindatum").required(),
		date("einddatum").required(),
		date("declaratiedatum"),
		decimal("volume", 12, 3),
		text("eenheid", 2).in("codering"),
		decimal("bedrag", 14, 2).required(),
	}},
	{Name: "bevolking", Delivery: Full, Columns: []Column{
		pseudonym(),
		text("huishouden", 0),
		integer("geboortejaar").required(),
		oneOf("geslacht", sexes...).required(),
		text("buurt", 10).required(),
		date("begindatum").required(),
		date("einddatum"),
		oneOf("reden_einde", "overleden", "verhuisd"),
	}},
	{Name: "verzekering", Delivery: Full, Columns: []Column{
		text("leverancier", 0),
		pseudonym(),
		date("begindatum").required(),
		date("einddatum"),
	}},
	{Name: "toewijzingen", Delivery: Full, Columns: []Column{
		oneOf("domein", domains...).required(),
		text("toewijzing_id", 64).required(),
		pseudonym(),
		text("productcategorie", 2).required(),
		text("productcode", 15),
		date("begindatum").required(),
		date("einddatum"),
		text("reden_beeindiging", 0),
	}},
	{Name: "deelname", Delivery: Full, Columns: []Column{
		text("project", 0).required(),
		pseudonym(),
		date("begindatum").required(),
		date("einddatum"),
	}},
	{Name: "aggregaat", Delivery: Full, Columns: []Column{
		oneOf("domein", domains...).required(),
		integer("jaar").required(),
		text("gebied", 0), // empty in the rest row of open data, which is loaded
		oneOf("geslacht", sexes...),
		oneOf("leeftijdsklasse", ages...),
		text("zorgsoort", 0).required(),
		integer("aantal_personen"),
		decimal("verzekerdejaren", 14, 2),
		decimal("bedrag", 16, 2).required(),
	}},
	{Name: "budget", Delivery: Full, Columns: []Column{
		oneOf("domein", domains...).required(),
		integer("jaar").required(),
		text("gebied", 0).required(),
		oneOf("post", "programma", "subsidie", "lumpsum", "pgb").required(),
		decimal("bedrag", 16, 2).required(),
	}},
}

// Tables returns the seven tables of the contract, in its order.
func Tables() []Table {
	return append([]Table(nil), tables...)
}

// TableNamed returns the table with that name.
func TableNamed(name string) (Table, bool) {
	for _, t := range tables {
		if t.Name == name {
			return t, true
		}
	}
	return Table{}, false
}

// Dictionary is a set of columns whose combinations of values repeat. In every
// batch these columns are dictionary-encoded under one and the same index, so
// that a combination can be told by a single number.
type Dictionary struct {
	Name    string
	Columns []Column
}

// Dictionaries returns the dictionaries of the table, in the order of its columns.
func (t Table) Dictionaries() []Dictionary {
	var all []Dictionary
	for _, c := range t.Columns {
		if c.Dictionary == "" {
			continue
		}
		i := slices.IndexFunc(all, func(d Dictionary) bool { return d.Name == c.Dictionary })
		if i < 0 {
			i = len(all)
			all = append(all, Dictionary{Name: c.Dictionary})
		}
		all[i].Columns = append(all[i].Columns, c)
	}
	return all
}

// Schema returns the Arrow schema of the batches of this table: regel_nr (the
// line number in the file; the header is line 1), then the canonical columns;
// declaraties ends with regelsleutel, a hash that finds doubles.
func (t Table) Schema() *arrow.Schema {
	fields := []arrow.Field{{Name: "regel_nr", Type: arrow.PrimitiveTypes.Int64}}
	for _, c := range t.Columns {
		fields = append(fields, arrow.Field{Name: c.Name, Type: c.arrowType(), Nullable: true})
	}
	if t.Keyed() {
		fields = append(fields, arrow.Field{Name: "regelsleutel", Type: arrow.PrimitiveTypes.Int64})
	}
	return arrow.NewSchema(fields, nil)
}

// Keyed tells whether the rows have a regelsleutel.
func (t Table) Keyed() bool { return t.Name == "declaraties" }

// columnIndex returns the position of a canonical column, or -1.
func (t Table) columnIndex(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

func (t Table) columnNames() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

func (c Column) arrowType() arrow.DataType {
	switch c.Kind {
	case Date:
		return arrow.FixedWidthTypes.Date32
	case Decimal:
		return &arrow.Decimal128Type{Precision: int32(c.Precision), Scale: int32(c.Scale)}
	case Integer:
		return arrow.PrimitiveTypes.Int32
	default:
		if c.Dictionary != "" {
			return dictionaryType
		}
		return arrow.BinaryTypes.String
	}
}

var dictionaryType = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint32, ValueType: arrow.BinaryTypes.String}
