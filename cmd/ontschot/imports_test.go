package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// stages stand in the order in which they may know each other: a stage imports earlier ones only.
var stages = []string{"delivery", "warehouse", "analysis", "disclosure", "report"}

// listed is what the go command knows of a package.
type listed struct {
	ImportPath    string
	Imports, Deps []string
}

func TestImportsRunOneWay(t *testing.T) {
	packages := listPackages(t)
	const root = "ontschot/pipeline"
	forbid := func(from string, where []string, what string) {
		t.Helper()
		if slices.ContainsFunc(where, func(i string) bool { return i == what || strings.HasPrefix(i, what+"/") }) {
			t.Errorf("%s imports %s", from, what)
		}
	}
	for i, stage := range stages {
		p, ok := packages[root+"/"+stage]
		if !ok {
			t.Fatalf("there is no package %s", stage)
		}
		if slices.Contains(p.Deps, root) {
			t.Errorf("%s imports the pipeline", stage)
		}
		forbid(stage, p.Deps, "ontschot/cmd")
		forbid(stage, p.Deps, root+"/synthetic")
		for _, later := range stages[i+1:] {
			forbid(stage, p.Deps, root+"/"+later)
		}
	}
	for _, dep := range packages[root+"/synthetic"].Deps {
		if dep == root || strings.HasPrefix(dep, root+"/") || dep == "ontschot/queries" {
			t.Errorf("synthetic imports %s: what checks the program may not be made of it", dep)
		}
	}
	for _, stage := range []string{"delivery", "disclosure", "report"} {
		forbid(stage, packages[root+"/"+stage].Deps, "github.com/duckdb")
		forbid(stage, packages[root+"/"+stage].Imports, "database/sql")
	}
	forbid("disclosure", packages[root+"/disclosure"].Deps, "github.com/xuri/excelize")
	for _, files := range []string{"os", "io/fs", "io/ioutil"} {
		if slices.Contains(packages[root+"/disclosure"].Imports, files) {
			t.Errorf("disclosure imports %s: it knows no files", files)
		}
	}
	for path, p := range packages {
		if path != "ontschot/cmd/ontschot" {
			forbid(path, p.Deps, "github.com/spf13/cobra")
		}
	}
}

func listPackages(t *testing.T) map[string]listed {
	t.Helper()
	c := exec.Command("go", "list", "-tags", "duckdb_arrow", "-json=ImportPath,Imports,Deps", "./...")
	c.Dir = "../.."
	out, err := c.Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("go list: %v: %s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	packages := map[string]listed{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatal(err)
		}
		packages[p.ImportPath] = p
	}
}

func TestABuildWithoutTheTagSaysWhatToDo(t *testing.T) {
	if testing.Short() {
		t.Skip("builds")
	}
	c := exec.Command("go", "build", "-tags=", "./pipeline/warehouse")
	c.Dir = "../.."
	out, err := c.CombinedOutput()
	if err == nil {
		t.Fatal("it builds")
	}
	if !strings.Contains(string(out), "-tags duckdb_arrow") || !strings.Contains(string(out), "make build") {
		t.Errorf("it fails without saying what to do:\n%s", out)
	}
}
