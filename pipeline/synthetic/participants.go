package synthetic

// reach is the number of quarters before and after the start that waarheid.json tells of participants.
const reach = 8

// taken is what the participants of one project were and cost in one quarter around their start; sums of blocks add up.
type taken struct {
	persons int64 // of whom the quarter lies in the delivered years
	days    int64 // that they lived in the region
	cents   [worlds][domains][echelons]int64
}

// takers has the participants of each project in the quarters -reach … reach around the quarter of their start.
type takers [projects][2*reach + 1]taken

func (t *taken) add(o *taken) {
	t.persons += o.persons
	t.days += o.days
	for v := range worlds {
		for d := range domains {
			for l := range echelons {
				t.cents[v][d][l] += o.cents[v][d][l]
			}
		}
	}
}

func (t *takers) add(o *takers) {
	for j := range t {
		for k := range t[j] {
			t[j][k].add(&o[j][k])
		}
	}
}

// on is the quarter around the start of a participation that a day lies in, or nil beyond the reach.
func (t *takers) on(j *participation, d day) *taken {
	k := d.quarter() - j.begin.quarter()
	if k < -reach || k > reach {
		return nil
	}
	return &t[j.project][k+reach]
}

// present adds a participant with the days of residence per quarter.
func (t *takers) present(w *world, p *person, j *participation) {
	from, to := p.span(w)
	for k := -reach; k <= reach; k++ {
		q := j.begin.quarter() + k
		begin, end := quarterStart(q), quarterStart(q+1)-1
		if s := t.on(j, begin); s != nil && begin >= w.first && end <= w.last {
			s.persons++
			s.days += max(0, int64(min(end, to)-max(begin, from))+1)
		}
	}
}

// count adds an event of a participant as it was with the project and as it would have been without: there what ended
// early goes on, while what moves in a whole neighbourhood moves all the same.
func (t *takers) count(w *world, p *person, j *participation, e *event, o *outcome) {
	add := func(e *event, in int) {
		e.placed(w, p, func(d day, _ int, cents int64) {
			if s := t.on(j, d); s != nil {
				s.cents[in][e.code.domain][e.line()] += cents
			}
		})
	}
	if !o.remains {
		add(e, counterfactual)
		return
	}
	add(&o.event, counterfactual)
	add(&o.event, actual)
}

// lines are the lijnen that the care of a domain can fall in.
func (d domain) lines() []echelon {
	switch d {
	case zvw:
		return []echelon{lineFirst, lineOneAndHalf, lineSecond, lineThird}
	case wlz:
		return []echelon{lineLongTerm}
	default:
		return []echelon{lineZero}
	}
}

// records lists the participants per project and quarter around the start, which is itself neither before nor after.
func (t *takers) records() (out []recordTakers) {
	for j := range projects {
		for k := -reach; k <= reach; k++ {
			if k == 0 {
				continue
			}
			s := &t[j][k+reach]
			r := recordTakers{Project: projectNames[j], K: k, Personen: s.persons, Dagen: s.days}
			for d := range domains {
				for _, l := range d.lines() {
					r.Bedragen = append(r.Bedragen, recordTaken{domainNames[d], echelonNames[l],
						euros(s.cents[counterfactual][d][l]), euros(s.cents[actual][d][l])})
				}
			}
			out = append(out, r)
		}
	}
	return out
}
