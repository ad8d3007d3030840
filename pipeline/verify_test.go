package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// verdict verifies a copy of a workbook, changed or not.
func verdict(t *testing.T, c *Config, path string, change func(f *excelize.File)) (*Verified, error) {
	t.Helper()
	copied := filepath.Join(t.TempDir(), filepath.Base(path))
	raw, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(copied, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		f, err := excelize.OpenFile(copied)
		if err != nil {
			t.Fatal(err)
		}
		change(f)
		if err := errors.Join(f.Save(), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return Verify(context.Background(), c, gateEnv(9, nil), copied)
}

func proves(t *testing.T, c *Config, run string, paths ...string) {
	t.Helper()
	for _, path := range paths {
		v, err := verdict(t, c, path, nil)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		} else if !v.Exact || len(v.Known.Since) > 0 || run != "" && v.Known.Run != run {
			t.Errorf("%s: %+v, not exactly of run %s", path, v, run)
		}
	}
}

// TestVerifyProvesEveryWorkbookOfTheWarehouse: those of a night, of its release, and of a night on more data after it; a changed cell is
// named, and so is an erasure. It leaves nothing behind.
func TestVerifyProvesEveryWorkbookOfTheWarehouse(t *testing.T) {
	t.Parallel()
	c := syntheticRegion(t, 300)
	first, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	kept := t.TempDir() // the next night writes over them
	var ofFirst []string
	for _, path := range first.Workbooks {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		ofFirst = append(ofFirst, filepath.Join(kept, filepath.Base(path)))
		if err := os.WriteFile(ofFirst[len(ofFirst)-1], raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	released, err := Release(context.Background(), c, gateEnv(2, nil), "")
	if err != nil {
		t.Fatal(err)
	}
	header, lines := delivered(t, c, "maastricht", "declaraties_wmo_2016.csv")
	for i, line := range lines[:60] {
		last := strings.LastIndex(line, ";") + 1
		lines[i] = line[:last] + "1" + line[last:] // another amount
	}
	deliver(t, c, "maastricht", "declaraties_later.csv", header, lines[:60])
	second, err := gateNight(c, 3, nil)
	if err == nil && len(second.Loaded) != 1 {
		err = errors.New("nothing was loaded")
	}
	if err != nil {
		t.Fatal(err)
	}
	proves(t, c, "", ofFirst[0])
	proves(t, c, "", released.Workbooks[1])
	proves(t, c, second.Run, second.Workbooks...)

	v, err := verdict(t, c, ofFirst[0], func(f *excelize.File) {
		if err := f.SetCellInt("Kerncijfers", "C8", 123); err != nil {
			t.Fatal(err)
		}
	})
	if KindOf(err) != Differs || v.Count != 1 || !strings.Contains(err.Error(), `Kerncijfers!C8: has "123", was made as `) {
		t.Errorf("a changed cell: %v", err)
	}
	if _, err := verdict(t, c, ofFirst[0], func(*excelize.File) {}); KindOf(err) != Differs || !strings.Contains(err.Error(), "is as it was made") {
		t.Errorf("saved by another program: %v", err)
	}

	_, people := delivered(t, c, "maastricht", "bevolking.csv")
	gone, _, _ := strings.Cut(people[0], ";")
	if _, err := Erase(context.Background(), c, gateEnv(4, nil), strings.NewReader(gone+"\n"), "lijst"); err != nil {
		t.Fatal(err)
	}
	v, err = verdict(t, c, second.Workbooks[0], nil)
	if err == nil || v == nil || len(v.Known.Since) != 1 || v.Known.Since[0] != erasedSince {
		t.Errorf("after an erasure: %+v, %v", v, err)
	}
	if left, _ := filepath.Glob(filepath.Join(c.WorkDir(), ".peil-*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// TestVerifyNamesWhatItCannotProve: a workbook of another warehouse, with a delivery that is not in this one, and what is no workbook.
func TestVerifyNamesWhatItCannotProve(t *testing.T) {
	t.Parallel()
	c := syntheticRegion(t, 300)
	first, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	other := syntheticRegion(t, 300)
	if err := os.Remove(filepath.Join(other.WorkDir(), "aanlevering", "maastricht", "budget.csv")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(other.WorkDir(), "aanlevering", "maastricht", "budget.manifest.toml")); err != nil {
		t.Fatal(err)
	}
	if _, err := verdict(t, other, first.Workbooks[0], nil); KindOf(err) != Misuse {
		t.Errorf("without a warehouse: %v", err)
	}
	if _, err := gateNight(other, 1, nil); err != nil {
		t.Fatal(err)
	}
	_, err = verdict(t, other, first.Workbooks[0], nil)
	if KindOf(err) != Differs || !strings.HasSuffix(err.Error(), "these are not in this warehouse: budget.csv") {
		t.Errorf("of another warehouse: %v", err)
	}
	if _, err := Verify(context.Background(), c, gateEnv(9, nil), filepath.Join(c.WorkDir(), "ontschot.toml")); KindOf(err) != Misuse {
		t.Errorf("no workbook: %v", err)
	}
}
