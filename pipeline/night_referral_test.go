package pipeline_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestAReferralIsItsCountDividedByItsTotal reads every value of the sheet back: a share is part of one, and a rate is per 1.000. The
// constant that tells them apart is no count of persons and is not rounded.
func TestAReferralIsItsCountDividedByItsTotal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightSynthetic(t, dir, 900, 2016, 2017, 11)
	f, err := excelize.OpenFile(nightRun(t, dir).night.Workbooks[0], excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // only read
	rows, err := f.GetRows("Verwijzing")
	if err != nil {
		t.Fatal(err)
	}
	const measure, count, total, value = 4, 6, 7, 8
	shares := 0
	for _, row := range rows[7:] {
		var numbers [3]float64
		shown := true
		for i, column := range []int{count, total, value} {
			if numbers[i], err = strconv.ParseFloat(row[column], 64); err != nil {
				shown = false
			}
		}
		if !shown || numbers[1] == 0 {
			continue
		}
		want := numbers[0] / numbers[1]
		if per := 1000 * want; math.Abs(per-numbers[2]) < 1e-3 {
			continue
		}
		if math.Abs(want-numbers[2]) > 1e-3 {
			t.Errorf("%s is %v of %v, and shown as %v", row[measure], numbers[0], numbers[1], numbers[2])
		}
		if numbers[2] > 0 {
			shares++
		}
	}
	if shares == 0 {
		t.Error("no share is shown, nothing was compared")
	}
}
