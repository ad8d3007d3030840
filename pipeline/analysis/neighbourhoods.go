package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"

	"ontschot/pipeline/analysis/effect"
)

// The reasons why there is nothing to say of an effect.
const (
	reasonPrice     = "prijsindex ontbreekt"
	reasonSpread    = "geen verschil tussen buurten"
	reasonTooFew    = "te weinig vergelijkbare buurten"
	reasonStaggered = "verschillende startjaren"
)

// neighbourhoodEffect is a row of model.wijk_schatting. Amounts are cents per insured year.
type neighbourhoodEffect struct {
	estimated

	pilotBase, pilotNow, otherBase, otherNow sql.Null[int64]
	smallest                                 sql.Null[float64] // the smallest p that so many assignments can give
	wild, breaks                             sql.Null[float64] // see testTwice and breakDown
	pilots, others, assignments              int
	reason, status, years, laws, lines       string
	users                                    [4]sql.Null[int64] // of pilot and others, each in the base year and later
}

// contrasted is the years that are compared, with the name that the table gives them.
type contrasted struct {
	name  string
	later []int // into neighbourhoodCells.years
	base  int   // likewise
}

// estimateNeighbourhoods makes model.wijk_schatting: the change of the pilot neighbourhoods less that of the comparable
// ones, per law, per echelon and in total, tried against every other way to choose as many of them. Neighbourhoods weigh
// with their insured years in the base year, in every period; so the effects of the laws, and those of the echelons, add
// up to that of the total to the cent. Without pilot, comparable neighbourhoods or base year the table is empty.
func estimateNeighbourhoods(ctx context.Context, conn *sql.Conn) error {
	c, err := readNeighbourhoodCells(ctx, conn)
	if err != nil {
		return err
	}
	rows, err := c.estimate()
	if err != nil {
		return fmt.Errorf("estimating the effect in the pilot neighbourhoods: %w", err)
	}
	addUp(rows, func(r *neighbourhoodEffect) *estimated { return &r.estimated })
	if err := judgeNeighbourhoods(rows); err != nil {
		return err
	}
	return writeNeighbourhoods(ctx, conn, rows)
}

// estimate gives the rows in the order of the table: by outcome, then period.
func (c *neighbourhoodCells) estimate() ([]neighbourhoodEffect, error) {
	never := 0
	for _, start := range c.starts {
		if start == 0 {
			never++
		}
	}
	if never == 0 || never == len(c.starts) || c.base < 0 {
		return nil, nil
	}
	if c.staggered() {
		return c.estimateStaggered(never)
	}
	var rows []neighbourhoodEffect
	var jobs []func() error
	periods := c.periods()
	for _, o := range outcomesOf(c.pairs) {
		for _, period := range periods {
			in := c.within(o, append([]int{period.base}, period.later...))
			if !slices.Contains(in.of, true) {
				continue
			}
			at := len(rows)
			rows = append(rows, c.row(in, period, never))
			jobs = append(jobs, func() error { return c.compare(in, period, &rows[at]) })
		}
	}
	if err := atOnce(jobs); err != nil {
		return nil, err
	}
	c.breakDown(rows)
	return rows, nil
}

// atOnce does the jobs on all cores and gives the first error in their order.
func atOnce(jobs []func() error) error {
	errs := make([]error, len(jobs))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				errs[i] = guarded(jobs[i])
			}
		})
	}
	for i := range jobs {
		next <- i
	}
	close(next)
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// guarded makes an error of a panic, which nobody else could catch here.
func guarded(job func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return job()
}

// periods are every year against the base year, and the years after it together: all of them, those without the pandemic,
// and all of them against the years before, for in the base year the pilot had begun.
func (c *neighbourhoodCells) periods() (all []contrasted) {
	var after, quiet []int
	for y, year := range c.years {
		if y != c.base {
			all = append(all, contrasted{strconv.Itoa(year), []int{y}, c.base})
		}
		if y > c.base {
			after = append(after, y)
			if year != 2020 && year != 2021 {
				quiet = append(quiet, y)
			}
		}
	}
	if len(after) == 0 {
		return all
	}
	all = append(all, contrasted{afterStart, after, c.base})
	if len(quiet) > 0 && len(quiet) < len(after) {
		all = append(all, contrasted{afterStart + " zonder 2020 en 2021", quiet, c.base})
	}
	for before := c.base - 1; before >= max(0, c.base-2); before-- {
		all = append(all, contrasted{afterStart + " t.o.v. " + strconv.Itoa(c.years[before]), after, before})
	}
	return all
}

