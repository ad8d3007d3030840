package delivery

import (
	"bytes"
	"math"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// cellWriter writes the value of one row as text in the canonical form; empty is
// unknown. The bytes lie in the arena.
type cellWriter func(row int) []byte

// arena holds the texts of a block; an append never moves what was handed out.
type arena struct{ chunk []byte }

const arenaChunk = 256 << 10

// write calls add with room for at most 128 bytes and returns what it added.
func (a *arena) write(add func(to []byte) []byte) []byte {
	if cap(a.chunk)-len(a.chunk) < 128 {
		a.chunk = make([]byte, 0, arenaChunk)
	}
	start := len(a.chunk)
	a.chunk = add(a.chunk)
	return a.chunk[start:len(a.chunk):len(a.chunk)]
}

// describe tells what kind of values a typed column has.
func describe(f arrow.Field) headerColumn {
	h := headerColumn{name: f.Name}
	t := f.Type
	if d, ok := t.(*arrow.DictionaryType); ok {
		t = d.ValueType
	}
	switch id := t.ID(); {
	case id == arrow.STRING, id == arrow.LARGE_STRING, id == arrow.STRING_VIEW:
	case arrow.IsInteger(id):
		h.typed, h.integer = true, true
	case arrow.IsFloating(id):
		h.typed, h.float = true, true
	case arrow.IsDecimal(id):
		h.typed, h.decimal = true, true
	case id == arrow.DATE32, id == arrow.DATE64, id == arrow.TIMESTAMP:
		h.typed, h.day = true, true
	case id == arrow.BOOL:
		h.typed, h.boolean = true, true
	case id == arrow.NULL:
		h.typed = true
	default:
		h.nested = true
		h.inner = innerNames(t)
	}
	return h
}

func innerNames(t arrow.DataType) []innerName {
	nested, ok := t.(arrow.NestedType)
	if !ok {
		return nil
	}
	var names []innerName
	for _, f := range nested.Fields() {
		names = append(names, innerName{f.Name, f.Name})
		for _, within := range innerNames(f.Type) {
			names = append(names, innerName{within.name, f.Name + "." + within.path})
		}
	}
	return names
}

func writerFor(column arrow.Array, memory *arena) cellWriter {
	if d, ok := column.(*array.Dictionary); ok {
		inner := writerFor(d.Dictionary(), memory)
		return func(row int) []byte {
			if d.IsNull(row) {
				return nil
			}
			return inner(d.GetValueIndex(row))
		}
	}
	value := valueWriter(column, memory)
	return func(row int) []byte {
		if column.IsNull(row) {
			return nil
		}
		return value(row)
	}
}

func valueWriter(column arrow.Array, memory *arena) cellWriter {
	switch c := column.(type) {
	case *array.String:
		if c.Len() == 0 {
			return nil
		}
		// The bytes of the batch itself: a piece keeps its batch.
		texts, ends := c.ValueBytes(), c.ValueOffsets()
		first := ends[0]
		return func(row int) []byte { return texts[ends[row]-first : ends[row+1]-first : ends[row+1]-first] }
	case *array.LargeString:
		return func(row int) []byte { return memory.text(c.Value(row)) }
	case *array.StringView:
		return func(row int) []byte { return memory.text(c.Value(row)) }
	case *array.Date32:
		return func(row int) []byte { return memory.day(int(c.Value(row))) }
	case *array.Date64:
		return func(row int) []byte { return memory.date(c.Value(row).ToTime()) }
	case *array.Timestamp:
		toTime, err := c.DataType().(*arrow.TimestampType).GetToTimeFunc()
		if err != nil { // an unknown time zone: no day can be told
			return func(int) []byte { return []byte("?") }
		}
		return func(row int) []byte { return memory.date(toTime(c.Value(row))) }
	case *array.Decimal128:
		scale := c.DataType().(*arrow.Decimal128Type).Scale
		return func(row int) []byte {
			v := c.Value(row)
			if small := int64(v.LowBits()); v.HighBits() == small>>63 && scale >= 0 {
				return memory.decimal(small, int(scale))
			}
			return []byte(v.ToString(scale))
		}
	case *array.Int64:
		return func(row int) []byte { return memory.integer(c.Value(row)) }
	case *array.Int32:
		return func(row int) []byte { return memory.integer(int64(c.Value(row))) }
	case *array.Float64:
		return func(row int) []byte { return memory.float(c.Value(row)) }
	case *array.Float32:
		return func(row int) []byte { return memory.float(float64(c.Value(row))) }
	case *array.Binary:
		return func(row int) []byte { return bytes.Clone(c.Value(row)) } // a text whose writer did not say so
	default:
		// Rare types: other integers, other decimals, booleans; nested ones, which are
		// only searched: bind refuses them where they are needed.
		return func(row int) []byte { return []byte(column.ValueStr(row)) }
	}
}

// text copies a value.
func (a *arena) text(s string) []byte {
	if len(s) > 128 {
		return []byte(s)
	}
	return a.write(func(to []byte) []byte { return append(to, s...) })
}

func (a *arena) integer(v int64) []byte {
	return a.write(func(to []byte) []byte { return strconv.AppendInt(to, v, 10) })
}

// float writes a whole number without decimals, as an integer column with empty
// cells often comes as floats.
func (a *arena) float(v float64) []byte {
	if math.IsNaN(v) {
		return nil
	}
	if math.Abs(v) > 1e100 {
		return []byte("?")
	}
	return a.write(func(to []byte) []byte { return strconv.AppendFloat(to, v, 'f', -1, 64) })
}

// day writes a day as ISO does, from its number since 1970-01-01.
func (a *arena) day(days int) []byte {
	y, m, d := dateOf(days)
	if y < 0 || y > 9999 {
		return []byte("?")
	}
	return a.write(func(to []byte) []byte {
		return append(to, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10),
			'-', byte('0'+m/10), byte('0'+m%10), '-', byte('0'+d/10), byte('0'+d%10))
	})
}

func (a *arena) date(t time.Time) []byte {
	if h, m, s := t.Clock(); h != 0 || m != 0 || s != 0 || t.Nanosecond() != 0 || t.Year() < 0 || t.Year() > 9999 {
		return []byte("?") // a moment or a year that is no day of the contract
	}
	return a.write(func(to []byte) []byte { return t.AppendFormat(to, time.DateOnly) })
}

func (a *arena) decimal(v int64, scale int) []byte {
	return a.write(func(to []byte) []byte {
		u := uint64(v)
		if v < 0 {
			to = append(to, '-')
			u = -u
		}
		var digits [40]byte
		n := len(digits)
		for i := 0; u > 0 || i <= scale; i++ {
			if i == scale && scale > 0 {
				n--
				digits[n] = '.'
			}
			n--
			digits[n] = byte('0' + u%10)
			u /= 10
			if u == 0 && i >= scale {
				break
			}
		}
		return append(to, digits[n:]...)
	})
}
