package disclosure

import (
	"bufio"
	"fmt"
	"math"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// computable is a slow second opinion: elimination with fractions on the hidden unknowns.
func computable(s *system, known []bool) []int {
	var lines [][]*big.Rat
	for _, equation := range s.equations {
		line := make([]*big.Rat, len(s.values))
		for u := range line {
			line[u] = new(big.Rat)
		}
		for _, t := range equation {
			if !known[t.unknown] {
				line[t.unknown].Add(line[t.unknown], new(big.Rat).SetInt64(t.coefficient))
			}
		}
		lines = append(lines, line)
	}
	done := 0
	for u := range s.values {
		at := slices.IndexFunc(lines[done:], func(line []*big.Rat) bool { return line[u].Sign() != 0 })
		if at < 0 {
			continue
		}
		lines[done], lines[done+at] = lines[done+at], lines[done]
		own := lines[done]
		inverse := new(big.Rat).Inv(own[u])
		for _, v := range own {
			v.Mul(v, inverse)
		}
		for i, line := range lines {
			if i == done || line[u].Sign() == 0 {
				continue
			}
			times := new(big.Rat).Set(line[u])
			for j, v := range own {
				if v.Sign() != 0 {
					line[j].Sub(line[j], new(big.Rat).Mul(times, v))
				}
			}
		}
		if done++; done == len(lines) {
			break
		}
	}
	var out []int
	for _, line := range lines[:done] {
		place, n := -1, 0
		for u, v := range line {
			if v.Sign() != 0 {
				place, n = u, n+1
			}
		}
		if n == 1 {
			out = append(out, place)
		}
	}
	slices.Sort(out)
	return out
}

// drawn is a random table of two or three dimensions, at times with a second table over some of it.
func drawn(t *rapid.T) (g *grid, sensitive, given []bool) {
	sizes := rapid.SliceOfN(rapid.IntRange(2, 4), 2, 3).Draw(t, "sizes")
	g = newGrid(sizes, func([]int) int64 {
		return rapid.OneOf(rapid.Int64Range(0, 12), rapid.Int64Range(0, 200)).Draw(t, "value")
	})
	if rapid.Bool().Draw(t, "linked") {
		// a price index ties a new unknown to a cell, and a third table adds up some cells
		cell := rapid.IntRange(0, len(g.values)-1).Draw(t, "cell")
		index := rapid.Int64Range(1, 9).Draw(t, "index")
		g.values, g.signed = append(g.values, g.values[cell]*index), append(g.signed, false)
		g.equations = append(g.equations, []term{{len(g.values) - 1, -1000000}, {cell, index * 1000000}})
	}
	sensitive = g.marked(func(u int) bool { return g.values[u] > 0 && g.values[u] < 10 })
	given = g.marked(func(int) bool { return false })
	return g, sensitive, given
}

func (g *grid) everyRow() [][]int {
	n := 1
	for _, size := range g.sizes {
		n *= size + 1
	}
	rows := (&grid{system: system{values: g.values[:n]}, sizes: g.sizes}).rows()
	for u := n; u < len(g.values); u++ {
		rows = append(rows, []int{u})
	}
	return rows
}

func TestNothingSensitiveIsComputable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, sensitive, given := drawn(t)
		rows := g.everyRow()
		if rapid.Bool().Draw(t, "pairs") {
			var pairs [][]int // rows of two unknowns of the same tables
			for i := 0; i+1 < len(rows); i += 2 {
				pairs = append(pairs, append(slices.Clone(rows[i]), rows[i+1]...))
			}
			rows = pairs
		}
		known := g.readable(rows, g.conceal(rows, sensitive, given), given)
		want := computable(&g.system, known)
		if got := g.exposed(known); !slices.Equal(got, want) {
			t.Fatalf("exposed are %v, with fractions %v", got, want)
		}
		beforehand := computable(&g.system, given)
		for _, u := range want {
			if sensitive[u] && !slices.Contains(beforehand, u) {
				t.Fatalf("the sensitive unknown %d can be computed", u)
			}
		}
	})
}

