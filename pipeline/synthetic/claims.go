package synthetic

// domain is the law that pays, in the order of domainNames.
type domain uint8

const (
	zvw domain = iota
	wmo
	jeugdwet
	wlz
	participatiewet
	domains
)

var domainNames = [domains]string{"zvw", "wmo", "jeugdwet", "wlz", "participatiewet"}

// echelon is the lijn of a cost, in the order of echelonNames.
type echelon uint8

const (
	lineZero echelon = iota
	lineFirst
	lineOneAndHalf
	lineSecond
	lineThird
	lineLongTerm
	echelons
)

var echelonNames = [echelons]string{"0", "1", "1.5", "2", "3", "langdurig"}

// code is what a claim line says about the care itself.
type code struct {
	domain      domain
	list        string // codelijst
	performance string // prestatiecode
	category    string // productcategorie
	specialism  string
	product     string // zorgproduct
	unit        string // eenheid
	line        echelon
	outpatient  bool // low-complex outpatient DBC care that can move to 1,5e lijn
}

// isDBC says whether the whole cost counts on the first day.
func (c *code) isDBC() bool { return c.list == "041" }

// provider is who declares: AGB kind and a pseudonym.
type provider struct{ kind, name string }

// event is one piece of care that is declared, before it becomes lines; amounts in cents, volume in thousandths.
type event struct {
	code       *code
	provider   *provider
	referrer   string // verwijzer
	begin, end day
	volume     int64
	cents      int64
	declared   day
	credited   day   // 0 = never
	corrected  int64 // cents of the new debit on the day of the credit; 0 = none
	spell      int32 // index in history.spells, -1 = none
}

// line is the lijn the cost falls in; a tertiary referral to the academic hospital makes it highly specialised.
func (e *event) line() echelon {
	if e.code.isDBC() && e.code.line == lineSecond && e.provider.kind == "0602" && e.referrer == "05" {
		return lineThird
	}
	return e.code.line
}

// declare draws when the event is declared, and whether it is credited and corrected later.
func (e *event) declare(r *stream) {
	wait, tail := 3+r.exp(22), 150.0
	if e.code.isDBC() {
		wait, tail = 7+r.exp(38), 250
	}
	if late := r.exp(tail); r.chance(0.04) {
		wait += late
	}
	e.declared = e.end + day(wait)
	pause, corrected, share := 20+r.exp(70), r.chance(0.6), 0.5+0.55*r.float()
	if !r.chance(0.015) {
		return
	}
	e.credited = e.declared + day(pause)
	if corrected {
		e.corrected = max(1, int64(share*float64(e.cents)))
	}
}

// signed calls f with every amount of the event that is delivered by the cutoff: debits above, credits below zero.
func (e *event) signed(cutoff day, f func(cents int64)) {
	if e.declared > cutoff {
		return
	}
	f(e.cents)
	if e.credited == 0 || e.credited > cutoff {
		return
	}
	f(-e.cents)
	if e.corrected > 0 {
		f(e.corrected)
	}
}

// net is what is left of the event in cents after delivered credits and corrections.
func (e *event) net(cutoff day) (cents int64) {
	e.signed(cutoff, func(c int64) { cents += c })
	return cents
}

// spread calls f with each month's part of an amount: by day, cumulatively rounded half away from zero.
func spread(cents int64, begin, end day, f func(first day, part int64)) {
	days := int64(end-begin) + 1
	var done int64
	for d := begin; d <= end; {
		stop := min(d.monthEnd(), end)
		upTo := roundedShare(cents, int64(stop-begin)+1, days)
		f(d, upTo-done)
		done, d = upTo, stop+1
	}
}

// roundedShare is cents*part/whole, rounded half away from zero.
func roundedShare(cents, part, whole int64) int64 {
	n := 2*cents*part + whole
	if cents < 0 {
		n = 2*cents*part - whole
	}
	return n / (2 * whole)
}

// spell is a stretch of monthly support; where the law grants it, it is an arrangement too.
type spell struct {
	code       *code
	begin, end day // end may be open
	reason     string
	granted    bool // has a toewijzing
	whole      bool // paid once, at the end
}

// history is everything that happens to one person.
type history struct {
	events  []event
	spells  []spell
	project *participation
}
