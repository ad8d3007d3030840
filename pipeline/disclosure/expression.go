package disclosure

import (
	"fmt"
	"math/big"
	"strings"
	"unicode"
)

// expression is what a derived column or a sum is made of: numbers, columns of the row, sums over rows, + - * /.
type expression struct {
	operator    byte // '+', '-', '*', '/'; 0 for a leaf
	left, right *expression
	number      *big.Rat
	column      string
	sum         *sumOver
}

// sumOver adds a column over the rows of a table that agree with this row.
type sumOver struct {
	table, column string // no table: the same one
	match         []matching
}

// matching holds where a column of the other row has one of some values: those of this row's column, or constants.
type matching struct {
	column string
	from   string   // column of this row; a text with | is a list
	values []string // constants, when from is empty; "basis" is the base year
}

// derivation is one derived column: `name = expression [mits condition] [op base]`.
type derivation struct {
	column    string
	value     *expression
	condition *expression // its state only: hidden where that is hidden
	round     *big.Rat
	roundFrom string // column that holds the base
}

// relation is one sum: `total(key, 'constant') = expression [waar column = 'value' en column = 'value']`.
type relation struct {
	total string
	keys  []totalKey
	value *expression
	only  []matching // what the rows that take part have; none is all
}

type totalKey struct{ column, constant string }

// parser reads the small language of the headers.
type parser struct {
	text   string
	tokens []string
	at     int
}

func newParser(text string) *parser {
	p := &parser{text: text}
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		n := 1
		if wordStart(rest[0]) {
			for n < len(rest) && (wordStart(rest[n]) || rest[n] == '.') {
				n++
			}
		} else if rest[0] == '\'' {
			if end := strings.IndexByte(rest[1:], '\''); end >= 0 {
				n = end + 2
			}
		}
		p.tokens = append(p.tokens, rest[:n])
		rest = rest[n:]
	}
	return p
}

func wordStart(c byte) bool {
	return c == '_' || unicode.IsLetter(rune(c)) || c >= '0' && c <= '9'
}

func (p *parser) peek() string {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return ""
}

func (p *parser) next() string {
	t := p.peek()
	p.at++
	return t
}

func (p *parser) take(token string) bool {
	if p.peek() == token {
		p.at++
		return true
	}
	return false
}

func (p *parser) expect(token string) error {
	if got := p.next(); got != token {
		return fmt.Errorf("%q: %q expected, not %q", p.text, token, got)
	}
	return nil
}

func (p *parser) name() (string, error) {
	t := p.next()
	if t == "" || !wordStart(t[0]) {
		return "", fmt.Errorf("%q: a name expected, not %q", p.text, t)
	}
	return t, nil
}

func parseDerivation(text string) (d derivation, err error) {
	p := newParser(text)
	if d.column, err = p.name(); err != nil {
		return d, err
	}
	if err = p.expect("="); err != nil {
		return d, err
	}
	if d.value, err = p.expression(); err != nil {
		return d, err
	}
	if p.take("mits") {
		if d.condition, err = p.expression(); err != nil {
			return d, err
		}
	}
	if p.take("op") {
		base, err := p.name()
		if err != nil {
			return d, err
		}
		if n, ok := new(big.Rat).SetString(base); ok {
			d.round = n
		} else {
			d.roundFrom = base
		}
	}
	return d, p.end()
}

func parseRelation(text string) (r relation, err error) {
	p := newParser(text)
	if r.total, err = p.name(); err != nil {
		return r, err
	}
	if err = p.expect("("); err != nil {
		return r, err
	}
	for {
		if t := p.peek(); strings.HasPrefix(t, "'") {
			r.keys = append(r.keys, totalKey{constant: strings.Trim(p.next(), "'")})
		} else {
			column, err := p.name()
			if err != nil {
				return r, err
			}
			r.keys = append(r.keys, totalKey{column: column})
		}
		if !p.take(",") {
			break
		}
	}
	if err = p.expect(")"); err != nil {
		return r, err
	}
	if err = p.expect("="); err != nil {
		return r, err
	}
	if r.value, err = p.expression(); err != nil {
		return r, err
	}
	if r.only, err = p.filter(); err != nil {
		return r, err
	}
	return r, p.end()
}

// filter reads `waar column = 'value' | 'value' en column = 'value'`, when it is there.
func (p *parser) filter() ([]matching, error) {
	var out []matching
	for p.take("waar") || len(out) > 0 && p.take("en") {
		m, err := p.matching()
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

func (p *parser) end() error {
	if p.at < len(p.tokens) {
		return fmt.Errorf("%q: %q was not expected", p.text, p.peek())
	}
	return nil
}

func (p *parser) expression() (*expression, error) { return p.chain("+-", p.product) }

func (p *parser) product() (*expression, error) { return p.chain("*/", p.factor) }

// chain reads operands between operators of one rank, from left to right.
func (p *parser) chain(operators string, operand func() (*expression, error)) (*expression, error) {
	left, err := operand()
	if err != nil {
		return nil, err
	}
	for t := p.peek(); t != "" && strings.Contains(operators, t); t = p.peek() {
		p.at++
		right, err := operand()
		if err != nil {
			return nil, err
		}
		left = &expression{operator: t[0], left: left, right: right}
	}
	return left, nil
}

func (p *parser) factor() (*expression, error) {
	if p.take("-") {
		e, err := p.factor()
		return &expression{operator: '-', left: &expression{number: new(big.Rat)}, right: e}, err
	}
	if p.take("(") {
		e, err := p.expression()
		if err != nil {
			return nil, err
		}
		return e, p.expect(")")
	}
	name, err := p.name()
	if err != nil {
		return nil, err
	}
	if n, ok := new(big.Rat).SetString(name); ok {
		return &expression{number: n}, nil
	}
	if name != "som" || !p.take("(") {
		return &expression{column: name}, nil
	}
	s := &sumOver{}
	if s.column, err = p.name(); err != nil {
		return nil, err
	}
	if table, column, ok := strings.Cut(s.column, "."); ok {
		s.table, s.column = table, column
	}
	if err := p.expect(";"); err != nil {
		return nil, err
	}
	for {
		m, err := p.matching()
		if err != nil {
			return nil, err
		}
		s.match = append(s.match, m)
		if !p.take(",") {
			return &expression{sum: s}, p.expect(")")
		}
	}
}

// matching reads `column`, `column = other`, or `column = 'a' | 'b'`.
func (p *parser) matching() (matching, error) {
	column, err := p.name()
	if err != nil {
		return matching{}, err
	}
	m := matching{column: column, from: column}
	if !p.take("=") {
		return m, nil
	}
	if !strings.HasPrefix(p.peek(), "'") {
		m.from, err = p.name()
		return m, err
	}
	m.from = ""
	for {
		m.values = append(m.values, strings.Trim(p.next(), "'"))
		if !p.take("|") {
			return m, nil
		}
	}
}