// within leaves only the laws in an outcome that can be compared over these years.
func (c *neighbourhoodCells) within(o outcome, years []int) outcome {
	in := outcome{kind: o.kind, name: o.name, together: o.together, of: slices.Clone(o.of)}
	for p, pair := range c.pairs {
		in.of[p] = in.of[p] && c.filledAlike(pair.law, years)
	}
	return in
}

// row holds all of a row but its figures.
func (c *neighbourhoodCells) row(o outcome, period contrasted, never int) neighbourhoodEffect {
	r := neighbourhoodEffect{
		estimated: o.in(period.name),
		pilots:    len(c.codes) - never, others: never, status: "definitief",
	}
	years := append([]int{period.base}, period.later...)
	slices.Sort(years)
	var laws, names []string
	for p, counts := range o.of {
		if !counts {
			continue
		}
		laws = append(laws, c.pairs[p].law)
		if o.kind == lineKind {
			r.lines = c.pairs[p].line
		}
	}
	for _, y := range years {
		names = append(names, strconv.Itoa(c.years[y]))
		if slices.ContainsFunc(laws, func(name string) bool { return c.laws[y][name].provisional }) {
			r.status = "voorlopig"
		}
	}
	r.years, r.laws = strings.Join(names, "|"), strings.Join(slices.Compact(laws), "|")
	for side, pilot := range []bool{true, false} {
		r.users[2*side] = c.fewestUsers(o, pilot, []int{period.base})
		r.users[2*side+1] = c.fewestUsers(o, pilot, period.later)
	}
	return r
}

// staggered tells whether some neighbourhood starts later than the year after the base year.
func (c *neighbourhoodCells) staggered() bool {
	return slices.ContainsFunc(c.starts, func(start int) bool { return c.base+1 < len(c.years) && start > c.years[c.base+1] })
}

// estimateStaggered is for neighbourhoods that start in different years: the estimates of Callaway and Sant'Anna, by the
// years since the start. Who was a pilot in the base year starts the year after it here, for that is the year that all is
// compared with. Every neighbourhood weighs the same.
func (c *neighbourhoodCells) estimateStaggered(never int) (rows []neighbourhoodEffect, err error) {
	every := contrasted{name: afterStart, base: c.base}
	for y := range c.years {
		if y != c.base {
			every.later = append(every.later, y)
		}
	}
	starts := make([]int, len(c.starts))
	count := map[int]int{}
	for i, start := range c.starts {
		if start != 0 {
			starts[i] = max(start, c.years[c.base+1])
		}
		count[starts[i]]++
	}
	for _, o := range outcomesOf(c.pairs) {
		in := c.within(o, append([]int{c.base}, every.later...))
		if !slices.Contains(in.of, true) {
			continue
		}
		na := c.row(in, every, never)
		courses, known := c.courses(in, starts)
		na.reason = reasonStaggered
		for _, n := range count {
			if n < 2 { // no spread of its own
				na.reason = reasonTooFew
			}
		}
		if !known {
			na.reason = reasonPrice
		}
		if na.reason != reasonStaggered {
			rows = append(rows, na)
			continue
		}
		s, err := effect.Stagger(c.years, courses)
		if err != nil {
			return nil, err
		}
		study, err := na.study(s)
		if err != nil {
			return nil, err
		}
		rows = append(rows, study...)
	}
	return rows, nil
}

// courses are what every neighbourhood cost in every year.
func (c *neighbourhoodCells) courses(o outcome, starts []int) (courses []effect.Course, known bool) {
	for i, start := range starts {
		course := effect.Course{Start: start}
		for y := range c.years {
			euros, known := c.mean(o, []int{y}, i)
			if !known {
				return nil, false
			}
			course.Outcome = append(course.Outcome, euros)
		}
		courses = append(courses, course)
	}
	return courses, true
}
