package synthetic

// day is a date as days since 1970-01-01.
type day int32

// open is the end of a period that still runs.
const open day = 1 << 30

// dateOf makes a day of a calendar date (proleptic Gregorian).
func dateOf(year, month, dom int) day {
	y := year
	if month <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*((month+9)%12)+2)/5 + dom - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return day(era*146097 + doe - 719468)
}

// split gives the calendar date of d.
func (d day) split() (year, month, dom int) {
	z := int(d) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	dom = doy - (153*mp+2)/5 + 1
	month = mp + 3
	if month > 12 {
		month -= 12
	}
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, dom
}

func (d day) year() int { y, _, _ := d.split(); return y }

// monthEnd is the last day of the month that d lies in.
func (d day) monthEnd() day {
	y, m, _ := d.split()
	return nextMonth(y, m) - 1
}

// nextMonth is the first day of the month after the given one.
func nextMonth(year, month int) day {
	if month == 12 {
		return dateOf(year+1, 1, 1)
	}
	return dateOf(year, month+1, 1)
}

// quarter numbers the quarters of all years: 4 × year + 0 … 3.
func (d day) quarter() int {
	y, m, _ := d.split()
	return 4*y + (m-1)/3
}

// quarterStart is the first day of a quarter by that number.
func quarterStart(quarter int) day { return dateOf(quarter/4, 1+3*(quarter%4), 1) }

// appendISO appends d as yyyy-mm-dd.
func (d day) appendISO(b []byte) []byte {
	y, m, n := d.split()
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+n/10), byte('0'+n%10))
}

func (d day) String() string { return string(d.appendISO(nil)) }

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
