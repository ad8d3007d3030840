package effect_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/pipeline/analysis/effect"

	"gonum.org/v1/gonum/mat"
)

// comparedInR reads the drawn participants and prints, a line each: the weights of exact matching on the stratum, the
// difference in differences by a weighted regression on side, window and both with its clustered error, and a regression
// with the effects of firms by both conventions.
const comparedInR = `
suppressMessages({library(MatchIt); library(sandwich); library(plm)})
folder <- commandArgs(trailingOnly = TRUE)[1]
shown <- function(name, values) cat(name, sprintf("%.17g", values), "\n")
people <- read.csv(file.path(folder, "people.csv"))
m <- matchit(treated ~ stratum, data = people, method = "cem", cutpoints = list(stratum = 0), k2k = FALSE)
shown("weights", m$weights)
rows <- read.csv(file.path(folder, "windows.csv"))
rows$perYear <- rows$euros / rows$years
fit <- lm(perYear ~ treated * later, data = rows, weights = rows$weight * rows$years)
v <- vcovCL(fit, cluster = rows$person, type = "HC1", cadjust = TRUE)
shown("difference", c(coef(fit)["treated:later"], sqrt(v["treated:later", "treated:later"])))
firms <- read.csv(file.path(folder, "firms.csv"))
within <- plm(y ~ x, data = firms, index = c("firm", "year"), model = "within")
shown("nested", sqrt(vcovHC(within, type = "sss", cluster = "group")["x", "x"]))
dummies <- lm(y ~ x + factor(firm), data = firms)
shown("counted", sqrt(vcovCL(dummies, cluster = firms$firm, type = "HC1", cadjust = TRUE)["x", "x"]))
`

// inR runs the program on a folder and gives what it prints, by the first word of the line.
func inR(t *testing.T, folder string) map[string][]float64 {
	t.Helper()
	rscript, err := exec.LookPath("Rscript")
	if err != nil {
		t.Skip("R is not installed: Rscript with MatchIt, sandwich and plm (Debian: r-cran-matchit r-cran-sandwich r-cran-plm)")
	}
	if err := exec.Command(rscript, "-e", `for (p in c("MatchIt", "sandwich", "plm")) library(p, character.only = TRUE)`).Run(); err != nil {
		t.Skip("R has not all of MatchIt, sandwich and plm (Debian: r-cran-matchit r-cran-sandwich r-cran-plm)")
	}
	file := filepath.Join(folder, "compared.R")
	if err := os.WriteFile(file, []byte(comparedInR), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(rscript, file, folder)
	command.Stderr = os.Stderr
	printed, err := command.Output()
	if err != nil {
		t.Fatalf("R failed: %v\n%s", err, printed)
	}
	answers := map[string][]float64{}
	for line := range strings.Lines(string(printed)) {
		words := strings.Fields(line)
		for _, word := range words[1:] {
			answers[words[0]] = append(answers[words[0]], number(t, word))
		}
	}
	return answers
}

// table writes rows for R.
func table(t *testing.T, folder, name string, rows [][]float64, columns ...string) {
	t.Helper()
	file, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := csv.NewWriter(file)
	lines := [][]string{columns}
	for _, row := range rows {
		var line []string
		for _, v := range row {
			line = append(line, strconv.FormatFloat(v, 'g', -1, 64))
		}
		lines = append(lines, line)
	}
	if err := out.WriteAll(lines); err != nil {
		t.Fatal(err)
	}
}

// TestAgainstR draws people and firms and compares with what MatchIt, sandwich and plm make of them.
func TestAgainstR(t *testing.T) {
	folder, r := t.TempDir(), rand.New(rand.NewPCG(8, 4))
	all := region(r, 600, 80, 0.8)
	sample := effect.Sample{Clusters: len(all)}
	var strata []int
	var people, windows [][]float64
	base, later := window(all, laws, 0, 4), window(all, laws, before, quarters)
	for i, p := range all {
		strata = append(strata, p.age+4*r.IntN(5))
		people = append(people, []float64{float64(of(p.participant)), float64(strata[i])})
		sample.Treated = append(sample.Treated, p.participant)
		sample.Cluster = append(sample.Cluster, i/2) // two of a household
		sample.Weight = append(sample.Weight, 0.2+r.Float64())
		for w, in := range []effect.Window{base, later} {
			if in.Years[i] > 0 {
				windows = append(windows, []float64{float64(of(p.participant)), float64(w), float64(i / 2), sample.Weight[i], in.Years[i], in.Euros[i]})
			}
		}
	}
	firms, years := 12, 9
	x, y := mat.NewDense(firms*years, 1+firms, nil), make([]float64, firms*years)
	var panel [][]float64
	cluster := make([]int, firms*years)
	for f := range firms {
		own := 3 * r.NormFloat64()
		for year := range years {
			row := f*years + year
			x.Set(row, 0, r.NormFloat64()+own/4)
			x.Set(row, 1+f, 1)
			y[row] = 2*x.At(row, 0) + own + r.NormFloat64()*(1+float64(f)/4)
			cluster[row] = f
			panel = append(panel, []float64{y[row], x.At(row, 0), float64(f), float64(year)})
		}
	}
	table(t, folder, "people.csv", people, "treated", "stratum")
	table(t, folder, "windows.csv", windows, "treated", "later", "person", "weight", "years", "euros")
	table(t, folder, "firms.csv", panel, "y", "x", "firm", "year")
	answers := inR(t, folder)

	m, err := effect.Match(strata, sample.Treated)
	if err != nil {
		t.Fatal(err)
	}
	if len(answers["weights"]) != len(m.Weight) {
		t.Fatalf("%d weights for %d people", len(answers["weights"]), len(m.Weight))
	}
	for i, want := range answers["weights"] {
		near(t, fmt.Sprintf("weight %d", i), m.Weight[i], want, 1e-9)
	}
	e, err := sample.Difference(base, later)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the difference in differences", e.Effect, answers["difference"][0], 1e-8*math.Abs(e.Effect))
	near(t, "its error", e.SE(), answers["difference"][1], 1e-8*e.SE())
	fit, err := effect.Regress(x, y, slices.Repeat([]float64{1}, len(y)))
	if err != nil {
		t.Fatal(err)
	}
	// Of coefficients nested in firms plm counts none, not even the constant.
	for convention, counted := range map[string]int{"nested": 1, "counted": firms + 1} {
		e, err := fit.Estimate(0, cluster, firms, counted)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "the error of firms, "+convention, e.SE(), answers[convention][0], 1e-8)
	}
}
