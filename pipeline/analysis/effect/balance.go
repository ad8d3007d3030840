package effect

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Covariate is a characteristic on which the controls are made equal to the participants.
type Covariate struct {
	Name string // as an error names it
	// Target is the mean of the participants.
	Target float64
	// Values are those of the controls.
	Values []float64
}

// Balancing is the outcome of Balance.
type Balancing struct {
	// Weight is that of every control; they add up to 1.
	Weight []float64
	// Before and After are, per covariate, how far the weighted mean of the controls lies from Target, in standard
	// deviations of the controls, by the base weights and by Weight. Where the controls do not vary it is 0 or infinite.
	Before, After []float64
	// ESS is the effective number of controls.
	ESS float64
	// Steps counts the steps of Newton's method.
	Steps int
}

// UnbalancedError is that no weights make the controls equal to the participants.
type UnbalancedError struct {
	// Covariate is the one furthest beyond all controls or, if each could be reached alone, the one left furthest away.
	Covariate string
	// Gap is how far, in standard deviations of the controls; infinite if they do not vary.
	Gap float64
}

func (e *UnbalancedError) Error() string {
	left := fmt.Sprintf("stays %.2g standard deviations away", e.Gap)
	if math.IsInf(e.Gap, 0) {
		left = "is the same for all controls"
	}
	return fmt.Sprintf("no weights give the controls the mean of the participants: %q %s; "+
		"the base weights are kept; choose fewer characteristics or wider strata", e.Covariate, left)
}

const (
	balanced      = 1e-9 // standard deviations that a mean may stay away
	balancingMost = 200  // steps; it takes about ten where there is an answer
)

// Balance finds the weights of entropy balancing (Hainmueller 2012): those closest to the base weights q, by
// sum w log(w/q), with which the controls have the means of the participants exactly. No base means equal weights. The
// dual, log(sum q exp(lambda'c)), is minimised by Newton's method with Cholesky and halved steps; a covariate that follows
// from the others takes no part but has to come out equal too.
//
// Where there are no such weights it fails with an UnbalancedError, and gives the base weights with what they leave.
func Balance(covariates []Covariate, base []float64, controls int) (Balancing, error) {
	q, err := baseWeights(base, controls)
	if err != nil {
		return Balancing{}, err
	}
	for _, c := range covariates {
		if len(c.Values) != controls {
			return Balancing{}, fmt.Errorf("%q has %d values for %d controls: give one for each", c.Name, len(c.Values), controls)
		}
		if err := errors.Join(finite(c.Name, c.Values), finite(c.Name+" of the participants", []float64{c.Target})); err != nil {
			return Balancing{}, err
		}
	}
	d := newDual(covariates, q)
	kept := Balancing{Weight: q, Before: d.gaps(q), ESS: EffectiveSize(q)}
	kept.After = kept.Before
	weights, steps, solved := d.solve()
	after := d.gaps(weights)
	if !solved || largest(after) > balanced {
		kept.Steps = steps
		worst, gap := d.worst(after)
		return kept, &UnbalancedError{Covariate: covariates[worst].Name, Gap: gap}
	}
	return Balancing{Weight: weights, Before: kept.Before, After: after, ESS: EffectiveSize(weights), Steps: steps}, nil
}

// Equal tells whether weights give the controls the means of the participants, as those of Balance do.
func Equal(covariates []Covariate, weights []float64) bool {
	q, err := baseWeights(weights, len(weights))
	return err == nil && largest(newDual(covariates, q).gaps(q)) <= 1e-5 // negligible weights may have been left out
}

// baseWeights makes the base weights add up to 1.
func baseWeights(base []float64, controls int) ([]float64, error) {
	if controls < 1 {
		return nil, errors.New("there are no controls to weigh")
	}
	if base != nil && len(base) != controls {
		return nil, fmt.Errorf("%d base weights for %d controls: give one for each", len(base), controls)
	}
	if err := shares("base weight", base); err != nil {
		return nil, err
	}
	q := make([]float64, controls)
	var sum float64
	for i := range q {
		q[i] = 1
		if base != nil {
			q[i] = base[i]
		}
		sum += q[i]
	}
	if sum == 0 {
		return nil, errors.New("all base weights are nought: no control is left to weigh")
	}
	for i := range q {
		q[i] /= sum
	}
	return q, nil
}

// dual is the problem in standard deviations from the target.
type dual struct {
	q    []float64
	z    [][]float64 // per covariate and control: (value - target) / spread
	free []int       // the covariates that do not follow from the others
	lack []float64   // per covariate without spread: 0, or infinite if it misses its target
}

func newDual(covariates []Covariate, q []float64) *dual {
	d := &dual{q: q, z: make([][]float64, len(covariates)), lack: make([]float64, len(covariates))}
	var basis [][]float64
	for j, c := range covariates {
		mean := dot(q, c.Values)
		var variance, size float64
		for i, v := range c.Values {
			variance += q[i] * (v - mean) * (v - mean)
			size = max(size, math.Abs(v))
		}
		spread := math.Sqrt(variance)
		d.z[j] = make([]float64, len(q))
		if spread <= 1e-12*size || spread == 0 {
			if math.Abs(mean-c.Target) > 1e-9*max(size, math.Abs(c.Target)) {
				d.lack[j] = math.Inf(1)
			}
			continue
		}
		direction := make([]float64, len(q))
		for i, v := range c.Values {
			d.z[j][i] = (v - c.Target) / spread
			direction[i] = math.Sqrt(q[i]) * (v - mean) / spread
		}
		if basis = independent(basis, direction); len(basis) > len(d.free) {
			d.free = append(d.free, j)
		}
	}
	return d
}

