package pipeline

import (
	"strconv"
	"testing"
	"time"
)

func TestATermCountsBack(t *testing.T) {
	for _, c := range []struct {
		term      Term
		now, want string
	}{
		{"1 dag", "2026-03-01", "2026-02-28"},
		{"90 dagen", "2026-11-22", "2026-08-24"},
		{"2 weken", "2026-01-07", "2025-12-24"},
		{"24 maanden", "2026-11-22", "2024-11-22"},
		{"1 maand", "2026-03-31", "2026-02-28"}, // never later than a month ago would be
		{"1 maand", "2024-03-31", "2024-02-29"},
		{"1 maand", "2026-01-31", "2025-12-31"},
		{"13 maanden", "2026-01-31", "2024-12-31"},
		{"1 jaar", "2024-02-29", "2023-02-28"},
		{"4 jaar", "2024-02-29", "2020-02-29"},
		{"7 jaren", "2026-11-22", "2019-11-22"},
	} {
		now, err := time.Parse(time.DateOnly, c.now)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.term.before(now.Add(5 * time.Hour))
		if err != nil || got.Format(time.DateOnly) != c.want {
			t.Errorf("%s before %s is %s, %v; want %s", c.term, c.now, got.Format(time.DateOnly), err, c.want)
		}
	}
	for _, text := range []string{"0 dagen", "-1 dag", "maanden", "24", "24 months", "1.5 jaar", "24maanden", "100000 dagen"} {
		var term Term
		if err := term.UnmarshalTOML([]byte(strconv.Quote(text))); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}
