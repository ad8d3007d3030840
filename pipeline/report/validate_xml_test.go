package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// xmlNode is an element of a document.
type xmlNode struct {
	space, name string
	attrs       []xml.Attr
	kids        []*xmlNode
	text        string
}

const (
	spaceXML           = "http://www.w3.org/XML/1998/namespace"
	spaceCompatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
)

// parseXML reads a document and tells what is wrong with it. The rows of a
// worksheet come one by one and are not kept: there may be a million.
func parseXML(body []byte, onRow func(*xmlNode)) (root *xmlNode, wrong []string) {
	d := xml.NewDecoder(bytes.NewReader(body))
	spaces, prefixes := map[string]bool{"": true, spaceXML: true}, map[string]bool{}
	var open []*xmlNode
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return root, append(wrong, "not well-formed: "+err.Error())
		}
		switch token := token.(type) {
		case xml.Directive:
			wrong = append(wrong, "a document type definition")
		case xml.StartElement:
			n := &xmlNode{space: token.Name.Space, name: token.Name.Local, attrs: slices.Clone(token.Attr)}
			wrong = append(wrong, namesOf(n, spaces, prefixes)...)
			switch {
			case isRow(open, n):
			case len(open) > 0:
				open[len(open)-1].kids = append(open[len(open)-1].kids, n)
			case root != nil:
				return root, append(wrong, "not well-formed: a second root")
			default:
				root = n
			}
			open = append(open, n)
		case xml.EndElement:
			last := open[len(open)-1]
			if open = open[:len(open)-1]; isRow(open, last) && onRow != nil {
				onRow(last)
			}
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(token)
			} else if len(bytes.TrimSpace(token)) > 0 {
				wrong = append(wrong, "not well-formed: text outside the root")
			}
		default:
		}
	}
	if root == nil {
		wrong = append(wrong, "not well-formed: no element")
	}
	return root, wrong
}

func isRow(open []*xmlNode, n *xmlNode) bool {
	return n.name == "row" && len(open) > 0 && open[len(open)-1].name == "sheetData"
}

// namesOf wants every prefix declared and every attribute once.
func namesOf(n *xmlNode, spaces, prefixes map[string]bool) (wrong []string) {
	seen := map[xml.Name]bool{}
	for _, a := range n.attrs {
		if seen[a.Name] {
			wrong = append(wrong, "not well-formed: the attribute "+a.Name.Local+" is there twice")
		}
		seen[a.Name] = true
		switch {
		case a.Name.Space == "xmlns":
			spaces[a.Value], prefixes[a.Name.Local] = true, true
		case a.Name.Local == "xmlns" && a.Name.Space == "":
			spaces[a.Value] = true
		}
	}
	if !spaces[n.space] {
		wrong = append(wrong, "not well-formed: the prefix "+n.space+" is not declared")
	}
	for _, a := range n.attrs {
		if a.Name.Space != "xmlns" && !spaces[a.Name.Space] {
			wrong = append(wrong, "not well-formed: the prefix "+a.Name.Space+" is not declared")
		}
		if a.Name.Space == spaceCompatibility && a.Name.Local == "Ignorable" {
			for p := range strings.FieldsSeq(a.Value) {
				if !prefixes[p] {
					wrong = append(wrong, "the prefix "+p+" is to be ignored and not declared")
				}
			}
		}
	}
	return wrong
}

// attr is the value of an attribute without a namespace.
func (n *xmlNode) attr(name string) string {
	value, _ := n.lookup("", name)
	return value
}

func (n *xmlNode) has(name string) bool {
	_, ok := n.lookup("", name)
	return ok
}

func (n *xmlNode) lookup(space, name string) (string, bool) {
	if n == nil {
		return "", false
	}
	for _, a := range n.attrs {
		if a.Name.Space == space && a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// relationID is the relationship that an element names.
func (n *xmlNode) relationID() string {
	id, _ := n.lookup(officeRelation, "id")
	return id
}

// flag is a boolean attribute.
func (n *xmlNode) flag(name string) bool {
	return n.attr(name) == "1" || n.attr(name) == "true"
}

// child is the first child of a name, or nil.
func (n *xmlNode) child(names ...string) *xmlNode {
	for _, name := range names {
		if n == nil {
			return nil
		}
		i := slices.IndexFunc(n.kids, func(k *xmlNode) bool { return k.name == name })
		if i < 0 {
			return nil
		}
		n = n.kids[i]
	}
	return n
}

// all are the children of a name.
func (n *xmlNode) all(name string) []*xmlNode {
	if n == nil {
		return nil
	}
	var out []*xmlNode
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// value is the attribute val of a child.
func (n *xmlNode) value(child string) string { return n.child(child).attr("val") }

func (n *xmlNode) walk(f func(*xmlNode)) {
	f(n)
	for _, k := range n.kids {
		k.walk(f)
	}
}

// content is the text of a cell, shared or its own: its runs, without how they sound.
func (n *xmlNode) content() (text string, kept bool) {
	kept = true
	for _, k := range n.kids {
		switch k.name {
		case "t":
			space, _ := k.lookup(spaceXML, "space")
			kept = kept && (space == "preserve" || strings.TrimSpace(k.text) == k.text)
			text += k.text
		case "r":
			more, whole := k.content()
			text, kept = text+more, kept && whole
		default:
		}
	}
	return text, kept
}