// independent adds a direction of length 1 to an orthogonal basis, unless it lies in it (Gram-Schmidt, twice for precision).
func independent(basis [][]float64, direction []float64) [][]float64 {
	for range 2 {
		for _, b := range basis {
			along := dot(b, direction)
			for i := range direction {
				direction[i] -= along * b[i]
			}
		}
	}
	length := math.Sqrt(dot(direction, direction))
	if length < 1e-7 {
		return basis
	}
	for i := range direction {
		direction[i] /= length
	}
	return append(basis, direction)
}

// gaps is how far each weighted mean is from its target, in spreads.
func (d *dual) gaps(weights []float64) []float64 {
	out := make([]float64, len(d.z))
	for j, z := range d.z {
		out[j] = dot(weights, z) + d.lack[j]
	}
	return out
}

// at gives the value of the dual and its weights for a lambda over the free covariates.
func (d *dual) at(lambda []float64) (value float64, weights []float64) {
	weights = make([]float64, len(d.q))
	most := math.Inf(-1)
	for i := range weights {
		for k, j := range d.free {
			weights[i] += lambda[k] * d.z[j][i]
		}
		if d.q[i] > 0 {
			most = max(most, weights[i])
		}
	}
	var sum float64
	for i := range weights {
		weights[i] = d.q[i] * math.Exp(min(weights[i]-most, 0))
		sum += weights[i]
	}
	for i := range weights {
		weights[i] /= sum
	}
	return most + math.Log(sum), weights
}

// solve takes Newton steps until every free mean is on its target, or shows that this cannot be.
func (d *dual) solve() (weights []float64, steps int, solved bool) {
	k := len(d.free)
	least := math.Inf(1)
	for _, v := range d.q {
		if v > 0 {
			least = min(least, v)
		}
	}
	lambda := make([]float64, k)
	value, weights := d.at(lambda)
	for k > 0 && steps < balancingMost {
		gap := d.freeGaps(weights)
		if largest(gap) < balanced*1e-6 {
			break
		}
		step, ok := d.newton(weights, gap)
		if !ok {
			break
		}
		next, there, better := d.halve(lambda, step, value, gap)
		if !better {
			break
		}
		steps++
		lambda, weights = next, there
		value, _ = d.at(lambda)
		// Weights that reach the targets are no further from q than log(1/q): below that there are none.
		if value < math.Log(least)-1 {
			return weights, steps, false
		}
	}
	return weights, steps, largest(d.freeGaps(weights)) < balanced
}

// worst is the covariate whose target lies furthest beyond all controls or, if each could be reached alone, the one that
// the last step left furthest away.
func (d *dual) worst(after []float64) (worst int, gap float64) {
	for j, z := range d.z {
		low, high := math.Inf(1), math.Inf(-1)
		for i, q := range d.q {
			if q > 0 {
				low, high = min(low, z[i]), max(high, z[i])
			}
		}
		if beyond := max(low, -high, d.lack[j]); beyond > gap {
			worst, gap = j, beyond
		}
	}
	if gap > 0 {
		return worst, gap
	}
	for j, left := range after {
		if math.Abs(left) > gap {
			worst, gap = j, math.Abs(left)
		}
	}
	return worst, gap
}

func (d *dual) freeGaps(weights []float64) []float64 {
	gap := make([]float64, len(d.free))
	for k, j := range d.free {
		gap[k] = dot(weights, d.z[j])
	}
	return gap
}

// newton is the step to the minimum of the local parabola; there is none where too few controls have weight left.
func (d *dual) newton(weights, gap []float64) ([]float64, bool) {
	k := len(d.free)
	hessian := mat.NewSymDense(k, nil)
	for a, ja := range d.free {
		for b, jb := range d.free[:a+1] {
			var sum float64
			for i, w := range weights {
				sum += w * (d.z[ja][i] - gap[a]) * (d.z[jb][i] - gap[b])
			}
			hessian.SetSym(a, b, sum)
		}
	}
	var factor mat.Cholesky
	if !factor.Factorize(hessian) {
		return nil, false
	}
	var step mat.VecDense
	if err := factor.SolveVecTo(&step, mat.NewVecDense(k, gap)); err != nil {
		return nil, false
	}
	return step.RawVector().Data, true
}

// halve halves the step until the dual falls, or, where it is flat within precision, the gaps do.
func (d *dual) halve(lambda, step []float64, value float64, gap []float64) (next, weights []float64, better bool) {
	slope, now := dot(step, gap), largest(gap)
	length := 1.0
	for range 60 {
		next = make([]float64, len(lambda))
		for k := range next {
			next[k] = lambda[k] - length*step[k]
		}
		lower, weights := d.at(next)
		if lower < value-1e-4*length*slope && slope > 1e-12 || largest(d.freeGaps(weights)) < now && lower <= value+1e-12 {
			return next, weights, true
		}
		length /= 2
	}
	return nil, nil, false
}

func largest(values []float64) (most float64) {
	for _, v := range values {
		most = max(most, math.Abs(v))
	}
	return most
}
