package warehouse

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"hash"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// erasureTables are part of the ledger. gewist recognises who was erased: a hash,
// because a pseudonym that is kept is not erased. Its salt makes it useless beside
// the hashes of another warehouse; who has both this file and a supplier's list of
// pseudonyms can still tell who of that list was erased, but no more than that.
// wissing keeps what the ledger needs to reconcile without the erased lines.
var erasureTables = []string{
	`CREATE TABLE IF NOT EXISTS levering.gewist (
		afdruk VARCHAR PRIMARY KEY,
		zout VARCHAR NOT NULL,
		sleutel VARCHAR NOT NULL,
		run VARCHAR NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS levering.wissing (
		run VARCHAR NOT NULL,
		levering_id INTEGER NOT NULL,
		tabel VARCHAR NOT NULL,
		domein VARCHAR,
		jaar INTEGER,
		eerste_maand DATE,
		laatste_maand DATE,
		regels BIGINT NOT NULL,
		bedrag DECIMAL(18,2) NOT NULL,
		personen BIGINT NOT NULL)`,
}

// erasedPersons recognises pseudonyms of persons who were erased.
type erasedPersons struct {
	prints map[string]bool
	keyed  hash.Hash
	last   int32 // numbers below zero: what has one is left out
}

// readErased gives nil when nobody was erased, so that a load loses no time on it.
func (w *Warehouse) readErased(ctx context.Context) (e *erasedPersons, err error) {
	rows, err := w.conn.QueryContext(ctx, "SELECT afdruk, zout FROM levering.gewist")
	if err != nil {
		return nil, fmt.Errorf("reading who was erased: %w", err)
	}
	defer rows.Close() // its error is that of Err
	for rows.Next() {
		var mark, salt string
		if err := rows.Scan(&mark, &salt); err != nil {
			return nil, fmt.Errorf("reading who was erased: %w", err)
		}
		if e == nil {
			e = &erasedPersons{prints: map[string]bool{}, keyed: hmac.New(sha256.New, []byte(salt))}
		}
		e.prints[mark] = true
	}
	return e, rows.Err()
}

// personPrint is what the ledger keeps of an erased person.
func personPrint(keyed hash.Hash, pseudonym string) string {
	keyed.Reset()
	keyed.Write([]byte(pseudonym)) // a hash gives no error
	return hex.EncodeToString(keyed.Sum(nil))
}

// number gives an erased person a number below zero.
func (e *erasedPersons) number(pseudonym string) (number int32, erased bool) {
	if e == nil || !e.prints[personPrint(e.keyed, pseudonym)] {
		return 0, false
	}
	e.last--
	return e.last, true
}

// leaveOut takes the rows of erased persons out of the current batch and keeps a
// copy of them to be counted; false when no row is left.
func (n *numberedReader) leaveOut() bool {
	persons := n.current.Column(n.person).(*array.Int32).Int32Values()
	var kept, erased [][2]int64
	for i := 0; i < len(persons); {
		from := i
		for i < len(persons) && (persons[i] < 0) == (persons[from] < 0) {
			i++
		}
		if run := [2]int64{int64(from), int64(i)}; persons[from] < 0 {
			erased = append(erased, run)
		} else {
			kept = append(kept, run)
		}
	}
	if len(erased) == 0 {
		return true
	}
	whole := n.current
	n.current = nil
	defer whole.Release()
	gone, err := n.pick(whole, erased)
	if err == nil && len(kept) > 0 {
		n.current, err = n.pick(whole, kept)
	}
	if gone != nil {
		n.leftOut = append(n.leftOut, gone)
	}
	n.failed = err
	return n.current != nil
}

// pick copies the rows of these ranges, so that the rest of the batch can be freed.
func (n *numberedReader) pick(batch arrow.RecordBatch, ranges [][2]int64) (arrow.RecordBatch, error) {
	var rows int64
	for _, r := range ranges {
		rows += r[1] - r[0]
	}
	columns := make([]arrow.Array, 0, batch.NumCols())
	defer func() {
		for _, c := range columns {
			c.Release()
		}
	}()
	for _, whole := range batch.Columns() {
		parts := make([]arrow.Array, len(ranges))
		for i, r := range ranges {
			parts[i] = array.NewSlice(whole, r[0], r[1])
		}
		column, err := array.Concatenate(parts, n.memory)
		for _, p := range parts {
			p.Release()
		}
		if err != nil {
			return nil, fmt.Errorf("leaving out persons who were erased: %w", err)
		}
		columns = append(columns, column)
	}
	return array.NewRecordBatch(n.schema, columns, rows), nil
}

func (n *numberedReader) dropLeftOut() {
	for _, batch := range n.leftOut {
		batch.Release()
	}
	n.leftOut = nil
}

