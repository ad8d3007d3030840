package delivery

import (
	"strconv"
	"testing"
	"time"
)

func TestAScheduleTellsWhatIsOverdue(t *testing.T) {
	for _, c := range []struct {
		schedule                Schedule
		delivered, today, since string // delivered "" is never, since "" is in time
		missed                  int
	}{
		{"", "", "2026-11-22", "", 0},
		{"maandelijks, dag 10", "2026-11-09", "2026-11-22", "", 0},
		{"maandelijks, dag 10", "2026-11-01", "2026-11-22", "", 0},
		{"maandelijks, dag 10", "2026-10-31", "2026-11-22", "2026-11-10", 1},
		{"maandelijks, dag 10", "2026-10-31", "2026-11-10", "", 0}, // the day itself is in time
		{"maandelijks, dag 10", "2026-10-31", "2026-11-11", "2026-11-10", 1},
		{"maandelijks, dag 10", "2026-10-12", "2026-11-22", "2026-11-10", 1}, // late for October, and none for November
		{"maandelijks, dag 10", "2026-08-05", "2026-11-22", "2026-09-10", 3},
		{"maandelijks, dag 10", "", "2026-11-22", "2026-11-10", 1},
		{"maandelijks, dag 10", "", "2026-11-10", "2026-10-10", 1},
		{"maandelijks, dag 10", "2025-12-10", "2026-01-05", "", 0}, // over the end of a year
		{"maandelijks, dag 10", "2025-12-10", "2026-01-11", "2026-01-10", 1},
		{"maandelijks, dag 10", "2027-01-01", "2026-11-22", "", 0}, // dated in the future
		// The last day of a month that is shorter.
		{"maandelijks, dag 31", "2026-03-31", "2026-04-30", "", 0},
		{"maandelijks, dag 31", "2026-03-31", "2026-05-01", "2026-04-30", 1},
		{"maandelijks, dag 30", "2023-01-30", "2023-03-01", "2023-02-28", 1},
		{"maandelijks, dag 30", "2024-01-30", "2024-02-29", "", 0},
		{"maandelijks, dag 30", "2024-01-30", "2024-03-01", "2024-02-29", 1},
		{"maandelijks, dag 29", "2000-01-30", "2000-03-01", "2000-02-29", 1},
		{"maandelijks, dag 29", "2100-01-30", "2100-03-01", "2100-02-28", 1}, // no leap year
		// Of the month after the quarter.
		{"per kwartaal, dag 15", "2026-10-03", "2026-11-22", "", 0},
		{"per kwartaal, dag 15", "2026-09-30", "2026-10-15", "", 0},
		{"per kwartaal, dag 15", "2026-09-30", "2026-10-16", "2026-10-15", 1},
		{"per kwartaal, dag 15", "2026-01-20", "2026-12-31", "2026-04-15", 3},
		{"per kwartaal, dag 15", "", "2026-01-15", "2025-10-15", 1},
		{"per kwartaal, dag 31", "2026-01-01", "2026-05-01", "2026-04-30", 1},
		// Once a year, from the first of January on.
		{"jaarlijks, 1 april", "2026-01-01", "2026-04-02", "", 0},
		{"jaarlijks, 1 april", "2025-12-31", "2026-04-01", "", 0},
		{"jaarlijks, 1 april", "2025-12-31", "2026-04-02", "2026-04-01", 1},
		{"jaarlijks, 1 april", "2023-05-01", "2026-03-31", "2024-04-01", 2},
		{"jaarlijks, 29 februari", "2025-12-31", "2026-03-01", "2026-02-28", 1},
		{"jaarlijks, 29 februari", "2023-12-31", "2024-02-29", "", 0},
		{"jaarlijks, 31 december", "2026-02-01", "2026-12-31", "", 0},
		{"Jaarlijks, 31 December", "2025-02-01", "2027-01-01", "2026-12-31", 1},
	} {
		var delivered *time.Time
		if c.delivered != "" {
			day := calendarDay(t, c.delivered)
			delivered = &day
		}
		since, missed, err := c.schedule.Overdue(delivered, calendarDay(t, c.today).Add(3*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		if missed > 0 {
			told = since.Format(time.DateOnly)
		}
		if told != c.since || missed != c.missed {
			t.Errorf("%q, delivered on %q, on %s: late since %q, %d missed; want %q, %d", c.schedule, c.delivered, c.today, told, missed, c.since, c.missed)
		}
	}
}

func TestAScheduleThatSaysNothingIsRefused(t *testing.T) {
	for _, text := range []string{
		"maandelijks", "maandelijks, dag", "maandelijks, dag 0", "maandelijks, dag 32", "maandelijks, dag -1", "maandelijks dag 10", "elke maand", "wekelijks, dag 1",
		"per kwartaal, 10", "per kwartaal, dag 99", "jaarlijks", "jaarlijks, april", "jaarlijks, 1 floreal", "jaarlijks, 31 april", "jaarlijks, 30 februari", "jaarlijks, 0 mei",
	} {
		var s Schedule
		if err := s.UnmarshalTOML([]byte(strconv.Quote(text))); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

func calendarDay(t *testing.T, text string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}
