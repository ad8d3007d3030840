package synthetic

// project is what a participant takes part in, in the order of projectNames.
type project uint8

const (
	together project = iota
	onePlan
	afterAdmission // nothing works in it: its participants start at a peak in their costs
	projects
)

var projectNames = [projects]string{"samen_in_de_wijk", "een_plan", "rust_na_opname"}

// joinShare of the persons with stacked arrangements takes part in a project against stacking; with the others they can be compared.
const joinShare = 0.5

// How participants of the project at a peak are found: early in each of the quarters of two years, from effectYear on.
const (
	peakQuarters = 8
	peakShare    = 0.05    // of the persons with a peak takes part, per quarter
	peakIntake   = 28      // the first days of a quarter, on one of which the project starts
	peakWindow   = 90      // days before the start in which the peak began
	peakCents    = 6000_00 // what one piece of hospital care cost at least, net
	peakLength   = 180     // days that the project lasts
)

// participation is one deelname; end may be open.
type participation struct {
	project    project
	begin, end day
}

// unstacks says whether the project makes arrangements end early; nil is no participation.
func (j *participation) unstacks() bool { return j != nil && j.project != afterAdmission }

// join decides which project a person takes part in, or none; the projects against stacking go first.
func (w *world) join(p *person, h *history) *participation {
	if j := w.joinStacked(p, h); j != nil {
		return j
	}
	return w.joinAtPeak(p, h)
}

// joinStacked takes part in one of the projects against stacking: inhabitants of the pilot with two or more arrangements.
func (w *world) joinStacked(p *person, h *history) *participation {
	r := newStream(w.seed, uint64(p.index), forProject)
	start, found := dateOf(effectYear, 1, 8), false
	for try := range 4 {
		if on := dateOf(effectYear, 1, 8) + day(240*try+r.intn(240)); !found && inPilot(p, on) && distinctOn(h.spells, nil, on) >= 2 {
			start, found = on, true
		}
	}
	which, joins, stays, length := project(r.intn(2)), r.chance(joinShare), r.chance(0.4), 240+day(r.exp(400))
	if start > w.last-90 || !joins || !found {
		return nil
	}
	if stays {
		length = open
	}
	return &participation{which, start, w.stops(p, start, length)}
}

// joinAtPeak takes part in the project at a peak: adults anywhere in the region with costly hospital care shortly before.
// Choosing them by their history, and changing nothing in it, plants regression to the mean and no effect.
func (w *world) joinAtPeak(p *person, h *history) *participation {
	r := newStream(w.seed, uint64(p.index), forPeak)
	for q := range peakQuarters {
		on, joins := quarterStart(4*effectYear+q)+day(r.intn(peakIntake)), r.chance(peakShare)
		if joins && on <= w.last-90 && on.year()-p.birthYear() > adult && p.placeOn(on) >= 0 && h.peaked(on, w.cutoff) {
			return &participation{afterAdmission, on, w.stops(p, on, peakLength)}
		}
	}
	return nil
}

// peaked says whether hospital care of at least peakCents began in the peakWindow before a day.
func (h *history) peaked(on, cutoff day) bool {
	for i := range h.events {
		e := &h.events[i]
		if e.code.isDBC() && e.begin >= on-peakWindow && e.begin < on && e.net(cutoff) >= peakCents {
			return true
		}
	}
	return false
}

// stops is the last day of a participation of at most length days: earlier if the person leaves, open after the horizon.
func (w *world) stops(p *person, begin, length day) day {
	end := min(begin+length, p.residences[len(p.residences)-1].end)
	if end > w.last {
		return open
	}
	return end
}
