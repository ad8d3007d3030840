package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/duckdb/duckdb-go/v2"

	"ontschot/pipeline/delivery"
)

// Delivery is one file on its way into the load layer.
type Delivery struct {
	Run     string
	File    delivery.File
	Content string // SHA-256 of the bytes
	Mapping string // SHA-256 of the mapping in force
	// Date is when it was delivered: of its manifest, else the day of this load.
	Date time.Time
}

// Loaded tells what a load did.
type Loaded struct {
	ID     int
	Counts delivery.Counts
	// Replaces is true when the same content was loaded before under another mapping.
	Replaces bool
	// Erased is the number of lines that were left out, of persons who were erased.
	Erased int64
}

// Known reports whether this content under this mapping has been loaded before.
func (w *Warehouse) Known(ctx context.Context, content, mapping string) (bool, error) {
	var n int
	err := w.conn.QueryRowContext(ctx,
		"SELECT count(*) FROM levering.grootboek WHERE inhoud = ? AND afbeelding = ?", content, mapping).Scan(&n)
	return n > 0, err
}

// arrivingView is the name of the stream of batches while it is loaded.
const arrivingView = "aankomend"

// Load puts one delivery into the load layer: its rows, its quarantine and its
// row in the ledger, in one transaction. An error, also one of the reader,
// leaves nothing behind; a *delivery.Refusal comes back as such.
func (w *Warehouse) Load(ctx context.Context, d Delivery, reader *delivery.Reader) (Loaded, error) {
	id, err := w.nextID(ctx)
	if err != nil {
		return Loaded{}, err
	}
	former, err := w.former(ctx, d)
	if err != nil {
		return Loaded{}, err
	}
	numbered, err := w.numbered(ctx, d.File.Table, reader)
	if err != nil {
		return Loaded{}, err
	}
	columns, err := w.storedColumns(ctx, d, numbered.Schema())
	if err != nil {
		return Loaded{}, err
	}
	var erased int64
	err = w.withTx(ctx, func() (err error) {
		if err := w.insert(ctx, id, d.File.Table, columns, numbered); err != nil {
			return err
		}
		if erased, err = w.noteLeftOut(ctx, id, d, numbered); err != nil {
			return err
		}
		if err := w.quarantine(ctx, id, d.File, reader.Quarantine()); err != nil {
			return fmt.Errorf("%s: writing the quarantine: %w", d.File.Path, err)
		}
		return w.note(ctx, id, d, former, reader)
	})
	numbered.dropLeftOut()
	for _, n := range w.numberings {
		n.settle(err == nil)
	}
	if err != nil {
		return Loaded{}, err
	}
	loaded := Loaded{ID: id, Counts: reader.Counts(), Replaces: former.Valid, Erased: erased}
	return loaded, w.verify(ctx, d.File, loaded)
}

// verify counts what is stored after the commit, because a commit of an aborted
// transaction says nothing.
func (w *Warehouse) verify(ctx context.Context, f delivery.File, l Loaded) error {
	var stored, noted, quarantined, erased int64
	query := fmt.Sprintf(`SELECT (SELECT count(*) FROM opslag.%s WHERE levering_id = ?),
		(SELECT count(*) FROM levering.grootboek WHERE levering_id = ?),
		(SELECT count(*) FROM levering.quarantaine WHERE levering_id = ?),
		(SELECT CAST(coalesce(sum(regels), 0) AS BIGINT) FROM levering.wissing WHERE levering_id = ?)`, f.Table.Name)
	if err := w.conn.QueryRowContext(ctx, query, l.ID, l.ID, l.ID, l.ID).Scan(&stored, &noted, &quarantined, &erased); err != nil {
		return err
	}
	if stored+erased != l.Counts.Rows || erased != l.Erased || noted != 1 || quarantined != l.Counts.Quarantined {
		return fmt.Errorf("%s: after the load there are %d rows and %d in quarantine, %d and %d were read; nothing of this night may be used",
			f.Path, stored+erased, quarantined, l.Counts.Rows, l.Counts.Quarantined)
	}
	return nil
}

func (w *Warehouse) nextID(ctx context.Context) (int, error) {
	var id int
	err := w.conn.QueryRowContext(ctx, "SELECT coalesce(max(levering_id), 0) + 1 FROM levering.grootboek").Scan(&id)
	return id, err
}

// former finds the delivery with the same content and table under another mapping.
func (w *Warehouse) former(ctx context.Context, d Delivery) (sql.NullInt64, error) {
	var id sql.NullInt64
	err := w.conn.QueryRowContext(ctx,
		"SELECT max(levering_id) FROM levering.grootboek WHERE inhoud = ? AND tabel = ? AND afbeelding <> ?",
		d.Content, d.File.Table.Name, d.Mapping).Scan(&id)
	return id, err
}

// storedColumns tells how each arriving column is stored. Privacy at the edge: what says
// more of a person than the figures need is made coarser here, before it is stored.
func (w *Warehouse) storedColumns(ctx context.Context, d Delivery, arriving *arrow.Schema) (columns map[string]string, err error) {
	columns = map[string]string{}
	for _, f := range arriving.Fields() {
		columns[f.Name] = f.Name
	}
	if d.File.Table.Name != "bevolking" {
		return columns, nil
	}
	var firstDay sql.NullString
	err = w.conn.QueryRowContext(ctx,
		"SELECT CAST(date_trunc('year', min(begindatum)) AS DATE)::VARCHAR FROM opslag.declaraties").Scan(&firstDay)
	if err != nil {
		return nil, err
	}
	day := d.Date.Format(time.DateOnly)
	before := "FALSE"
	if firstDay.Valid {
		before = fmt.Sprintf("begindatum < DATE '%s'", firstDay.String)
	}
	columns["begindatum"] = fmt.Sprintf(`CASE WHEN year(begindatum) = geboortejaar OR %s
		THEN CAST(date_trunc('month', begindatum) AS DATE) ELSE begindatum END`, before)
	columns["geboortejaar"] = fmt.Sprintf(`greatest(geboortejaar, CAST(year(least(coalesce(einddatum, DATE '%s'), DATE '%s')) AS INTEGER) - %d)`,
		day, day, topAge)
	return columns, nil
}

