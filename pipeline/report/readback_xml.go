package report

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// errXML says that a part is not written as this program writes XML. It holds
// nothing of the part.
var errXML = errors.New("it is not plain XML of elements, attributes and texts")

// xmlLimit bounds one tag or text; a cell of Excel has 32,767 signs at most.
const xmlLimit = 1 << 20

// xmlKind is what [xmlScanner.next] came upon.
type xmlKind int

const (
	xmlStart xmlKind = iota
	xmlEnd
	xmlText
)

type xmlAttr struct{ name, value []byte }

// xmlScanner reads XML of elements, attributes and texts, and refuses all else
// (comments, CDATA, entities of one's own, raw > in texts): whatever it does not
// know could hide a number. It is several times as fast as encoding/xml, on
// sheets of many megabytes; a test holds it against that package.
type xmlScanner struct {
	in      *bufio.Reader
	names   map[string]string
	open    []string // elements that are open
	name    string   // of the element that starts or ends
	attrs   []xmlAttr
	text    []byte
	long    []byte // a tag or text that is longer than the buffer
	inTag   bool   // the < of the next tag is read
	closing bool   // the element closes itself
	began   bool   // the root has begun
	first   bool   // nothing was read yet
}

func newXMLScanner(in io.Reader) *xmlScanner {
	return &xmlScanner{in: bufio.NewReaderSize(in, 1<<16), names: map[string]string{}, first: true}
}

// next goes on to the next start, end or text; io.EOF ends a whole document.
// Names, attributes and text hold until it is called again.
func (s *xmlScanner) next() (xmlKind, error) {
	if s.closing {
		s.closing = false
		return xmlEnd, s.pop(s.name)
	}
	for {
		if !s.inTag {
			err := s.readText()
			if err != nil {
				return 0, err
			}
			if len(s.open) > 0 && len(s.text) > 0 {
				return xmlText, nil
			}
		}
		s.inTag = false
		kind, skipped, err := s.readTag()
		if err != nil || !skipped {
			return kind, err
		}
	}
}

// readText reads up to the next tag, and past its <; io.EOF when the document has ended instead.
func (s *xmlScanner) readText() (err error) {
	s.text, err = s.until('<')
	ended := errors.Is(err, io.EOF)
	switch {
	case err != nil && !ended:
		return err
	case !ended:
		s.text = s.text[:len(s.text)-1]
	case len(s.open) > 0 || !s.began:
		return errXML
	}
	if bytes.IndexByte(s.text, '>') >= 0 || len(s.open) == 0 && len(bytes.TrimLeft(s.text, " \t\n")) > 0 {
		return errXML
	}
	if s.text, err = unescape(s.text); err != nil {
		return err
	}
	if ended {
		return io.EOF
	}
	s.inTag = true
	return nil
}

// until reads up to and with a sign; what it gives holds until more is read.
func (s *xmlScanner) until(sign byte) ([]byte, error) {
	piece, err := s.in.ReadSlice(sign)
	if err == nil {
		return piece, nil // as nearly always: nothing to put together
	}
	s.long = s.long[:0]
	for {
		s.long = append(s.long, piece...)
		if len(s.long) > xmlLimit {
			return s.long, errXML
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return s.long, err
		}
		piece, err = s.in.ReadSlice(sign)
	}
}

// readTag reads a tag of which the < was read; the declaration at the top is skipped.
func (s *xmlScanner) readTag() (kind xmlKind, skipped bool, err error) {
	tag, err := s.until('>')
	if err != nil {
		return 0, false, errXML
	}
	tag = tag[:len(tag)-1]
	first := s.first
	s.first = false
	switch {
	case len(tag) == 0:
		return 0, false, errXML
	case tag[0] == '?':
		if declaration := string(tag); !first || declaration != `?xml version="1.0" encoding="UTF-8"?` && declaration != `?xml version="1.0" encoding="UTF-8" standalone="yes"?` {
			return 0, false, errXML
		}
		return 0, true, nil
	case tag[0] == '/':
		name, ok := s.intern(tag[1:])
		if !ok {
			return 0, false, errXML
		}
		return xmlEnd, false, s.pop(name)
	}
	if tag[len(tag)-1] == '/' {
		s.closing, tag = true, tag[:len(tag)-1]
	}
	return xmlStart, false, s.start(tag)
}

