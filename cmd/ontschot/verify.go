package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
)

func (d *door) verifyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "verify WORKBOOK",
		Short: "Prove a workbook: compute its figures anew and compare every cell",
		Long: `Computes every figure of a workbook anew, from the deliveries as they were known
at the run that made it, protects them as that run did, and compares the file:
its bytes, and where these differ every cell. It changes nothing, and takes as
long as a night without loading. A workbook that was saved again by another
program differs in its bytes; then its cells are vouched for and nothing else.

` + exitCodes,
		Example: `  ontschot verify -c demo/ontschot.toml demo/rapporten/arrangementenmonitor-vgz.xlsx`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			config, err := pipeline.ReadConfig(d.config)
			if err != nil {
				return err
			}
			v, err := pipeline.Verify(cmd.Context(), config, d.env(newProgress(d.stderr)), args[0])
			if v != nil && v.Known.Run != "" {
				fmt.Fprintln(d.stderr, v.Known.Told())
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(d.stdout, "%s is, to the byte, what the data of run %s give\n", args[0], v.Known.Run)
			return err
		},
	}
	d.configFlag(c)
	return c
}
