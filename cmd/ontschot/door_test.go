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
	{"Differs", &pipeline.Error{Kind: pipeline.Differs, Err: errors.New("another cell")}, 7},
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
			e, ok := errors.AsType[*pipeline.Error](o.err)
			return ok && e.Kind == kind
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
	commands := ownCommands(newRoot(nil, nil))
	if len(commands) < 7 {
		t.Fatalf("only %d commands", len(commands))
	}
	for _, c := range commands {
		var stdout, stderr bytes.Buffer
		args := strings.Fields(c.CommandPath() + " --help")[1:]
		if code := run(t.Context(), args, &stdout, &stderr); code != 0 {
			t.Errorf("%v: exit code %d", args, code)
		}
		if !strings.Contains(stdout.String(), "\nExamples:\n  ") {
			t.Errorf("%v shows no example", args)
		}
		if stderr.Len() > 0 {
			t.Errorf("%v says on stderr: %s", args, &stderr)
		}
	}
}

func TestTheExamplesAreCommandsThatFit(t *testing.T) {
	for _, c := range ownCommands(newRoot(nil, nil)) {
		for line := range strings.Lines(c.Example) {
			line, _, _ = strings.Cut(line, "#")
			words := strings.Fields(line)
			if len(words) == 0 || words[0] != "ontschot" {
				continue // what a user does beside it
			}
			command, rest, err := newRoot(nil, nil).Find(words[1:])
			if err == nil {
				err = command.ParseFlags(rest)
			}
			if err == nil {
				err = command.ValidateArgs(command.Flags().Args())
			}
			if err != nil || !command.Runnable() {
				t.Errorf("the help of %s shows %q: %v", c.CommandPath(), strings.TrimSpace(line), err)
			}
		}
	}
}

// ownCommands are all commands but those that come with cobra.
func ownCommands(c *cobra.Command) []*cobra.Command {
	if c.Name() == "help" || c.Name() == "completion" {
		return nil
	}
	all := []*cobra.Command{c}
	for _, sub := range c.Commands() {
		all = append(all, ownCommands(sub)...)
	}
	return all
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
