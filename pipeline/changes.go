package pipeline

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"ontschot/pipeline/warehouse"
)

// Total is what a law costs the region in a year, of all persons together.
type Total struct {
	Domain string `json:"domein"`
	Year   int    `json:"jaar"`
	Cents  int64  `json:"bedrag_centen"`
	Users  *int64 `json:"gebruikers,omitempty"`  // not of an aggregate
	Lines  *int64 `json:"declaraties,omitempty"` // the same
}

// Changes are the totals that differ from those of the night before.
type Changes struct {
	Against string `json:"vorige_run,omitempty"` // empty in the first night
	// Nights is how many earlier nights with a change the usual range is taken from; Known tells whether that is enough.
	// When it is not, Figures are all that changed by more than [smallChange].
	Nights  int      `json:"nachten"`
	Known   bool     `json:"bereik_bekend"`
	Figures []Change `json:"cijfers,omitempty"`
}

// Change is a total that changed by more than it usually does; euros are in cents.
type Change struct {
	Domain  string `json:"domein"`
	Year    int    `json:"jaar"`
	Measure string `json:"maat"` // bedrag_centen, gebruikers or declaraties
	Before  int64  `json:"van"`  // 0 with New
	Now     int64  `json:"naar"`
	Usual   int64  `json:"gewoon"` // the median of its earlier changes
	New     bool   `json:"nieuw,omitempty"`
}

// The rule for a change worth telling. A night without a change says nothing of what is usual, so that only nights with one
// are looked at, and of each total only the changes that it had.
const (
	usualNights = 30   // how many earlier nights with a change are looked at
	leastNights = 5    // with fewer it is not known what is usual
	usualTimes  = 3    // a change is unusual from so many times the median of the earlier ones,
	smallChange = 0.01 // and more than this share of the total
	mostRuns    = 400  // how many folders of runs are looked through
)

// totals reads the totals of the region. A law and year with fewer users than the threshold is left out: its total would tell
// of persons.
func (c *Config) totals(ctx context.Context, w *warehouse.Warehouse) (all []Total, err error) {
	err = scanAll(ctx, w, `SELECT domein, jaar, CAST(bedrag * 100 AS BIGINT), gebruikers, declaraties FROM uitkomst.kosten_per_domein
		WHERE gebied = 'regio' ORDER BY domein, jaar`, func(scan func(...any) error) error {
		var t Total
		err := scan(&t.Domain, &t.Year, &t.Cents, &t.Users, &t.Lines)
		if err == nil && (t.Users == nil || *t.Users >= int64(c.Onthulling.Drempel)) {
			all = append(all, t)
		}
		return err
	})
	return all, err
}

// figure names one number of the totals.
type figure struct {
	domain  string
	year    int
	measure string
}

func figures(totals []Total) map[figure]int64 {
	out := map[figure]int64{}
	for _, t := range totals {
		out[figure{t.Domain, t.Year, "bedrag_centen"}] = t.Cents
		if t.Users != nil {
			out[figure{t.Domain, t.Year, "gebruikers"}] = *t.Users
		}
		if t.Lines != nil {
			out[figure{t.Domain, t.Year, "declaraties"}] = *t.Lines
		}
	}
	return out
}

// compare finds the totals of this night that differ from the night before by more than they usually do. earlier are the
// manifests of earlier runs, newest first.
func compare(tonight []Total, earlier []*Manifest) *Changes {
	c := &Changes{}
	var nights []map[figure]int64 // those that differ from the one before, newest first
	for _, m := range earlier {
		if len(m.Totals) == 0 || m.Status != statusDone {
			continue
		}
		if c.Against == "" {
			c.Against = m.Run
		}
		night := figures(m.Totals)
		if n := len(nights); n > 0 && maps.Equal(nights[n-1], night) {
			continue
		}
		if nights = append(nights, night); len(nights) > usualNights {
			break
		}
	}
	if len(nights) == 0 {
		return c
	}
	c.Nights = len(nights) - 1
	c.Known = c.Nights >= leastNights
	now := figures(tonight)
	for key, value := range now {
		before, was := nights[0][key]
		change := Change{Domain: key.domain, Year: key.year, Measure: key.measure, Before: before, Now: value, New: !was}
		if c.Known {
			change.Usual = usual(key, nights)
		}
		if change.unusual() {
			c.Figures = append(c.Figures, change)
		}
	}
	for key, before := range nights[0] {
		if _, is := now[key]; !is {
			c.Figures = append(c.Figures, Change{Domain: key.domain, Year: key.year, Measure: key.measure, Before: before, Usual: usual(key, nights)})
		}
	}
	slices.SortFunc(c.Figures, func(a, b Change) int {
		return cmp.Or(-cmp.Compare(a.share(), b.share()), cmp.Compare(a.Domain, b.Domain), -cmp.Compare(a.Year, b.Year), cmp.Compare(a.Measure, b.Measure))
	})
	return c
}

// usual is the median of the changes that a figure had between the nights; 0 when it never changed.
func usual(key figure, nights []map[figure]int64) int64 {
	var steps []int64
	for i := range len(nights) - 1 {
		newer, is := nights[i][key]
		older, was := nights[i+1][key]
		if is && was && newer != older {
			steps = append(steps, distance(newer, older))
		}
	}
	if len(steps) == 0 {
		return 0
	}
	slices.Sort(steps)
	half := len(steps) / 2
	if len(steps)%2 == 0 {
		return (steps[half-1] + steps[half]) / 2
	}
	return steps[half]
}

// unusual tells whether a change is worth telling.
func (c Change) unusual() bool {
	moved := distance(c.Now, c.Before)
	return c.New || (moved > usualTimes*c.Usual && c.share() > smallChange)
}

// share is the size of the change as a share of what it was; of what was nothing it is 1.
func (c Change) share() float64 {
	if c.Before == 0 {
		if c.Now == 0 {
			return 0
		}
		return 1
	}
	return float64(distance(c.Now, c.Before)) / float64(distance(c.Before, 0))
}

func distance(a, b int64) int64 { return max(a-b, b-a) }
