package pipeline

import (
	"reflect"
	"testing"

	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/warehouse"
)

// TestBasisOfAReleasedCell: a value that was kept rests on the data of the release that first showed it, however often it
// is published again; else few persons at a time could change it unseen.
func TestBasisOfAReleasedCell(t *testing.T) {
	t.Parallel()
	const release, threshold = 3, 10
	key := disclosure.RowKey{Table: "kosten", Key: "2018|regio"}
	cell := func(column string, value int64) warehouse.ReleasedCell {
		return warehouse.ReleasedCell{Table: key.Table, Key: key.Key, Column: column, State: warehouse.CellShown, Number: value}
	}
	for _, c := range []struct {
		name    string
		changed int64
		cell    warehouse.ReleasedCell
		want    int
	}{
		{"nobody changed", 0, cell("bedrag", 5000), release},
		{"one changed, the value was kept", 1, cell("bedrag", 5000), 1},
		{"nine changed, the value was kept", 9, cell("bedrag", 5000), 1},
		{"ten changed, and the value is the same", 10, cell("bedrag", 5000), release},
		{"not known, the value was kept", -1, cell("bedrag", 5000), 1},
		{"few changed, and yet it shows another value", 3, cell("bedrag", 6000), release},
		{"few changed, and this column was not shown before", 3, cell("personen", 5000), release},
		{"a row that is new", 3, warehouse.ReleasedCell{Table: "kosten", Key: "2019|regio", Column: "bedrag", Number: 5000}, release},
	} {
		e := earlier{rows: map[disclosure.RowKey]disclosure.Earlier{}, bases: map[disclosure.RowKey]map[string]int{}}
		before := cell("bedrag", 5000)
		before.Basis = 1
		e.add(before)
		row := e.rows[key]
		row.Changed = c.changed
		e.rows[key] = row
		if got := e.basis(c.cell, release, threshold); got != c.want {
			t.Errorf("%s: rests on release %d, want %d", c.name, got, c.want)
		}
	}
}

// TestPrintedIsKeptPerRecipient: what one saw is nothing that another one saw.
func TestPrintedIsKeptPerRecipient(t *testing.T) {
	t.Parallel()
	e := earlier{printed: map[string]disclosure.Printed{}}
	for _, c := range []warehouse.ReleasedCell{
		{Recipient: "vgz", Table: "t", Key: "a", Column: "x", Number: 7}, {Recipient: "vgz", Table: "t", Key: "a", Column: "y", Number: 8},
		{Recipient: "gemeente", Table: "t", Key: "a", Column: "x", Number: 9},
	} {
		e.print(c)
	}
	key := disclosure.RowKey{Table: "t", Key: "a"}
	want := map[string]disclosure.Printed{"vgz": {key: {"x": 7, "y": 8}}, "gemeente": {key: {"x": 9}}}
	if !reflect.DeepEqual(e.printed, want) || e.printed["een ander"] != nil {
		t.Errorf("kept is %v", e.printed)
	}
}

// TestEarlierKeepsFromWhomItWasHidden: a column that was hidden from one stays hidden from that one, also where somebody else saw it.
func TestEarlierKeepsFromWhomItWasHidden(t *testing.T) {
	t.Parallel()
	e := earlier{rows: map[disclosure.RowKey]disclosure.Earlier{}, bases: map[disclosure.RowKey]map[string]int{}}
	for _, c := range []warehouse.ReleasedCell{
		{Recipient: "gemeente", Table: "t", Key: "a", Column: "x", State: warehouse.CellHidden},
		{Table: "t", Key: "a", Column: "x", State: warehouse.CellShown, Number: 7, Basis: 1},
		{Table: "t", Key: "a", Column: "status", State: warehouse.CellShown, Text: "definitief", IsText: true, Basis: 2},
		{Table: "t", Key: "a", Column: "leeg", State: warehouse.CellUnknown, Basis: 2},
	} {
		e.add(c)
	}
	got := e.rows[disclosure.RowKey{Table: "t", Key: "a"}]
	if len(got.Hidden["x"]) != 1 || got.Hidden["x"][0] != "gemeente" || got.Values["x"].Unscaled != 7 || got.Values["status"].Text != "definitief" || !got.Values["leeg"].Null || got.Hidden["leeg"] != nil {
		t.Errorf("the row became %+v", got)
	}
}
