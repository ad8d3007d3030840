package analysis

import (
	"context"
	"database/sql"
	"fmt"

	"ontschot/pipeline/analysis/effect"
)

// fill puts an estimate in euros into the row.
func (r *participantEffect) fill(e effect.Estimate) {
	low, high := e.Interval(0.95)
	r.effect, r.se, r.mde = whole(100*e.Effect), whole(100*e.SE()), whole(100*e.MDE())
	r.low, r.high = whole(100*low), whole(100*high)
	r.p = sql.Null[float64]{V: e.P(), Valid: true}
}

// family is the p-values that have to hold together: the total and the laws, or the echelons, over all projects, and apart
// for all projects together.
type family struct{ together, echelons bool }

// adjust makes the p-values about after the start hold together within their family, and gives those rows their verdict.
func adjust(rows []participantEffect) error {
	families := map[family][]*tested{}
	for i := range rows {
		if r := &rows[i]; r.period == afterStart && r.p.Valid {
			f := family{together: r.project == allProjects, echelons: r.kind == lineKind}
			families[f] = append(families[f], &r.tested)
		}
	}
	for _, f := range families {
		if err := holdTogether(f); err != nil {
			return fmt.Errorf("the effects on participants: %w", err)
		}
	}
	for i := range rows {
		if rows[i].period == afterStart {
			rows[i].verdict = rows[i].judge()
		}
	}
	return nil
}

// judge says nothing where the quarters before the start were not alike, or could not be tested.
func (r *participantEffect) judge() string {
	if !r.holm.Valid || !r.held.Valid || r.held.V < rejection {
		return verdictUnknown
	}
	return r.judged()
}

// participantColumns are those of model.deelnemer_schatting.
const participantColumns = `project VARCHAR, indeling VARCHAR, uitkomst VARCHAR, periode VARCHAR, van INTEGER, tot INTEGER,
	effect DECIMAL(18,2), se DECIMAL(18,2), ci_laag DECIMAL(18,2), ci_hoog DECIMAL(18,2), mde DECIMAL(18,2),
	p DECIMAL(18,6), p_holm DECIMAL(18,6), effect_ongekoppeld DECIMAL(18,2), aanhoudtoets_p DECIMAL(18,6), oordeel VARCHAR,
	n_deelnemers BIGINT, n_controle BIGINT, ess DECIMAL(18,6), samen VARCHAR,
	gebruikers_basis BIGINT, gebruikers BIGINT, controle_gebruikers_basis BIGINT, controle_gebruikers BIGINT`

func writeParticipants(ctx context.Context, conn *sql.Conn, effects []participantEffect) error {
	var rows [][]any
	for _, r := range effects {
		rows = append(rows, []any{r.project, r.kind, r.outcome, r.period, r.from, r.to, euros(r.effect), euros(r.se), euros(r.low), euros(r.high),
			euros(r.mde), ratio(r.p), ratio(r.holm), euros(r.unpaired), ratio(r.held), r.verdict, r.participants, r.controls,
			ratio(sql.Null[float64]{V: r.ess, Valid: true}), r.together, r.before[1], r.after[1], r.before[0], r.after[0]})
	}
	return replaceTable(ctx, conn, "deelnemer_schatting", participantColumns, rows)
}