// topAge is the highest age that is kept: older people are too few to hide among.
const topAge = 97

// numbered puts the numbers of persons and codes into the batches.
func (w *Warehouse) numbered(ctx context.Context, t delivery.Table, reader *delivery.Reader) (*numberedReader, error) {
	for _, d := range t.Dictionaries() {
		if w.numberings[d.Name] != nil {
			continue
		}
		n := newNumbering(d, w.memory)
		if err := n.read(ctx, w.conn); err != nil {
			return nil, err
		}
		if d.Name == "persoon" {
			erased, err := w.readErased(ctx)
			if err != nil {
				return nil, err
			}
			n.erased = erased
		}
		w.numberings[d.Name] = n
	}
	return newNumberedReader(reader, t, w.numberings, w.memory), nil
}

// insert streams the batches into the table, and then what its numbers stand for.
func (w *Warehouse) insert(ctx context.Context, id int, t delivery.Table, columns map[string]string, reader *numberedReader) error {
	var names, values []string
	for _, f := range reader.Schema().Fields() {
		names = append(names, f.Name)
		values = append(values, columns[f.Name])
	}
	err := w.insertFrom(ctx, reader, fmt.Sprintf("INSERT INTO opslag.%s (levering_id, %s) SELECT %d, %s FROM %s",
		t.Name, strings.Join(names, ", "), id, strings.Join(values, ", "), arrivingView))
	// The reader knows better why than DuckDB, which only saw the stream end.
	if refused := reader.Err(); refused != nil {
		return refused
	}
	if err != nil {
		return fmt.Errorf("loading %s: %w", t.Name, err)
	}
	for _, n := range reader.numberings {
		if err := w.store(ctx, n); err != nil {
			return fmt.Errorf("storing the numbers of %s: %w", n.Name, err)
		}
	}
	return nil
}

// store writes the combinations that were not there before.
func (w *Warehouse) store(ctx context.Context, n *numbering) error {
	if len(n.fresh) == 0 {
		return nil
	}
	batch := n.freshBatch(w.memory)
	defer batch.Release()
	reader, err := array.NewRecordReader(batch.Schema(), []arrow.RecordBatch{batch})
	if err != nil {
		return err
	}
	defer reader.Release()
	return w.insertFrom(ctx, reader, fmt.Sprintf("INSERT INTO opslag.%s SELECT * FROM %s", n.Name, arrivingView))
}

// insertFrom runs a statement that reads the batches under the name arrivingView.
func (w *Warehouse) insertFrom(ctx context.Context, batches array.RecordReader, statement string) error {
	var release func()
	err := w.raw(func(conn driver.Conn) error {
		arrow, err := duckdb.NewArrowFromConn(conn)
		if err != nil {
			return err
		}
		release, err = arrow.RegisterView(batches, arrivingView)
		return err
	})
	if err != nil {
		return fmt.Errorf("handing the batches to DuckDB: %w", err)
	}
	defer release()
	if err := w.Exec(ctx, statement); err != nil {
		return err
	}
	// The view points at memory of this process: it must not be committed.
	return w.Exec(ctx, "DROP VIEW "+arrivingView)
}

func (w *Warehouse) quarantine(ctx context.Context, id int, f delivery.File, lines []delivery.Quarantined) error {
	if len(lines) == 0 {
		return nil
	}
	return w.raw(func(conn driver.Conn) (err error) {
		appender, err := duckdb.NewAppenderFromConn(conn, "levering", "quarantaine")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, appender.Close()) }()
		for _, q := range lines {
			var begin, end, year any
			if q.Begin != nil {
				begin = q.Begin.ToTime()
			}
			if q.End != nil {
				end = q.End.ToTime()
			}
			if q.Year != nil {
				year = int32(*q.Year)
			}
			err := appender.AppendRow(int32(id), f.Table.Name, f.Supplier, f.Path, q.Line, q.Column, q.Rule,
				orNull(q.Domain), orNull(q.DebitCredit), orNull(q.CodeList), begin, end, year,
				euros(q.Cents), q.AmountKnown)
			if err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

func (w *Warehouse) note(ctx context.Context, id int, d Delivery, former sql.NullInt64, reader *delivery.Reader) error {
	n := reader.Counts()
	var from, to any
	if m := d.File.Manifest; m != nil {
		if m.PeriodeVan != nil {
			from = *m.PeriodeVan
		}
		if m.PeriodeTot != nil {
			to = *m.PeriodeTot
		}
	}
	err := w.Exec(ctx, "INSERT INTO levering.grootboek VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, d.Run, d.File.Table.Name, d.File.Supplier, d.File.Path, d.Content, d.Mapping, string(d.File.Table.Delivery),
		d.Date, from, to, d.File.Source.Openbaar, former, n.Lines, n.Rows, n.Quarantined,
		// Bound parameters cannot be decimals.
		delivery.EuroText(n.Cents), delivery.EuroText(n.QuarantinedCents), orNull(strings.Join(reader.UnknownColumns(), ", ")))
	if err != nil {
		return fmt.Errorf("%s: writing the ledger: %w", d.File.Path, err)
	}
	return nil
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// euros gives cents as an exact DECIMAL(18,2).
func euros(cents int64) duckdb.Decimal {
	return duckdb.Decimal{Width: 18, Scale: 2, Value: big.NewInt(cents)}
}
