package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
)

func (d *door) releaseCommand() *cobra.Command {
	var run string
	c := &cobra.Command{
		Use:   "release",
		Short: "Freeze the last run: its workbooks may leave the building",
		Long: `Protects the answers of the last finished run once more, writes its workbooks
without "CONCEPT – intern" to rapporten/vrijgave-ID/ (ID is that run), and notes
every published cell in the release ledger. From then on a cell whose data
changed through 1 to 9 persons keeps its published value, and what was hidden
stays hidden. It loads nothing: when deliveries came in since, run a night first.
Releasing the same run again does nothing.

` + exitCodes,
		Example: `  ontschot release -c demo/ontschot.toml
  ontschot release -c demo/ontschot.toml --run 20261122T063657Z   # only if that is the last run`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := pipeline.ReadConfig(d.config)
			if err != nil {
				return err
			}
			night, err := pipeline.Release(cmd.Context(), config, d.env(newProgress(d.stderr)), run)
			if err != nil {
				return err
			}
			if night.Released.Before {
				fmt.Fprintf(d.stderr, "run %s was released before: nothing to do\n", night.Released.Run)
			}
			_, err = fmt.Fprintln(d.stdout, strings.Join(night.Workbooks, "\n"))
			return err
		},
	}
	d.configFlag(c)
	d.waitFlag(c)
	c.Flags().StringVar(&run, "run", "", "the run to release; it must be the last (default the last)")
	return c
}
