package report

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// seriesOrder is what a series of each kind of chart holds, in the order of the
// schema; Excel may take a chart that differs for damaged.
var seriesOrder = map[string][]string{
	"barChart":      strings.Fields("idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape extLst"),
	"bar3DChart":    strings.Fields("idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape extLst"),
	"lineChart":     strings.Fields("idx order tx spPr marker dPt dLbls trendline errBars cat val smooth extLst"),
	"areaChart":     strings.Fields("idx order tx spPr pictureOptions dPt dLbls trendline errBars cat val extLst"),
	"pieChart":      strings.Fields("idx order tx spPr explosion dPt dLbls cat val extLst"),
	"doughnutChart": strings.Fields("idx order tx spPr explosion dPt dLbls cat val extLst"),
	"scatterChart":  strings.Fields("idx order tx spPr marker dPt dLbls trendline errBars xVal yVal smooth extLst"),
}

// seriesPiece is one element of a series, as it stands in the file.
type seriesPiece struct {
	name string
	body []byte
}

// orderSeries puts the elements of every series in the order of the schema.
// Excelize writes one order for all kinds of chart, with elements that a kind does
// not have: those are left out.
func orderSeries(body []byte) ([]byte, error) {
	var out bytes.Buffer
	var path []string
	var pieces []seriesPiece
	copied, from := 0, 0
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		at := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			out.Write(body[copied:])
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			path = append(path, token.Name.Local)
			switch {
			case token.Name.Local == "ser" && seriesOrder[above(path, 1)] != nil:
				out.Write(body[copied:d.InputOffset()])
				copied = int(d.InputOffset())
			case above(path, 1) == "ser":
				from = at
			default:
			}
		case xml.EndElement:
			order := seriesOrder[above(path, 1)]
			switch {
			case above(path, 0) == "ser" && order != nil:
				slices.SortStableFunc(pieces, func(a, b seriesPiece) int {
					return cmp.Compare(slices.Index(order, a.name), slices.Index(order, b.name))
				})
				for _, p := range pieces {
					out.Write(p.body)
				}
				pieces, copied = nil, at
			case above(path, 1) == "ser" && seriesOrder[above(path, 2)] != nil:
				if slices.Contains(seriesOrder[above(path, 2)], token.Name.Local) {
					pieces = append(pieces, seriesPiece{token.Name.Local, body[from:d.InputOffset()]})
				}
			default:
			}
			path = path[:max(len(path)-1, 0)]
		default:
		}
	}
}

// above is the element n levels above the innermost.
func above(path []string, n int) string {
	if n >= len(path) {
		return ""
	}
	return path[len(path)-1-n]
}
