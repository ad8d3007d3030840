package pipeline_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// TestBudgetEqualsTheTruth finds every euro outside claims in the region, and the money of the programme in the pilot.
func TestBudgetEqualsTheTruth(t *testing.T) {
	t.Parallel()
	region := nightSmall.get(t)
	raw, err := os.ReadFile(filepath.Join(region.dir, "waarheid.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Budget []struct {
			Year   int    `json:"jaar"`
			Domain string `json:"domein"`
			Post   string `json:"post"`
			Euros  string `json:"bedrag"`
		} `json:"budget"`
	}
	if err := json.Unmarshal(raw, &truth); err != nil {
		t.Fatal(err)
	}
	planted := map[string]int64{}
	for _, b := range truth.Budget {
		areas := []string{"regio"}
		if b.Post == "programma" {
			areas = append(areas, "pilot")
		}
		for _, area := range areas {
			planted[strconv.Itoa(b.Year)+" "+area+" "+b.Domain+" "+b.Post] += nightCents(t, b.Euros)
		}
	}
	for _, row := range region.table(t, "kosten_buiten_declaraties", []string{"jaar", "gebied", "domein", "post"}, []string{"bedrag"}).Rows {
		if row.Key[1] != "regio" && row.Key[1] != "pilot" {
			continue
		}
		cell := row.Key[0] + " " + row.Key[1] + " " + row.Key[2] + " " + row.Key[3]
		if got := nightCents(t, row.Values["bedrag"]); got != planted[cell] {
			t.Errorf("%s: %s, delivered was %s", cell, oracleEuros(got), oracleEuros(planted[cell]))
		}
		delete(planted, cell)
	}
	for cell, cents := range planted {
		t.Errorf("%s: no row, delivered was %s", cell, oracleEuros(cents))
	}
}
