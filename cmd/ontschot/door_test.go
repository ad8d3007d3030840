package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
)

// outcomes are all that a command can end with, and the exit code of each.
var outcomes = []struct {
	name string
	err  error
	code int
}{
	{"done", nil, 0},
	{"any error", errors.New("a fault"), 1},
	{"Internal", &pipeline.Error{Kind: pipeline.Internal, Err: errors.New("a fault")}, 1},
	{"a wrong command line", usageError{errors.New("no such flag")}, 2},
	{"Misuse", &pipeline.Error{Kind: pipeline.Misuse, Err: errors.New("a wrong key")}, 2},
	{"lines in quarantine", errQuarantined, 3},
	{"Refused", &pipeline.Error{Kind: pipeline.Refused, Err: errors.New("a refused file")}, 4},
	{"GateRefused", &pipeline.Error{Kind: pipeline.GateRefused, Err: errors.New("a small cell")}, 5},
	{"Locked", &pipeline.Error{Kind: pipeline.Locked, Err: errors.New("in use")}, 6},
	{"Interrupted", &pipeline.Error{Kind: pipeline.Interrupted, Err: errors.New("stopped")}, 130},
	{"a cancelled context", context.Canceled, 130},
	{"a refusal for want of time", &pipeline.Error{Kind: pipeline.Refused, Err: context.Canceled}, 130},
}

func TestEveryOutcomeHasItsExitCode(t *testing.T) {
	for _, o := range outcomes {
		if got := exitCode(o.err); got != o.code {
			t.Errorf("%s: exit code %d, not %d", o.name, got, o.code)
		}
		if o.err == nil {
			continue
		}
		if got := exitCode(fmt.Errorf("the night: %w", o.err)); got != o.code {
			t.Errorf("%s, wrapped: exit code %d, not %d", o.name, got, o.code)
		}
		if got := exitCode(errors.Join(o.err, errors.New("closing"))); got != o.code {
			t.Errorf("%s, joined: exit code %d, not %d", o.name, got, o.code)
		}
	}
	for kind := pipeline.Internal; kind <= pipeline.Interrupted; kind++ {
		if !slices.ContainsFunc(outcomes, func(o struct {
			name string
			err  error
			code int
		}) bool {
			var e *pipeline.Error
			return errors.As(o.err, &e) && e.Kind == kind
		}) {
			t.Errorf("kind %d has no outcome here", kind)
		}
	}
}

func TestTheHelpListsTheExitCodesThatThereAre(t *testing.T) {
	var inHelp, inCode []int
	for _, m := range regexp.MustCompile(`(?m)^  (\d+) +\S`).FindAllStringSubmatch(newRoot(nil, nil).Long, -1) {
		code, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		inHelp = append(inHelp, code)
	}
	for _, o := range outcomes {
		inCode = append(inCode, exitCode(o.err))
	}
	slices.Sort(inCode)
	if inCode = slices.Compact(inCode); !slices.Equal(inHelp, inCode) {
		t.Errorf("the help has %v, the program %v", inHelp, inCode)
	}
}

func TestEveryCommandShowsAnExample(t *testing.T) {
	var commands func(c *cobra.Command) [][]string
	commands = func(c *cobra.Command) (paths [][]string) {
		if name := c.Name(); name == "help" || name == "completion" { // they come with cobra
			return nil
		}
		paths = append(paths, strings.Fields(c.CommandPath())[1:])
		for _, sub := range c.Commands() {
			paths = append(paths, commands(sub)...)
		}
		return paths
	}
	paths := commands(newRoot(nil, nil))
	if len(paths) < 7 {
		t.Fatalf("only the commands %v", paths)
	}
	for _, path := range paths {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), append(path, "--help"), &stdout, &stderr); code != 0 {
			t.Errorf("%v --help: exit code %d", path, code)
		}
		if !strings.Contains(stdout.String(), "\nExamples:\n  ontschot ") {
			t.Errorf("%v --help shows no example", path)
		}
		if stderr.Len() > 0 {
			t.Errorf("%v --help says on stderr: %s", path, &stderr)
		}
	}
}

func TestEurosAreExact(t *testing.T) {
	for cents, want := range map[int64]string{0: "0.00", 5: "0.05", -5: "-0.05", 1250: "12.50", -123456: "-1234.56"} {
		if got := euros(cents); got != want {
			t.Errorf("%d cents: %s, not %s", cents, got, want)
		}
	}
}

func TestYearsAreOneOrTwo(t *testing.T) {
	for text, want := range map[string][2]int{"2015-2023": {2015, 2023}, "2017": {2017, 2017}} {
		first, last, err := parseYears(text)
		if err != nil || first != want[0] || last != want[1] {
			t.Errorf("%s: %d to %d, %v", text, first, last, err)
		}
	}
	for _, text := range []string{"", "2015-", "-2015", "2015-2016-2017", "gisteren"} {
		if _, _, err := parseYears(text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}
