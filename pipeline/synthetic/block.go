package synthetic

import "strconv"

// blockSize is the number of persons that are generated together; it is part of the numbering of claim lines.
const blockSize = 1024

// linesPerBlock leaves room for the line numbers of a block.
const linesPerBlock = 1_000_000

// block is what a number of persons deliver: the rows of each file, in the order of world.files.
type block struct {
	files []file
	fresh func([]column) rows // makes an empty collection of rows
	rows  []rows              // nil where the block has none
	count []int64
	cents []int64
	sums  *sums
	next  int64 // the last line number given out
}

// prefixes are the first characters of the references per domain; the year of declaration follows.
var prefixes = [domains]string{"Z", "W", "J", "L", "P"}

// generate makes the histories of persons from…to-1 and their rows.
func (w *world) generate(index int, files []file, fresh func([]column) rows) *block {
	b := &block{files: files, fresh: fresh, rows: make([]rows, len(files)), count: make([]int64, len(files)), cents: make([]int64, len(files)),
		sums: newSums(w), next: int64(index) * linesPerBlock}
	from := index * blockSize
	for i := from; i < min(from+blockSize, len(w.persons)); i++ {
		b.person(w, &w.persons[i])
	}
	return b
}

// row begins a row of a file.
func (b *block) row(f int) rows {
	if b.rows[f] == nil {
		b.rows[f] = b.fresh(b.files[f].columns)
	}
	b.count[f]++
	return b.rows[f]
}

// person makes the history of one person, plants the effects in it and adds both to rows and sums.
func (b *block) person(w *world, p *person) {
	name := pseudonym(w.seed, 'p', p.index)
	h := &history{}
	t := drawTraits(w, p)
	h.medical(w, p, t)
	h.support(w, p, t)
	a := w.plant(p, h)
	moved := make([][effects]bool, len(b.sums.years))
	for i := range h.events {
		e := &h.events[i]
		o := a.change(w, p, h, e)
		if !o.moved {
			b.sums.both(w, p, e)
		} else {
			b.sums.count(w, p, e, counterfactual)
			if o.remains {
				b.sums.count(w, p, &o.event, actual)
			}
		}
		if h.project != nil {
			b.sums.takers.count(w, p, h.project, e, &o)
		}
		if o.eligible != none {
			b.note(w, p, e, &o, moved)
		}
		if o.remains {
			b.claim(w, name, &o.event)
		}
	}
	b.involve(moved)
	b.sums.personYears(w, p, h, a.cut)
	b.others(w, p, name, h, a.cut)
}

// note adds an event that an effect could touch to the sums of that effect.
func (b *block) note(w *world, p *person, e *event, o *outcome, moved [][effects]bool) {
	i := e.begin.year() - w.firstYear
	y := &b.sums.years[i]
	net := e.net(w.cutoff)
	y.eligible[o.eligible] += net
	if !o.moved {
		return
	}
	y.away[o.eligible] += net
	switch {
	case o.remains:
		y.gained[o.eligible] += o.event.net(w.cutoff)
	case inPilot(p, e.begin):
		y.ended[0][e.code.domain] += net
	default:
		y.ended[1][e.code.domain] += net
	}
	if net > 0 {
		moved[i][o.eligible] = true
	}
}

// involve counts the person once per year and effect, and once per effect.
func (b *block) involve(moved [][effects]bool) {
	var ever [effects]bool
	for i := range moved {
		for e := range effects {
			if moved[i][e] {
				b.sums.years[i].persons[e]++
				ever[e] = true
			}
		}
	}
	for e := range effects {
		if ever[e] {
			b.sums.involved[e]++
		}
	}
}

// claim writes the delivered lines of an event: the debit, its credit, and the new debit after a correction.
func (b *block) claim(w *world, name string, e *event) {
	if e.declared > w.cutoff {
		return
	}
	debit := b.line(w, name, e, e.declared, e.cents, false, 0, "")
	if e.credited == 0 || e.credited > w.cutoff {
		return
	}
	original := w.prefix(e.code.domain, e.declared)
	b.line(w, name, e, e.credited, e.cents, true, debit, original)
	if e.corrected > 0 {
		b.line(w, name, e, e.credited, e.corrected, false, debit, original)
	}
}

// line writes one claim line to the delivery of its year of declaration and gives its number.
func (b *block) line(w *world, name string, e *event, declared day, cents int64, credit bool, previous int64, previousPrefix string) int64 {
	b.next++
	c := e.code
	f := w.claimFile(c.domain, declared)
	r := b.row(f)
	r.text(domainNames[c.domain])
	r.id(w.prefix(c.domain, declared), b.next)
	r.id(previousPrefix, previous)
	sign := int64(1)
	if credit {
		sign = -1
		r.text("C")
	} else {
		r.text("D")
	}
	r.text(name)
	r.text(c.list)
	r.text(c.performance)
	r.text(c.category)
	r.text(e.provider.kind)
	r.text(e.provider.name)
	r.text(c.specialism)
	r.text(c.product)
	r.text(e.referrer)
	r.date(e.begin)
	r.date(e.end)
	r.date(declared)
	r.fixed(e.volume, 3)
	r.text(c.unit)
	r.fixed(cents, 2)
	r.end()
	b.cents[f] += sign * cents
	y := &b.sums.years[e.begin.year()-w.firstYear]
	y.lines[c.domain]++
	y.euros[c.domain] += sign * cents
	return b.next
}

// others writes residence, arrangements and participation of one person.
func (b *block) others(w *world, p *person, name string, h *history, cut []day) {
	for i := range p.residences {
		s := &p.residences[i]
		r := b.row(w.residentFile)
		r.text(name)
		r.text(pseudonym(w.seed, 'h', s.household)[:16])
		r.number(p.birthYear())
		r.text(string(rune(p.sex)))
		r.text(Neighbourhoods[s.place].Code)
		r.date(s.begin)
		r.date(s.end)
		r.text(s.reason)
		r.end()
	}
	for i := range h.spells {
		s := &h.spells[i]
		if !s.granted {
			continue
		}
		f, end, reason := w.grantFile, s.end, s.reason
		if s.code.domain == wlz {
			f = w.wlzGrantFile
		}
		if cut[i] < end {
			end, reason = cut[i], "23"
			if s.code.domain == jeugdwet {
				reason = "34"
			}
		}
		b.next++
		r := b.row(f)
		r.text(domainNames[s.code.domain])
		r.id("TW-", b.next)
		r.text(name)
		r.text(s.code.category)
		r.text(s.code.performance)
		r.date(s.begin)
		r.date(end)
		r.text(reason)
		r.end()
	}
	if j := h.project; j != nil {
		r := b.row(w.projectFile)
		r.text(projectNames[j.project])
		r.text(name)
		r.date(j.begin)
		r.date(j.end)
		r.end()
		b.sums.joined[j.project]++
		b.sums.takers.present(w, p, j)
	}
}

// prefix is the start of the reference of a line that was declared on the given day.
func (w *world) prefix(d domain, declared day) string {
	return w.prefixOf[d][declared.year()-w.firstYear]
}

func makePrefixes(firstYear, n int) (out [domains][]string) {
	for d := range domains {
		for i := range n {
			year := strconv.Itoa(firstYear + i)
			out[d] = append(out[d], prefixes[d]+year[2:]+"-")
		}
	}
	return out
}