func TestProvenMeansMet(t *testing.T) {
	glpsol, err := exec.LookPath("glpsol")
	if err != nil {
		t.Skip("glpsol is not here: install glpk-utils for a second opinion on the intervals")
	}
	dir := t.TempDir()
	asked, unproven, tight := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g, sensitive, given := drawn(t)
		var needs []need
		for u, s := range sensitive {
			if s {
				needs = append(needs, need{unknown: u, up: rapid.Int64Range(0, 3).Draw(t, "up"),
					down: rapid.Int64Range(0, 1).Draw(t, "down"), width: rapid.Int64Range(0, 6).Draw(t, "width")})
			}
		}
		singles := g.marked(func(u int) bool { return g.values[u] == 1 && sensitive[u] })
		for i, n := range needs {
			needs[i].alone = singles[n.unknown]
		}
		rows := g.everyRow()
		shown, left := g.protect(rows, sensitive, given, singles, needs, 1000)
		asked, unproven = asked+len(needs), unproven+len(left)
		known := g.readable(rows, shown, given)
		insider := g.marked(func(u int) bool { return known[u] || singles[u] })
		for i, n := range needs {
			if i > 3 || slices.Contains(left, i) {
				continue // a few of each table are enough
			}
			for _, has := range [][]bool{known, insider} {
				if has[n.unknown] {
					continue
				}
				low, high := solved(t, glpsol, dir, &g.system, has, n.unknown)
				v := float64(g.values[n.unknown])
				if high < v+float64(n.up)-1e-6 || low > v-float64(n.down)+1e-6 || high-low < float64(n.width)-1e-6 {
					t.Fatalf("need %+v of %v is called proven, glpsol says %v to %v", n, v, low, high)
				}
				ownLow, ownHigh, err := g.interval(has, n.unknown)
				if ownHigh.infinite {
					ownHigh.value = 1e9 // where glpsol is stopped
				}
				if err != nil || math.Abs(ownLow.value-low) > 1e-6 || math.Abs(ownHigh.value-high) > 1e-6 {
					t.Fatalf("the interval of %d is %v to %v (%v), glpsol says %v to %v", n.unknown, ownLow, ownHigh, err, low, high)
				}
				tight++
			}
		}
	})
	t.Logf("%d needs, %d unproven, %d intervals compared", asked, unproven, tight)
	if unproven*10 > asked {
		t.Errorf("%d of %d needs stay unproven", unproven, asked)
	}
}

// solved asks glpsol for both ends of an interval of whole tables' relaxation.
func solved(t *rapid.T, glpsol, dir string, s *system, known []bool, unknown int) (low, high float64) {
	ends := make([]float64, 0, 2)
	for _, sense := range []string{"Minimize", "Maximize"} {
		var lp strings.Builder
		fmt.Fprintf(&lp, "%s\n goal: x%d\nSubject To\n", sense, unknown)
		for i, equation := range s.equations {
			constant := new(big.Int)
			var terms strings.Builder
			for _, t := range equation {
				if known[t.unknown] {
					continue
				}
				fmt.Fprintf(&terms, " %+d x%d", t.coefficient, t.unknown)
				constant.Add(constant, new(big.Int).Mul(big.NewInt(t.coefficient), big.NewInt(s.values[t.unknown])))
			}
			if terms.Len() > 0 {
				fmt.Fprintf(&lp, " e%d:%s = %s\n", i, terms.String(), constant)
			}
		}
		fmt.Fprintf(&lp, " cap: x%d <= 1000000000\nEnd\n", unknown)
		file, out := filepath.Join(dir, "tables.lp"), filepath.Join(dir, "tables.sol")
		if err := os.WriteFile(file, []byte(lp.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		if text, err := exec.Command(glpsol, "--lp", file, "-w", out).CombinedOutput(); err != nil {
			t.Fatalf("glpsol: %v\n%s", err, text)
		}
		ends = append(ends, objective(t, out))
	}
	return ends[0], ends[1]
}

// objective reads the fifth word behind "s bas" of a solution of glpsol.
func objective(t *rapid.T, path string) float64 {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) == 7 && words[0] == "s" {
			v, err := strconv.ParseFloat(words[6], 64)
			if err != nil || words[4] != "f" {
				t.Fatalf("glpsol found no end: %s", lines.Text())
			}
			return v
		}
	}
	t.Fatal("glpsol wrote no solution")
	return 0
}
