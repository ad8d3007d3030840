package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
)

func (d *door) reportCommand() *cobra.Command {
	var run string
	c := &cobra.Command{
		Use:   "report",
		Short: "Make the workbooks of an earlier run again",
		Long: `Makes the workbooks of an earlier run again in rapporten/run-ID/, from what that
run kept: the same bytes, where the program is the same and there is no password,
and marked as they were. Nothing is loaded or computed. Not when persons were
erased since: its workbooks would still count them.

` + exitCodes,
		Example: `  ontschot status -c demo/ontschot.toml                            # names the last runs
  ontschot report -c demo/ontschot.toml --run 20261122T063657Z`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if run == "" {
				return usageError{errors.New("--run is missing: which run? 'ontschot status' names the last runs")}
			}
			config, err := pipeline.ReadConfig(d.config)
			if err != nil {
				return err
			}
			made, err := pipeline.Report(cmd.Context(), config, d.env(newProgress(d.stderr)), run)
			if err != nil {
				return err
			}
			if made.Program != programVersion() {
				fmt.Fprintf(d.stderr, "run %s was made by version %s, this is %s: the figures are the same, the form may differ\n",
					made.Run, made.Program, programVersion())
			}
			_, err = fmt.Fprintln(d.stdout, strings.Join(made.Workbooks, "\n"))
			return err
		},
	}
	d.configFlag(c)
	d.waitFlag(c)
	c.Flags().StringVar(&run, "run", "", "the run of which to make the workbooks")
	return c
}
