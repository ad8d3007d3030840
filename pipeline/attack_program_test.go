package pipeline_test

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// attackProgram is a linear program over the numbers that are not known: every point of it is a table that fits all that
// is shown. Values are in euros and persons.
type attackProgram struct {
	names  []int // nodes
	at     map[int]int
	truth  []float64
	low    []float64 // -Inf where a number may be below zero
	rows   []attackLine
	solver attackSolver
	box    []float64 // how far from the truth a number is looked for at least
}

// attackLine is a row of a program: low <= sum of terms <= high.
type attackLine struct {
	terms     map[int]float64 // by variable
	low, high float64
}

// attackSolver finds a point of a program where an objective is largest; false when it does not succeed.
type attackSolver func(p *attackProgram, objective map[int]float64, low, high []float64) ([]float64, bool)

// newAttackProgram puts the numbers in that are not determined exactly.
func newAttackProgram(w *attackWorld, s *attackSystem, fixed map[int]attackVector, solver attackSolver) *attackProgram {
	p := &attackProgram{at: map[int]int{}, solver: solver}
	for _, node := range s.unknown {
		if _, ok := fixed[node]; ok {
			continue
		}
		n := &w.nodes[node]
		p.at[node] = len(p.names)
		p.names = append(p.names, node)
		p.truth = append(p.truth, n.value())
		low := 0.0
		if n.signed() {
			low = math.Inf(-1)
		}
		p.low = append(p.low, low)
		room := 2*math.Abs(n.value()) + 20
		if n.scale == 2 {
			room = 2*math.Abs(n.value()) + 5000
		}
		p.box = append(p.box, room)
	}
	for _, e := range s.equations {
		line := attackLine{terms: map[int]float64{}}
		largest := 0.0
		for _, t := range e.terms {
			if i, ok := p.at[t.node]; ok {
				// Numbers are in different units: an equation is one between their smallest units.
				line.terms[i] = float64(t.coefficient) / attackUnit(w.nodes[t.node].scale)
				largest = max(largest, math.Abs(line.terms[i]))
			}
		}
		p.line(line, largest)
	}
	for _, b := range s.bounds {
		line := attackLine{terms: map[int]float64{}, low: b.low, high: b.high}
		for node, x := range b.terms {
			if i, ok := p.at[node]; ok {
				line.terms[i] = x
			} else {
				line.low, line.high = line.low-x*w.nodes[node].value(), line.high-x*w.nodes[node].value()
			}
		}
		if len(line.terms) > 0 {
			p.rows = append(p.rows, line)
		}
	}
	return p
}

func (p *attackProgram) line(line attackLine, largest float64) {
	if len(line.terms) == 0 {
		return
	}
	total := 0.0
	for i, x := range line.terms {
		line.terms[i] = x / largest
		total += line.terms[i] * p.truth[i]
	}
	line.low, line.high = total, total
	p.rows = append(p.rows, line)
}

// best is a point where the objective is largest, with every number within some times its box around the truth.
func (p *attackProgram) best(objective map[int]float64, times float64) ([]float64, bool) {
	low, high := make([]float64, len(p.names)), make([]float64, len(p.names))
	for i := range p.names {
		low[i] = max(p.low[i], p.truth[i]-times*p.box[i])
		high[i] = p.truth[i] + times*p.box[i]
	}
	point, ok := p.solver(p, objective, low, high)
	return point, ok && p.fits(point)
}

// fits checks a point, so that a mistake of a solver never hides a leak.
func (p *attackProgram) fits(point []float64) bool {
	for _, row := range p.rows {
		sum, size := 0.0, 1.0
		for i, x := range row.terms {
			sum += x * point[i]
			size = max(size, math.Abs(x*point[i]))
		}
		if sum < row.low-1e-6*size || sum > row.high+1e-6*size {
			return false
		}
	}
	for i := range point {
		if point[i] < p.low[i]-1e-6*max(1, p.truth[i]) {
			return false
		}
	}
	return true
}

// attackGLPK asks glpsol.
func attackGLPK(t testing.TB, path string) attackSolver {
	t.Helper()
	dir := t.TempDir()
	problem, solution := filepath.Join(dir, "p.lp"), filepath.Join(dir, "p.sol")
	return func(p *attackProgram, objective map[int]float64, low, high []float64) ([]float64, bool) {
		f, err := os.Create(problem)
		if err != nil {
			t.Fatal(err)
		}
		out := bufio.NewWriter(f)
		p.write(out, objective, low, high)
		if err := out.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command(path, "--lp", problem, "-w", solution, "--tmlim", "2").CombinedOutput(); err != nil {
			t.Fatalf("glpsol: %v\n%s", err, said)
		}
		point, ok := attackSolution(t, solution, len(p.names))
		for i := range point {
			point[i] *= p.unit()
		}
		return point, ok
	}
}

// unit is what the numbers are written in, so that the tolerances of a solver are those of numbers of its size.
func (p *attackProgram) unit() float64 {
	largest := 1e4
	for _, v := range p.truth {
		largest = max(largest, math.Abs(v))
	}
	return largest / 1e4
}

// write gives the program in the format of CPLEX, which glpsol reads.
func (p *attackProgram) write(out io.Writer, objective map[int]float64, low, high []float64) {
	unit := p.unit()
	fmt.Fprintln(out, "Maximize")
	// Every number is in the objective, so that the solution names them in their own order.
	all := make(map[int]float64, len(p.names))
	for i := range p.names {
		all[i] = objective[i]
	}
	attackWriteTerms(out, "doel", all)
	fmt.Fprintln(out, "\nSubject To")
	for n, row := range p.rows {
		if row.low == row.high {
			attackWriteTerms(out, "r"+strconv.Itoa(n), row.terms)
			fmt.Fprintf(out, " = %.16g\n", row.low/unit)
			continue
		}
		if !math.IsInf(row.high, 1) {
			attackWriteTerms(out, "h"+strconv.Itoa(n), row.terms)
			fmt.Fprintf(out, " <= %.16g\n", row.high/unit)
		}
		if !math.IsInf(row.low, -1) {
			attackWriteTerms(out, "l"+strconv.Itoa(n), row.terms)
			fmt.Fprintf(out, " >= %.16g\n", row.low/unit)
		}
	}
	fmt.Fprintln(out, "Bounds")
	for i := range p.names {
		fmt.Fprintf(out, " %.12g <= v%d <= %.16g\n", low[i]/unit, i, high[i]/unit)
	}
	fmt.Fprintln(out, "End")
}

func attackWriteTerms(out io.Writer, name string, terms map[int]float64) {
	fmt.Fprintf(out, " %s:", name)
	for n, i := range attackNodesOf(terms) {
		if n%10 == 9 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, " %+.16g v%d", terms[i], i)
	}
}

// attackSolution reads the file that glpsol writes.
func attackSolution(t testing.TB, path string, n int) ([]float64, bool) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	point := make([]float64, n)
	optimal := false
	for line := range strings.SplitSeq(string(text), "\n") {
		fields := strings.Fields(line)
		switch {
		case len(fields) > 6 && fields[0] == "s":
			optimal = fields[4] == "f" && fields[5] == "f"
		case len(fields) > 3 && fields[0] == "j":
			column, err := strconv.Atoi(fields[1])
			if err != nil || column > n {
				t.Fatalf("glpsol wrote a column %s of %d", fields[1], n)
			}
			if point[column-1], err = strconv.ParseFloat(fields[3], 64); err != nil {
				t.Fatal(err)
			}
		}
	}
	return point, optimal
}
