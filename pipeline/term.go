package pipeline

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"ontschot/pipeline/delivery"
)

// Term is a length of time in words: "90 dagen", "26 weken", "24 maanden", "7 jaar"; empty is no end.
type Term string //nolint:recvcheck // what is read needs its address

// UnmarshalTOML reads a term from the configuration, and refuses one that says nothing. Its error has the place of the value
// in the file, when the decoder was told to ask for it.
func (t *Term) UnmarshalTOML(raw []byte) error {
	text, err := delivery.TOMLText(raw, func(text string) error {
		_, err := Term(text).before(time.Now())
		return err
	})
	*t = Term(text)
	return err
}

var termWords = regexp.MustCompile(`^([1-9][0-9]{0,4}) (dag|dagen|week|weken|maand|maanden|jaar|jaren)$`)

// before is the first day that is not longer ago than the term, seen from a moment. A month back from a day that the month
// before does not have is the last day of that month.
func (t Term) before(now time.Time) (time.Time, error) {
	m := termWords.FindStringSubmatch(string(t))
	if m == nil {
		return now, fmt.Errorf(`%q is no term; write "24 maanden", or dagen, weken or jaar`, string(t))
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return now, err
	}
	today := now.UTC().Truncate(24 * time.Hour)
	switch m[2] {
	case "dag", "dagen":
		return today.AddDate(0, 0, -n), nil
	case "week", "weken":
		return today.AddDate(0, 0, -7*n), nil
	case "jaar", "jaren":
		n *= 12
	}
	first := time.Date(today.Year(), today.Month()-time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(today.Day(), last)-1), nil
}
