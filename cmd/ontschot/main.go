// Command ontschot is the nightly batch behind the arrangementenmonitor. This
// package is the door: flags in, exit code out.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
)

func main() {
	signal.Ignore(syscall.SIGXFSZ) // a file that may not grow is an error to tell, not a death
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program as a function: it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	// Whatever is made holds data about people: for its owner only.
	syscall.Umask(0o077)
	root := newRoot(stdout, stderr)
	root.SetArgs(args)
	err := interrupted(ctx, root.ExecuteContext(ctx))
	if err != nil && !errors.Is(err, errQuarantined) {
		fmt.Fprintln(stderr, "ontschot: "+err.Error())
	}
	return exitCode(err)
}

// interrupted calls a failure after a signal by its name: the database and the
// system have their own words for it. A night that says so itself keeps its text.
func interrupted(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil {
		return err
	}
	if told, ok := errors.AsType[*pipeline.Error](err); ok && told.Kind == pipeline.Interrupted {
		return err
	}
	return &pipeline.Error{Kind: pipeline.Interrupted, Err: errors.New("interrupted")}
}

// errQuarantined is a night that is done, with lines in quarantine.
var errQuarantined = errors.New("lines of tonight's deliveries are in quarantine")

// usageError is a command line that does not fit.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }

// exitCode is the one place that turns an outcome into an exit code.
func exitCode(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errQuarantined):
		return 3
	case errors.As(err, &usage):
		return 2
	}
	switch pipeline.KindOf(err) {
	case pipeline.Misuse:
		return 2
	case pipeline.Refused:
		return 4
	case pipeline.GateRefused:
		return 5
	case pipeline.Locked:
		return 6
	case pipeline.Differs:
		return 7
	case pipeline.Interrupted:
		return 130
	default:
		return 1
	}
}

const exitCodes = `Exit codes:
  0    done
  1    internal error
  2    wrong use or configuration
  3    done, with lines of tonight's deliveries in quarantine
  4    a delivery, or a check of severity "fout", was refused
  5    the disclosure gate refused
  6    the warehouse is locked by another process
  7    verify found a difference
  130  interrupted`

// version is set by the build; a plain "go build" takes it from the checkout.
var version = ""

func programVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "ontwikkelversie"
}

// door is what the commands share.
type door struct {
	stdout, stderr io.Writer
	config         string
	wait           time.Duration
}

func newRoot(stdout, stderr io.Writer) *cobra.Command {
	d := &door{stdout: stdout, stderr: stderr}
	root := &cobra.Command{
		Use:   "ontschot",
		Short: "See where care costs move between Zvw, Wmo, Jeugdwet and Wlz",
		Long: `Ontschot loads pseudonymised claim extracts into DuckDB, works out where costs
shifted between the Dutch care laws and between specialist and primary care, and
writes the Excel workbooks of the arrangementenmonitor.

` + exitCodes,
		Example: `  ontschot demo ./demo                      # a synthetic region to try it on
  ontschot run -c demo/ontschot.toml        # one night: load, answer, write the workbooks
  ontschot query -c demo/ontschot.toml kosten_per_domein --format json`,
		Version:       programVersion(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          unknownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },

		SuggestionsMinimumDistance: 2,
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w: see '%s --help'", err, cmd.CommandPath())}
	})
	root.AddCommand(d.initCommand(), d.demoCommand(), d.runCommand(), d.loadCommand(), d.queryCommand(), d.reportCommand(), d.releaseCommand(), d.verifyCommand(), d.eraseCommand(), d.statusCommand())
	for _, c := range root.Commands() {
		wrapArgs(c)
	}
	completeCobra(root)
	return root
}

// unknownCommand makes a name that is no command a wrong use, and tells the nearest that is.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := ""
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = fmt.Sprintf(" did you mean %q?", near[0])
	}
	return usageError{fmt.Errorf("there is no command %q:%s see '%s --help'", args[0], hint, cmd.CommandPath())}
}

// completeCobra gives the commands that cobra adds by itself the same exit codes as the others:
// left alone they take a name that they do not know for a wish for help.
func completeCobra(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Args = func(_ *cobra.Command, args []string) error {
				if found, _, err := root.Find(args); err != nil || found == root {
					return unknownCommand(root, args)
				}
				return nil
			}
		case "completion":
			c.SuggestionsMinimumDistance = 2
			c.Args = unknownCommand
			c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
			for _, shell := range c.Commands() {
				wrapArgs(shell)
			}
		}
	}
}

// wrapArgs makes a wrong number of arguments a wrong use.
func wrapArgs(c *cobra.Command) {
	check := c.Args
	c.Args = func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{fmt.Errorf("%w: see '%s --help'", err, cmd.CommandPath())}
		}
		return nil
	}
}

// configFlag adds -c to a command.
func (d *door) configFlag(c *cobra.Command) {
	c.Flags().StringVarP(&d.config, "config", "c", "ontschot.toml", "the configuration")
}

// aMoment is how long a command waits for another by itself: long enough for one that is just ending.
const aMoment = 2 * time.Second

// waitFlag adds --wait to a command that has the warehouse to itself.
func (d *door) waitFlag(c *cobra.Command) {
	c.Flags().DurationVar(&d.wait, "wait", aMoment, "how long to wait for another ontschot that is at work, as 30m or 2h")
}

func (d *door) env(progress pipeline.Progress) pipeline.Env {
	return pipeline.Env{Now: time.Now, Progress: progress, Version: programVersion(), Wait: d.wait}
}

// writeJSON gives one value to a machine.
func (d *door) writeJSON(value any) error {
	out := json.NewEncoder(d.stdout)
	out.SetIndent("", "  ")
	return out.Encode(value)
}
