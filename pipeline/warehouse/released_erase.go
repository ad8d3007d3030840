package warehouse

import (
	"context"
	"fmt"
)

// eraseReleased takes the persons of te_wissen out of the snapshots. In how many
// rows they had a part is kept, by the number of persons alone: such a row never
// counts as unchanged. The values that were published stay: they name nobody.
func (w *Warehouse) eraseReleased(ctx context.Context) error {
	bases, err := w.bases(ctx)
	if err != nil || len(bases) == 0 {
		return err
	}
	for _, basis := range bases {
		if err := w.countErasedReleased(ctx, basis); err != nil {
			return fmt.Errorf("counting in the release ledger: %w", err)
		}
	}
	statements := []string{
		"CREATE OR REPLACE TEMP TABLE nu_gewist_huis AS SELECT DISTINCT md5_number_lower(coalesce(b.huishouden, t.pseudoniem)) AS huishouden," +
			" b.huishouden IS NULL AS alleen FROM opslag.bevolking AS b INNER JOIN te_wissen AS t ON t.persoon = b.persoon",
		// Without its costs a household differs from whatever it is now; of who lived alone, its number is a hash of the pseudonym.
		"UPDATE vrijgave.huishouden SET bedrag = NULL WHERE huishouden IN (SELECT huishouden FROM nu_gewist_huis)",
		"UPDATE vrijgave.huishouden SET huishouden = CAST(rowid AS UBIGINT) WHERE huishouden IN (SELECT huishouden FROM nu_gewist_huis WHERE alleen)",
	}
	for _, f := range facets {
		if f.ofPersons {
			statements = append(statements, "DELETE FROM vrijgave."+f.name+" WHERE "+ofNumbers)
		}
	}
	if err := w.execAll(ctx, statements); err != nil {
		return fmt.Errorf("removing persons from the release ledger: %w", err)
	}
	return w.dropState(ctx)
}

// countErasedReleased counts the rows of a release as if everybody else still contributed the same.
func (w *Warehouse) countErasedReleased(ctx context.Context, basis int) error {
	statements := []string{
		"CREATE OR REPLACE TEMP TABLE kandidaat AS SELECT persoon FROM te_wissen WHERE persoon IS NOT NULL",
		"CREATE OR REPLACE TEMP TABLE nu_plek AS SELECT * FROM vrijgave.plek",
		"CREATE OR REPLACE TEMP TABLE nu_atoom AS SELECT * FROM vrijgave.atoom",
		"CREATE OR REPLACE TEMP TABLE nu_arrangement AS SELECT * FROM vrijgave.arrangement",
	}
	for _, f := range facets {
		kept := fmt.Sprintf("CREATE OR REPLACE TEMP TABLE nu_%[1]s AS SELECT * EXCLUDE (stand) FROM vrijgave.%[1]s WHERE stand = %[2]d", f.name, basis)
		if f.ofPersons {
			kept += " AND NOT coalesce(" + ofNumbers + ", FALSE)"
		}
		statements = append(statements, kept)
	}
	if err := w.execAll(ctx, statements); err != nil {
		return err
	}
	var baseYear int
	if err := w.conn.QueryRowContext(ctx, "SELECT basisjaar FROM vrijgave.vrijgave WHERE vrijgave = ?", basis).Scan(&baseYear); err != nil {
		return err
	}
	if err := w.touched(ctx, basis, baseYear); err != nil {
		return err
	}
	return w.Exec(ctx, fmt.Sprintf(`INSERT INTO vrijgave.gewist SELECT %d, g.tabel, g.sleutel, g.deel, g.personen
		FROM geraakt AS g INNER JOIN vrijgegeven AS v ON v.tabel = g.tabel AND v.sleutel = g.sleutel`, basis))
}