func (s *xmlScanner) pop(name string) error {
	last := len(s.open) - 1
	if last < 0 || s.open[last] != name {
		return errXML
	}
	s.open, s.name, s.attrs = s.open[:last], name, s.attrs[:0]
	return nil
}

// start takes the name and the attributes of an element apart.
func (s *xmlScanner) start(tag []byte) error {
	if s.began && len(s.open) == 0 {
		return errXML
	}
	end := bytes.IndexByte(tag, ' ')
	if end < 0 {
		end = len(tag)
	}
	name, ok := s.intern(tag[:end])
	if !ok {
		return errXML
	}
	s.began, s.name, s.attrs = true, name, s.attrs[:0]
	s.open = append(s.open, name)
	for rest := tag[end:]; len(rest) > 0; {
		trimmed := bytes.TrimLeft(rest, " ")
		if len(trimmed) == 0 {
			return nil
		}
		equal := bytes.IndexByte(trimmed, '=')
		if len(trimmed) == len(rest) || equal < 1 || equal+2 >= len(trimmed) || trimmed[equal+1] != '"' || !isName(trimmed[:equal]) {
			return errXML
		}
		value := trimmed[equal+2:]
		quote := bytes.IndexByte(value, '"')
		if quote < 0 || bytes.IndexByte(value[:quote], '<') >= 0 {
			return errXML
		}
		for _, a := range s.attrs {
			if bytes.Equal(a.name, trimmed[:equal]) {
				return errXML
			}
		}
		plain, err := unescape(value[:quote])
		if err != nil {
			return err
		}
		s.attrs = append(s.attrs, xmlAttr{trimmed[:equal], plain})
		rest = value[quote+1:]
	}
	return nil
}

// intern gives a name without making a new text each time; those of cells come by the million.
func (s *xmlScanner) intern(name []byte) (string, bool) {
	if len(name) == 1 {
		switch name[0] {
		case 'c':
			return "c", true
		case 'v':
			return "v", true
		case 't':
			return "t", true
		}
	}
	if known, ok := s.names[string(name)]; ok {
		return known, true
	}
	if !isName(name) {
		return "", false
	}
	s.names[string(name)] = string(name)
	return s.names[string(name)], true
}

// isName holds for a name with at most one prefix, in ASCII.
func isName(name []byte) bool {
	colon := false
	for i, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.') && name[i-1] != ':':
		case c == ':' && i > 0 && i < len(name)-1 && !colon:
			colon = true
		default:
			return false
		}
	}
	return len(name) > 0
}

// local is a name without its prefix.
func local(name string) string {
	for i := range len(name) {
		if name[i] == ':' {
			return name[i+1:]
		}
	}
	return name
}

// unescape replaces the references in a text, in place, and refuses what XML cannot hold.
func unescape(b []byte) ([]byte, error) {
	plain := true
	for _, c := range b {
		if c == '&' || c >= utf8.RuneSelf || c < 0x20 {
			plain = false
			break
		}
	}
	if plain {
		return b, nil
	}
	out := b[:0] // what is written is never longer than what was read
	for i := 0; i < len(b); {
		if b[i] != '&' {
			r, size := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && size == 1 || !isXML(r) || r == '\r' {
				return nil, errXML
			}
			out = append(out, b[i:i+size]...)
			i += size
			continue
		}
		end := bytes.IndexByte(b[i:], ';')
		if end < 0 {
			return nil, errXML
		}
		r, err := entity(string(b[i+1 : i+end]))
		if err != nil {
			return nil, err
		}
		i += end + 1
		out = utf8.AppendRune(out, r)
	}
	return out, nil
}

func entity(name string) (rune, error) {
	switch name {
	case "amp":
		return '&', nil
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "quot":
		return '"', nil
	case "apos":
		return '\'', nil
	}
	base, number := 10, ""
	switch {
	case len(name) > 2 && name[:2] == "#x":
		base, number = 16, name[2:]
	case len(name) > 1 && name[0] == '#':
		number = name[1:]
	}
	value, err := strconv.ParseUint(number, base, 32)
	if err != nil || !isXML(rune(value)) {
		return 0, errXML
	}
	return rune(value), nil
}

// isXML holds for the signs that XML 1.0 allows.
func isXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= utf8.MaxRune
}

// at names the element that is open.
func (s *xmlScanner) at() string {
	if len(s.open) == 0 {
		return ""
	}
	return s.open[len(s.open)-1]
}
