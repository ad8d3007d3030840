package pipeline

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/warehouse"
)

// earlier is what was released before: for the protection per row, and on the data
// of which release each value rests.
type earlier struct {
	rows  map[disclosure.RowKey]disclosure.Earlier
	bases map[disclosure.RowKey]map[string]int
	// printed is what the newest release printed, by recipient; since is its date, as yyyy-mm-dd.
	printed map[string]disclosure.Printed
	since   string
}

// readEarlier reads the release ledger, and counts for each row the persons whose
// data changed since. Without a release it does nothing.
func (n *night) readEarlier(ctx context.Context) error {
	releases, err := n.warehouse.Releases(ctx)
	if err != nil || len(releases) == 0 {
		return err
	}
	e := earlier{rows: map[disclosure.RowKey]disclosure.Earlier{}, bases: map[disclosure.RowKey]map[string]int{}}
	if err = n.warehouse.EarlierCells(ctx, e.add); err != nil {
		return err
	}
	newest := releases[len(releases)-1]
	e.since, e.printed = newest.Moment.Format(time.DateOnly), map[string]disclosure.Printed{}
	if err = n.warehouse.PrintedNumbers(ctx, newest.Number, e.print); err != nil {
		return err
	}
	if n.then != nil {
		e.takeChanged(n.then)
	} else if err := n.countChanged(ctx, e); err != nil {
		return err
	}
	n.earlier = e
	return nil
}

// countChanged counts who changed each row that was released.
func (n *night) countChanged(ctx context.Context, e earlier) error {
	changed, err := n.warehouse.ChangedPersons(ctx, n.config.Regio.Basisjaar, n.config.Onthulling.Drempel)
	if err != nil {
		return err
	}
	for key, row := range e.rows {
		row.Changed = 0
		for _, basis := range e.bases[key] {
			persons := changed.Of(basis, key.Table, key.Key)
			if persons < 0 || row.Changed < 0 {
				row.Changed = -1
			} else if persons > 0 && (row.Changed == 0 || persons < row.Changed) {
				row.Changed = persons
			}
		}
		e.rows[key] = row
	}
	return nil
}

// changedRow is a row that was released, with how many persons changed it since: -1 is not known how many.
type changedRow struct {
	disclosure.RowKey
	Persons int64
}

// changed lists the rows that changed, in a fixed order.
func (e earlier) changed() []changedRow {
	var out []changedRow
	for key, row := range e.rows {
		if row.Changed != 0 {
			out = append(out, changedRow{key, row.Changed})
		}
	}
	slices.SortFunc(out, func(a, b changedRow) int { return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Key, b.Key)) })
	return out
}

// takeChanged puts back what was counted in an earlier night: what each person contributed before that is not kept for ever.
func (e earlier) takeChanged(then *kept) {
	for _, c := range then.Changed {
		if row, known := e.rows[c.RowKey]; known {
			row.Changed = c.Persons
			e.rows[c.RowKey] = row
		}
	}
}

func (e earlier) add(c warehouse.ReleasedCell) {
	key := disclosure.RowKey{Table: c.Table, Key: c.Key}
	row, known := e.rows[key]
	if !known {
		row = disclosure.Earlier{Hidden: map[string][]string{}, Values: map[string]disclosure.Value{}}
		e.rows[key], e.bases[key] = row, map[string]int{}
	}
	if c.State == warehouse.CellHidden {
		row.Hidden[c.Column] = append(row.Hidden[c.Column], c.Recipient)
		return
	}
	row.Values[c.Column] = earlierValue(c)
	e.bases[key][c.Column] = c.Basis
}

// print takes a number that the newest release printed.
func (e earlier) print(c warehouse.ReleasedCell) {
	printed := e.printed[c.Recipient]
	if printed == nil {
		printed = disclosure.Printed{}
		e.printed[c.Recipient] = printed
	}
	key := disclosure.RowKey{Table: c.Table, Key: c.Key}
	if printed[key] == nil {
		printed[key] = map[string]int64{}
	}
	printed[key][c.Column] = c.Number
}

func earlierValue(c warehouse.ReleasedCell) disclosure.Value {
	return disclosure.Value{Null: c.State == warehouse.CellUnknown, Text: c.Text, Unscaled: c.Number}
}

// basis is the release on whose data a cell of the present one rests: an earlier
// one when its value was kept because few persons, or not known how many, changed it.
func (e earlier) basis(c warehouse.ReleasedCell, release int, threshold int64) int {
	key := disclosure.RowKey{Table: c.Table, Key: c.Key}
	row, known := e.rows[key]
	before, shown := row.Values[c.Column]
	if !known || !shown || row.Changed == 0 || row.Changed >= threshold || before != earlierValue(c) {
		return release
	}
	return e.bases[key][c.Column]
}
