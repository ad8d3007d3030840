package synthetic

import "math"

// purpose keeps the streams of one person apart, so that an effect never shifts another draw.
type purpose uint64

const (
	forHousehold purpose = iota + 1
	forTraits
	forMedical
	forSpells
	forDeclaring
	forDeclaringSupport
	forProject
	forSubstitution
	forDomainShift
	forStacking
	forPeak
)

// stream is a SplitMix64 generator: small, fast and keyed by (seed, index, purpose).
type stream struct{ state uint64 }

func newStream(seed, index uint64, p purpose) stream {
	s := stream{seed}
	s.state = s.next() ^ (index * 0xd1342543de82ef95)
	s.state = s.next() ^ (uint64(p) * 0xaf251af3b0f025b5)
	s.state = s.next()
	return s
}

func (s *stream) next() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// float is uniform in [0, 1).
func (s *stream) float() float64 { return float64(s.next()>>11) / (1 << 53) }

// intn is uniform in [0, n); n must be above zero.
func (s *stream) intn(n int) int { return int(s.float() * float64(n)) }

// chance is true with probability p.
func (s *stream) chance(p float64) bool { return s.float() < p }

// exp is exponential with the given mean.
func (s *stream) exp(mean float64) float64 { return -mean * math.Log(1-s.float()) }

// normal is standard normal (Box-Muller, one of the pair).
func (s *stream) normal() float64 {
	return math.Sqrt(-2*math.Log(1-s.float())) * math.Cos(2*math.Pi*s.float())
}

// skewed is lognormal with mean 1.
func (s *stream) skewed(sigma float64) float64 { return math.Exp(sigma*s.normal() - sigma*sigma/2) }

// poisson counts events with the given mean.
func (s *stream) poisson(mean float64) int {
	if mean <= 0 {
		return 0
	}
	if mean > 30 {
		return max(0, int(math.Round(mean+math.Sqrt(mean)*s.normal())))
	}
	limit, product, n := math.Exp(-mean), s.float(), 0
	for product > limit {
		product *= s.float()
		n++
	}
	return n
}
