package synthetic

import (
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// column is a column of a delivered table with its type in Parquet.
type column struct {
	name string
	kind arrow.DataType
}

var (
	text     = arrow.BinaryTypes.String
	date     = arrow.FixedWidthTypes.Date32
	amount   = &arrow.Decimal128Type{Precision: 14, Scale: 2}
	volume12 = &arrow.Decimal128Type{Precision: 12, Scale: 3}
	number   = arrow.PrimitiveTypes.Int32
)

// The delivered tables with their columns in the order of the files.
var (
	claimColumns = []column{{"domein", text}, {"regel_id", text}, {"vorige_regel_id", text}, {"debet_credit", text},
		{"pseudoniem", text}, {"codelijst", text}, {"prestatiecode", text}, {"productcategorie", text}, {"aanbiedersoort", text},
		{"aanbieder", text}, {"specialisme", text}, {"zorgproduct", text}, {"verwijzer", text}, {"begindatum", date},
		{"einddatum", date}, {"declaratiedatum", date}, {"volume", volume12}, {"eenheid", text}, {"bedrag", amount}}
	residentColumns = []column{{"pseudoniem", text}, {"huishouden", text}, {"geboortejaar", number}, {"geslacht", text},
		{"buurt", text}, {"begindatum", date}, {"einddatum", date}, {"reden_einde", text}}
	grantColumns = []column{{"domein", text}, {"toewijzing_id", text}, {"pseudoniem", text}, {"productcategorie", text},
		{"productcode", text}, {"begindatum", date}, {"einddatum", date}, {"reden_beeindiging", text}}
	budgetColumns  = []column{{"domein", text}, {"jaar", number}, {"gebied", text}, {"post", text}, {"bedrag", amount}}
	projectColumns = []column{{"project", text}, {"pseudoniem", text}, {"begindatum", date}, {"einddatum", date}}
)

// rows collects rows of one table, cell by cell in column order. Empty text and open dates are unknown.
type rows interface {
	text(string)
	id(prefix string, n int64) // n = 0 is unknown
	date(day)
	fixed(v int64, decimals int) // v in units of the last decimal
	number(int)
	end()
}

// csvRows writes canonical CSV into memory.
type csvRows struct{ b []byte }

func (c *csvRows) text(s string) { c.b = append(append(c.b, s...), ';') }

func (c *csvRows) id(prefix string, n int64) {
	if n > 0 {
		c.b = appendID(c.b, prefix, n)
	}
	c.b = append(c.b, ';')
}

func (c *csvRows) date(d day) {
	if d != open {
		c.b = d.appendISO(c.b)
	}
	c.b = append(c.b, ';')
}

func (c *csvRows) fixed(v int64, decimals int) { c.b = append(appendFixed(c.b, v, decimals), ';') }

func (c *csvRows) number(n int) { c.b = append(strconv.AppendInt(c.b, int64(n), 10), ';') }

func (c *csvRows) end() { c.b[len(c.b)-1] = '\n' }

// appendID appends a reference such as Z17-000000123.
func appendID(b []byte, prefix string, n int64) []byte {
	b = append(b, prefix...)
	for width := int64(100_000_000); width > n && width > 1; width /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, n, 10)
}

// appendFixed appends v/10^decimals with all decimals; v may be negative.
func appendFixed(b []byte, v int64, decimals int) []byte {
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	unit := int64(1)
	for range decimals {
		unit *= 10
	}
	b = append(strconv.AppendInt(b, v/unit, 10), '.')
	for v %= unit; unit > 1; v %= unit {
		unit /= 10
		b = append(b, byte('0'+v/unit))
	}
	return b
}

// arrowRows collects the same rows as an Arrow record batch.
type arrowRows struct {
	*array.RecordBuilder
	column int
	buffer []byte
}

func newArrowRows(columns []column) *arrowRows {
	return &arrowRows{RecordBuilder: array.NewRecordBuilder(memory.DefaultAllocator, schemaOf(columns))}
}

func schemaOf(columns []column) *arrow.Schema {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{Name: c.name, Type: c.kind, Nullable: true}
	}
	return arrow.NewSchema(fields, nil)
}

func (a *arrowRows) field() array.Builder {
	a.column++
	return a.Field(a.column - 1)
}

func (a *arrowRows) text(s string) {
	b := a.field().(*array.StringBuilder)
	if s == "" {
		b.AppendNull()
		return
	}
	b.Append(s)
}

func (a *arrowRows) id(prefix string, n int64) {
	if n == 0 {
		a.text("")
		return
	}
	a.buffer = appendID(a.buffer[:0], prefix, n)
	a.text(string(a.buffer))
}

func (a *arrowRows) date(d day) {
	b := a.field().(*array.Date32Builder)
	if d == open {
		b.AppendNull()
		return
	}
	b.Append(arrow.Date32(d))
}

func (a *arrowRows) fixed(v int64, _ int) {
	a.field().(*array.Decimal128Builder).Append(decimal128.FromI64(v))
}

func (a *arrowRows) number(n int) { a.field().(*array.Int32Builder).Append(int32(n)) }

func (a *arrowRows) end() { a.column = 0 }
