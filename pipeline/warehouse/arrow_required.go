//go:build !duckdb_arrow

package warehouse

// Without Arrow there is no load. A constant of the wrong type makes the compiler say so in words.
const _ int = "ontschot must be built with -tags duckdb_arrow: run 'make build', or 'go build -tags duckdb_arrow ./cmd/ontschot'"
