package delivery

// threshold says how many values of a kind identify a column: of at least
// distinct different values at least hits, and more than the share in percent. A
// part is a run of different values somewhere in the file, so that a column that
// turns half-way is found; it asks for more.
type threshold struct{ distinct, hits, whole, part int }

var thresholds = [identifiers]threshold{
	citizenNumber: {20, 1, 50, 75},
	bankAccount:   {1, 5, 10, 25},
	emailAddress:  {1, 5, 10, 25},
	phoneNumber:   {1, 5, 10, 25},
	address:       {1, 5, 10, 25},
	postcode:      {1, 5, 50, 75},
	birthDate:     {20, 1, 50, 75},
	personName:    {20, 1, 50, 75},
}

// stemsNeeded is how many different beginnings telephone numbers and postcodes
// show at least; a running number that looks like them has few.
const stemsNeeded = 5

// birthSpread is the number of years that dates of birth span at least and dates
// of care do not.
const birthSpread = 40

// evidence counts different values by kind.
type evidence struct {
	distinct int
	hits     [identifiers]int
	stems    [identifiers][stemsNeeded]uint64
	years    [256]uint16 // of dates, from firstBirthYear
}

func (e *evidence) add(f finding) {
	e.distinct++
	if f.kinds == 0 {
		return
	}
	for kind := range identifiers {
		if !f.kinds.has(kind) {
			continue
		}
		e.hits[kind]++
		for i, known := range e.stems[kind] {
			if known == f.stem {
				break
			}
			if known == 0 {
				e.stems[kind][i] = f.stem
				break
			}
		}
	}
	if year := f.year - firstBirthYear; f.kinds.has(birthDate) && year < len(e.years) {
		e.years[year]++
	}
}

// spread is the number of years between the dates, without the outermost fiftieth
// on both sides: a date that stands for none lies there.
func (e *evidence) spread() int {
	cut := max(1, e.hits[birthDate]/50)
	first, last, below := 0, 0, 0
	for year, n := range e.years {
		if below <= cut && below+int(n) > cut {
			first = year
		}
		if below < e.hits[birthDate]-cut && below+int(n) >= e.hits[birthDate]-cut {
			last = year
		}
		below += int(n)
	}
	return last - first
}

// hashSet holds the hashes of different values.
type hashSet struct {
	slots []uint64 // 0 is free
	count int
}

// add returns false for a hash that is there.
func (s *hashSet) add(hash uint64) bool {
	if 2*s.count >= len(s.slots) {
		old := s.slots
		*s = hashSet{slots: make([]uint64, max(64, 2*len(old)))}
		for _, h := range old {
			if h != 0 {
				s.add(h)
			}
		}
	}
	hash |= 1 // never free
	mask := uint64(len(s.slots) - 1)
	for i := hash >> 32 & mask; ; i = (i + 1) & mask {
		switch s.slots[i] {
		case hash:
			return false
		case 0:
			s.slots[i] = hash
			s.count++
			return true
		}
	}
}

func (s *hashSet) clear() {
	clear(s.slots)
	s.count = 0
}
