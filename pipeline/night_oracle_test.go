package pipeline_test

import "testing"

// TestOracleOnSyntheticRegion compares every answer on a synthetic region with the oracle: deliveries split over
// files, credits that come later, persons who move.
func TestOracleOnSyntheticRegion(t *testing.T) {
	region := nightSmall.get(t)
	region.compare(t, nightOracle(t, region.dir))
}
