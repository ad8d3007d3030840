# Ontschot. 'make help' lists the targets.

# The version of the linter is pinned here; it is built from source once and then cached.
LINT   := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
# The grammar of Trino that 'make trino' parses the queries with.
TRINO  := dt-sql-parser@4.5.1
# What finds known vulnerabilities is pinned; its database is that of today.
VULN   := go run golang.org/x/vuln/cmd/govulncheck@v1.9.0
TAGS   := -tags duckdb_arrow
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo onbekend)
FUZZTIME ?= 20000x
BUILD  := go build $(TAGS) -trimpath -ldflags "-X main.version=$(VERSION)"

.DEFAULT_GOAL := help
.PHONY: help run test build demo fmt vet lint trino vuln catalogue ci bench bench-parts fuzz seeds montecarlo test-r crash clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

run: build demo ## the main job: build, make a synthetic region in demo/, run the night on it
	@bin/ontschot run -c demo/ontschot.toml

test: ## all tests
	go test $(TAGS) -timeout 45m ./...

build: ## bin/ontschot
	@$(BUILD) -o bin/ontschot ./cmd/ontschot

demo: build ## the synthetic region: 30,000 people in 12 buurten, 2015-2023
	@test -e demo/ontschot.toml || bin/ontschot demo demo

fmt: ## format the code
	gofmt -w cmd pipeline queries

vet: ## what the compiler does not say
	go vet $(TAGS) ./...

lint: ## format and all linters, without changing anything
	@test -z "$$(gofmt -l cmd pipeline queries)" || { gofmt -l cmd pipeline queries; echo "run 'make fmt'"; exit 1; }
	$(LINT) run

trino: ## parse every query with a grammar of Trino; passes, saying so, where Node 20.11 or the package is not to be had
	@mkdir -p bin/trino
	@if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || a == 20 && b > 10 ? 0 : 1)' 2>/dev/null \
		|| ! command -v npm >/dev/null; then \
		echo "trino: skipped, for want of Node 20.11 or later with npm"; \
	elif ! npm install --prefix bin/trino --no-save --no-audit --no-fund --ignore-scripts --prefer-offline \
		--fetch-retries=1 --fetch-timeout=30000 $(TRINO) >bin/trino.log 2>&1; then \
		echo "trino: skipped, for want of the package $(TRINO); bin/trino.log says why"; \
	else \
		node queries/trino.mjs bin/trino; \
	fi

vuln: ## known vulnerabilities in what the program calls; passes, saying so, where their database cannot be reached
	@mkdir -p bin
	@if $(VULN) $(TAGS) ./... >bin/vuln.log 2>&1; then \
		tail -n 1 bin/vuln.log; \
	elif grep -qE '^govulncheck: fetching vulnerabilities: |^go: .*(dial tcp|no such host|timeout)' bin/vuln.log; then \
		echo "vuln: skipped, for want of vuln.go.dev or the module proxy; bin/vuln.log says why"; \
	else \
		cat bin/vuln.log; exit 1; \
	fi

catalogue: ## write queries/README.md anew from the headers of the queries
	go test $(TAGS) -count=1 -run '^TestReadme$$' ./queries -update

# A number of files, not a time: at the end of a time go test may fail for want of it.
ci: FUZZTIME := 300x
ci: vet lint vuln trino test fuzz run ## what CI does

bench: build ## the load of 20 million lines beside DuckDB's own, a night of 100,000 people x 9 years, and the queries on 1 to 10 million lines: seconds, lines per second, peak memory
	@go test $(TAGS) -count=1 -run '^$$' -bench '^Benchmark(Load|Night|LaterNights|Indicators)$$' -benchtime 1x -timeout 120m ./pipeline

bench-parts: build ## the load of 200 million lines as .csv.zst; takes 30 GB of disk
	@go test $(TAGS) -count=1 -run '^$$' -bench '^BenchmarkParts$$' -benchtime 1x -timeout 240m ./pipeline

fuzz: ## a longer look for files that break a reader, FUZZTIME=20000x for each format
	@for f in CSV Gzip Zstd Parquet ArrowFile ArrowStream Manifest; do \
		echo "Fuzz$$f"; \
		go test $(TAGS) -run '^$$' -fuzz "^Fuzz$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x ./pipeline/delivery || exit 1; \
	done
	@for f in XML ReadBack; do \
		echo "Fuzz$$f"; \
		go test $(TAGS) -run '^$$' -fuzz "^Fuzz$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x ./pipeline/report || exit 1; \
	done

seeds: ## the oracle against the program on 200 random regions
	ONTSCHOT_SEEDS=200 go test $(TAGS) -count=1 -run Oracle -timeout 60m ./pipeline

montecarlo: ## how often a goal is called reached, or an effect shown, in 1,000 random regions where nothing happens: about 5%; and how often an interval holds the truth: about 95%
	ONTSCHOT_REGIONS=1000 go test $(TAGS) -count=1 -run Montecarlo -v -timeout 60m ./queries ./pipeline/analysis/...

test-r: ## the estimates beside those of R, where it is installed with MatchIt, sandwich and plm; else it says that it skips
	go test $(TAGS) -count=1 -run AgainstR -v ./pipeline/analysis/effect

crash: ## kill -9 at 100 random moments of a load, and of a night on 20,000 people, and full disks
	ONTSCHOT_KILLS=100 ONTSCHOT_PEOPLE=20000 go test $(TAGS) -count=1 -run 'Killed|StopsTheLoad' -v -timeout 180m ./cmd/ontschot

clean: ## remove what was built and made
	rm -rf bin demo testdata/vektis/werk
