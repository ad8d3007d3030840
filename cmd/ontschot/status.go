package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
)

func (d *door) statusCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "status",
		Short: "The last runs and night, deliveries, what is late, quarantine and what is provisional",
		Example: `  ontschot status -c demo/ontschot.toml
  ontschot status -c demo/ontschot.toml --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := pipeline.ReadConfig(d.config)
			if err != nil {
				return err
			}
			s, err := pipeline.ReadStatus(cmd.Context(), config, d.env(pipeline.Silent{}))
			if err != nil {
				return err
			}
			if asJSON {
				return d.writeJSON(s)
			}
			return d.writeStatus(s)
		},
	}
	d.configFlag(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON, for a machine")
	return c
}

func (d *door) writeStatus(s *pipeline.Status) error {
	out := tabwriter.NewWriter(d.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "RUN\tSTATUS\tLOADED\tQUARANTINED\tENDED")
	for _, r := range s.Runs {
		fmt.Fprintf(out, "%s\t%s\t%d\t%d\t%s\n", r.Run, r.Status, r.Loaded, r.Quarantined, r.Ended.Format("2006-01-02 15:04"))
	}
	fmt.Fprintln(out, "\nSUPPLIER\tTABLE\tDELIVERIES\tLINES\tQUARANTINED\tNEWEST")
	for _, t := range s.Deliveries {
		fmt.Fprintf(out, "%s\t%s\t%d\t%d\t%d\t%s\n", t.Supplier, t.Table, t.Deliveries, t.Lines, t.Quarantined, t.Newest)
	}
	if len(s.Quarantine) > 0 {
		fmt.Fprintln(out, "\nQUARANTINE RULE\tTABLE\tCOLUMN\tLINES\tEUROS")
		for _, q := range s.Quarantine {
			fmt.Fprintf(out, "%s\t%s\t%s\t%d\t%s\n", q.Rule, q.Table, q.Column, q.Lines, q.Euros)
		}
	}
	if len(s.Open) > 0 {
		fmt.Fprintln(out, "\nNOT YET DEFINITIVE\tYEAR\tSTATUS")
		for _, o := range s.Open {
			fmt.Fprintf(out, "%s\t%d\t%s\n", o.Domain, o.Year, o.Status)
		}
	}
	if r := s.Released; r != nil {
		fmt.Fprintf(out, "\nlast release: run %s, on %s (%d in all)\n", r.Run, r.Moment.Format("2006-01-02 15:04"), r.Number)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return d.writeMorning(s)
}

// writeMorning tells what the summary of the last night told, with what is late by now.
func (d *door) writeMorning(s *pipeline.Status) error {
	var b strings.Builder
	if why, _, refused := strings.Cut(s.Refusal, "\n"); refused {
		fmt.Fprintf(&b, "\nworkbooks refused, yesterday's stand: %s; rapporten/geweigerd.txt says where\n", strings.TrimSuffix(why, "."))
	}
	if n := s.LastNight; n != nil {
		night := *n
		night.Late = s.Late
		fmt.Fprintf(&b, "\nLAST NIGHT (%s)\n%s\n", n.Status, strings.Join(night.Summary(), "\n"))
	} else {
		for _, l := range s.Late {
			fmt.Fprintf(&b, "\n%s", l)
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(d.stdout, b.String())
	return err
}