// noteLeftOut counts the rows of erased persons that a delivery held.
func (w *Warehouse) noteLeftOut(ctx context.Context, id int, d Delivery, n *numberedReader) (lines int64, err error) {
	if len(n.leftOut) == 0 {
		return 0, nil
	}
	for _, batch := range n.leftOut {
		lines += batch.NumRows()
	}
	reader, err := array.NewRecordReader(n.schema, n.leftOut)
	if err != nil {
		return 0, err
	}
	defer reader.Release()
	// A stream can be read once only, and only by a plain SELECT.
	err = w.insertFrom(ctx, reader, fmt.Sprintf("CREATE TEMP TABLE weggelaten AS SELECT CAST(%d AS INTEGER) AS levering_id, * FROM %s", id, arrivingView))
	for _, statement := range []string{countErased(d.Run, d.File.Table.Name, "weggelaten"), "DROP TABLE weggelaten"} {
		if err == nil {
			err = w.Exec(ctx, statement)
		}
	}
	if err != nil {
		return 0, fmt.Errorf("%s: counting the lines of persons who were erased: %w", d.File.Path, err)
	}
	return lines, nil
}

// countErased is the statement that counts the rows of a source, as stored, into
// levering.wissing. A line of declaraties has its euros in the years of its days,
// as model.kostendeel has, so that no year changes for being erased; it counts in
// the year in which it began.
func countErased(run, table, source string) string {
	if table != "declaraties" {
		return fmt.Sprintf(`INSERT INTO levering.wissing (run, levering_id, tabel, regels, bedrag, personen)
			SELECT %s, levering_id, %s, count(*), 0, count(DISTINCT persoon)
			FROM %s AS r GROUP BY levering_id`, Quote(run), Quote(table), source)
	}
	return fmt.Sprintf(`INSERT INTO levering.wissing
		WITH regel AS (
			SELECT
				r.levering_id, r.persoon, c.domein, r.begindatum,
				CASE WHEN c.codelijst = '041' THEN r.begindatum ELSE r.einddatum END AS einddatum,
				CASE WHEN c.debet_credit = 'C' THEN -1 ELSE 1 END AS teken,
				CAST(r.bedrag * 100 AS HUGEINT) AS centen
			FROM %[3]s AS r
			INNER JOIN opslag.codering AS c ON c.codering = r.codering
		),
		deel AS (
			SELECT
				*,
				date_diff('day', begindatum, einddatum) + 1 AS dagen,
				date_diff('day', begindatum, greatest(begindatum, make_date(jaar, 1, 1))) AS dagen_voor,
				date_diff('day', begindatum, least(einddatum, make_date(jaar, 12, 31))) + 1 AS dagen_tot
			FROM (SELECT *, unnest(range(year(begindatum), year(einddatum) + 1)) AS jaar FROM regel)
		)
		SELECT
			%[1]s, levering_id, %[2]s, domein, jaar,
			min(CAST(date_trunc('month', begindatum) AS DATE)), max(CAST(date_trunc('month', begindatum) AS DATE)),
			count(*) FILTER (WHERE year(begindatum) = jaar),
			CAST(sum(teken * ((2 * centen * dagen_tot + dagen) // (2 * dagen) - (2 * centen * dagen_voor + dagen) // (2 * dagen)))
				AS DECIMAL(18,0)) * 0.01,
			count(DISTINCT persoon)
		FROM deel
		GROUP BY levering_id, domein, jaar`, Quote(run), Quote(table), source)
}

// ErasedUnder counts the persons who were erased under the key for pseudonyms
// with this mark, and the most under any other: what was erased under one key is
// not recognised under another.
func (w *Warehouse) ErasedUnder(ctx context.Context, mark string) (here, elsewhere int64, err error) {
	err = w.conn.QueryRowContext(ctx, `SELECT coalesce(max(n) FILTER (WHERE sleutel = ?), 0), coalesce(max(n) FILTER (WHERE sleutel <> ?), 0)
		FROM (SELECT sleutel, count(*) AS n FROM levering.gewist GROUP BY sleutel)`, mark, mark).Scan(&here, &elsewhere)
	return here, elsewhere, err
}

// salt is that of the persons who were erased before, or a new one.
func (w *Warehouse) salt(ctx context.Context, fresh func() string) (string, error) {
	var salt sql.NullString
	if err := w.conn.QueryRowContext(ctx, "SELECT max(zout) FROM levering.gewist").Scan(&salt); err != nil {
		return "", fmt.Errorf("reading who was erased: %w", err)
	}
	if !salt.Valid {
		return fresh(), nil
	}
	return salt.String, nil
}
