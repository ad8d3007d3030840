package pipeline_test

import (
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// nightAttack is the region that is attacked: 3,000 inhabitants in two years for every day, and with ONTSCHOT_ATTACK
// as many as that says in the years of the demo.
var nightAttack = nightShared{make: func(t testing.TB, dir string) {
	if people := numberFromEnv(t, "ONTSCHOT_ATTACK", 0); people > 0 {
		nightSynthetic(t, dir, people, 2015, 2023, 1)
		return
	}
	nightSynthetic(t, dir, 3000, 2017, 2018, 2)
}}

var attackOnce struct {
	sync.Once
	world *attackWorld
	books []attackBook
	files []string
}

// attackedWorld is what an attacker makes of the workbooks of both recipients together.
func attackedWorld(t testing.TB) (*attackWorld, []attackBook, []string) {
	t.Helper()
	region := nightAttack.get(t)
	attackOnce.Do(func() {
		truth := attackTruth(t, region)
		words := attackDictionary(t, truth)
		for _, name := range []string{"vgz", "gemeente"} {
			file := filepath.Join(region.dir, "rapporten", "arrangementenmonitor-"+name+".xlsx")
			attackOnce.files = append(attackOnce.files, file)
			attackOnce.books = append(attackOnce.books, attackReadBook(t, file, words))
		}
		world := newAttackWorld(t, region, truth, attackOnce.books)
		world.show(attackOnce.books)
		attackOnce.world = world
	})
	if attackOnce.world == nil {
		t.Fatal("the workbooks could not be read in an earlier test")
	}
	return attackOnce.world, attackOnce.books, attackOnce.files
}

// attackSolverHere is glpsol where it is installed, and the attacker's own simplex elsewhere.
func attackSolverHere(t testing.TB) (attackSolver, string) {
	t.Helper()
	if path, err := exec.LookPath("glpsol"); err == nil {
		return attackGLPK(t, path), "glpsol"
	}
	return attackSimplex, "the own simplex"
}

// attackPrograms is how many numbers get programs of their own: a few for every day.
func attackPrograms(t testing.TB) int {
	if numberFromEnv(t, "ONTSCHOT_ATTACK", 0) > 0 {
		return 60
	}
	return 10
}

// TestAttack computes what can be derived from the workbooks of both recipients together. Every number that is shown is
// taken to be known exactly, which is more than what is printed says.
func TestAttack(t *testing.T) {
	t.Parallel()
	w, _, _ := attackedWorld(t)
	solver, name := attackSolverHere(t)
	known := w.shown()
	found := w.attack(known, w.targets(known), attackOptions{}, solver, attackPrograms(t))
	t.Logf("%d numbers are hidden, %d of them rest on 1 to 9 persons; %d pieces, the largest of %d numbers; %d programs by %s, %d numbers left to elimination alone",
		found.hidden, found.targets, found.systems, found.largest, found.programs, name, len(found.unsolved))
	for _, m := range slices.Sorted(maps.Keys(found.narrow)) {
		t.Logf("%s: the smallest interval found to remain is %.2f", m, found.narrow[m])
	}
	w.report(t, found)
	alone := w.attack(w.singles(known), w.targets(w.singles(known)), attackOptions{}, nil, 0)
	t.Logf("if everybody who is alone in a number told it, %d others could be computed", max(0, len(alone.leaks)-found.exact()))
	// Who also knows how many people moved within the year gets no further.
	moved := w.attack(known, w.targets(known), attackOptions{loose: true}, nil, 0)
	if len(moved.leaks) > found.exact() {
		t.Errorf("with the numbers of people who moved, %d hidden numbers can be computed", len(moved.leaks))
	}
}

// report fails for what an attacker found: what it is and from which equations, never what it is worth.
func (w *attackWorld) report(t testing.TB, found attackFound) {
	t.Helper()
	const most = 25
	shown, absent := 0, 0
	for _, leak := range found.leaks {
		n := &w.nodes[leak.node]
		if leak.absent && !leak.exact {
			absent++ // that few persons have a combination that is left out is what leaving it out says
			continue
		}
		if shown++; shown > most {
			continue
		}
		if leak.exact {
			t.Errorf("%s, by %d persons, can be computed (cells %v):\n\t%s", n, n.fewest(), n.cells, strings.Join(leak.equations, "\n\t"))
			continue
		}
		t.Errorf("%s, by %d persons, is known within %.2f (cells %v)", n, n.fewest(), leak.high-leak.low, n.cells)
	}
	if shown > most {
		t.Errorf("and %d numbers more", shown-most)
	}
	t.Logf("%d numbers in rows that are left out are known within less than 5 persons or 10%%", absent)
	if path := os.Getenv("ONTSCHOT_ATTACK_LOG"); path != "" && len(found.leaks) > 0 {
		w.log(t, path, found)
	}
}

// TestAttackIsSharp attacks the same region with nothing hidden beside the cells of few persons: an attacker who finds
// nothing there finds nothing anywhere.
func TestAttackIsSharp(t *testing.T) {
	t.Parallel()
	w, _, _ := attackedWorld(t)
	known := w.threshold(10)
	targets := w.targets(known)
	found := w.attack(known, targets, attackOptions{}, nil, 0)
	perTable := map[string]int{}
	for _, leak := range found.leaks {
		perTable[w.nodes[leak.node].cells[0].table]++
	}
	t.Logf("%d of %d numbers by 1 to 9 persons can be computed: %v", len(found.leaks), len(targets), perTable)
	for _, table := range []string{
		"arrangementen", "kosten_per_domein", "kosten_per_zorgsoort", "specialistische_zorg", "stapeling_personen", "stroom_personen", "verschuiving_lijn",
	} {
		if perTable[table] == 0 {
			t.Errorf("%s: nothing is found of what hides behind a threshold alone", table)
		}
	}
}

// TestAttackKnowsTheRegion: what the attacker takes to add up does, but for people who moved.
func TestAttackKnowsTheRegion(t *testing.T) {
	t.Parallel()
	w, _, _ := attackedWorld(t)
	loose := map[string]int{}
	for _, e := range w.equations {
		if why, _, _ := strings.Cut(e.why, ":"); e.loose {
			loose[why]++
		}
	}
	if len(w.equations) < 10_000 {
		t.Errorf("there are only %d equations", len(w.equations))
	}
	for why, n := range loose {
		if why != "gebieden" {
			t.Errorf("%s: %d equations do not hold", why, n)
		}
	}
	if len(w.dropped) > 0 {
		t.Errorf("ratios that are not what the attacker takes them for: %v", w.dropped)
	}
}

// TestAttackSolversAgree compares both solvers on random tables with margins.
func TestAttackSolversAgree(t *testing.T) {
	t.Parallel()
	path, err := exec.LookPath("glpsol")
	if err != nil {
		t.Skip("glpsol is not installed (Debian: glpk-utils)")
	}
	glpk := attackGLPK(t, path)
	draw := rand.New(rand.NewPCG(3, 4))
	for round := range 30 {
		p := attackRandomTable(draw, 3+round%4, 3+round%3)
		for i := range p.names {
			for _, sign := range []float64{1, -1} {
				one, ok := p.with(glpk).best(map[int]float64{i: sign}, 1)
				two, fine := p.with(attackSimplex).best(map[int]float64{i: sign}, 1)
				if !ok || !fine || math.Abs(one[i]-two[i]) > 1e-5 {
					t.Fatalf("round %d, number %d: glpsol found %v (%v), the simplex %v (%v)", round, i, one, ok, two, fine)
				}
			}
		}
	}
}

func (p *attackProgram) with(s attackSolver) *attackProgram {
	other := *p
	other.solver = s
	return &other
}

// attackRandomTable is a table of which the margins are known and some cells are shown.
func attackRandomTable(draw *rand.Rand, rows, columns int) *attackProgram {
	p := &attackProgram{}
	at := map[[2]int]int{}
	for r := range rows {
		for c := range columns {
			if draw.IntN(4) > 0 {
				at[[2]int{r, c}] = len(p.names)
				p.names = append(p.names, len(p.names))
				p.truth = append(p.truth, float64(draw.IntN(40)))
				p.low = append(p.low, 0)
				p.box = append(p.box, 100)
			}
		}
	}
	line := func(in func(cell [2]int) bool) {
		terms := map[int]float64{}
		for cell, i := range at {
			if in(cell) {
				terms[i] = 1
			}
		}
		if len(terms) > 0 {
			p.line(attackLine{terms: terms}, 1)
		}
	}
	for r := range rows {
		line(func(cell [2]int) bool { return cell[0] == r })
	}
	for c := range columns {
		line(func(cell [2]int) bool { return cell[1] == c })
	}
	// And a sum of two cells that is known only nearly.
	if len(p.names) > 1 {
		sum := p.truth[0] + p.truth[1]
		p.rows = append(p.rows, attackLine{map[int]float64{0: 1, 1: 1}, sum - 3, sum + 2})
	}
	return p
}

// TestUnzipped reads every part of both workbooks: no cell of few persons holds a number, and no amount that is hidden
// stands anywhere.
func TestUnzipped(t *testing.T) {
	t.Parallel()
	w, books, files := attackedWorld(t)
	for i, file := range files {
		for n, wrong := range attackUnzip(t, w, file, books[i]) {
			if n == 25 {
				t.Errorf("%s: and more", filepath.Base(file))
				break
			}
			t.Errorf("%s: %s", filepath.Base(file), wrong)
		}
	}
}
