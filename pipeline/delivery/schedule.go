package delivery

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Schedule tells in words when deliveries are due; empty is no schedule. A day that a month does not have is its last day.
//
//	maandelijks, dag 10     every month, on the 10th at the latest
//	per kwartaal, dag 15    on the 15th of the month after every quarter
//	jaarlijks, 1 april      every year, on 1 April
type Schedule string //nolint:recvcheck // what is read needs its address

// UnmarshalTOML reads a schedule from the configuration, and refuses one that says nothing. Its error has the place of the
// value in the file, when the decoder was told to ask for it.
func (s *Schedule) UnmarshalTOML(raw []byte) error {
	text, err := TOMLText(raw, func(text string) error {
		_, err := Schedule(text).read()
		return err
	})
	*s = Schedule(text)
	return err
}

// recurrence is a schedule as numbers: due in every month whose number fits, on this day.
type recurrence struct {
	months int // from one due month to the next
	first  int // the number of a due month, from January as 0, modulo months
	day    int
}

var (
	scheduleWords = regexp.MustCompile(`^(maandelijks|per kwartaal), dag ([0-9]{1,2})$`)
	yearlyWords   = regexp.MustCompile(`^jaarlijks, ([0-9]{1,2}) ([a-z]+)$`)
	monthNames    = []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}
)

const longestMonth = 31

func (s Schedule) read() (recurrence, error) {
	wrong := fmt.Errorf(`%q is no schedule; write "maandelijks, dag 10", "per kwartaal, dag 15" (of the month after the quarter) or "jaarlijks, 1 april"`, string(s))
	r := recurrence{months: 1}
	words := strings.ToLower(strings.TrimSpace(string(s)))
	most := longestMonth
	var day string
	if m := scheduleWords.FindStringSubmatch(words); m != nil {
		day = m[2]
		if m[1] == "per kwartaal" {
			r.months = 3
		}
	} else if m := yearlyWords.FindStringSubmatch(words); m != nil {
		day = m[1]
		r.months, r.first = 12, slices.Index(monthNames, m[2])
		if r.first < 0 {
			return r, wrong
		}
		const leapYear = 2024
		most = daysIn(leapYear*12 + r.first)
	}
	var err error
	if r.day, err = strconv.Atoi(day); err != nil || r.day < 1 || r.day > most {
		return r, wrong
	}
	return r, nil
}

// Overdue tells what should have come by today, a date. A delivery counts for a due day from the first day of its month on, or
// of its year when it is due once a year. delivered is the date of the newest delivery, nil when there never was one: since
// is the first due day after it that went by without a delivery, missed how many did. A source that never delivered is late
// since its last due day. missed is 0 when nothing is late; a due day itself is not late yet.
func (s Schedule) Overdue(delivered *time.Time, today time.Time) (since time.Time, missed int, err error) {
	if s == "" {
		return since, 0, nil
	}
	r, err := s.read()
	if err != nil {
		return since, 0, err
	}
	today = today.UTC().Truncate(24 * time.Hour)
	month := monthOf(today)
	month -= (month - r.first) % r.months
	if !today.After(r.due(month)) {
		month -= r.months
	}
	if delivered == nil {
		return r.due(month), 1, nil
	}
	for ; delivered.Before(r.opens(month)); month -= r.months {
		since, missed = r.due(month), missed+1
	}
	return since, missed, nil
}

// due is the day in a month on which a delivery is due at the latest.
func (r recurrence) due(month int) time.Time { return dayIn(month, min(r.day, daysIn(month))) }

// opens is the first day on which a delivery counts for the due day in a month.
func (r recurrence) opens(month int) time.Time {
	if r.months == 12 {
		month -= month % 12
	}
	return dayIn(month, 1)
}

// Months are counted from January of the year 0.
func monthOf(day time.Time) int { return day.Year()*12 + int(day.Month()) - 1 }

func dayIn(month, day int) time.Time {
	return time.Date(month/12, time.Month(month%12+1), day, 0, 0, 0, 0, time.UTC)
}

func daysIn(month int) int { return dayIn(month+1, 1).AddDate(0, 0, -1).Day() }
