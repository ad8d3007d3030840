package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
	"ontschot/pipeline/delivery"
)

func (d *door) runCommand() *cobra.Command {
	var plan bool
	c := &cobra.Command{
		Use:   "run",
		Short: "The night: load, model, check, answer, protect, and write the workbooks",
		Long: `Loads what is new under aanlevering/, makes the model and the answers, checks
them, protects them and leaves the workbooks in rapporten/, marked
"CONCEPT – intern". Running it again with the same data loads nothing and gives
the same figures.

` + exitCodes,
		Example: `  ontschot run -c demo/ontschot.toml
  ontschot run -c demo/ontschot.toml --plan     # only tell what it would do`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := pipeline.ReadConfig(d.config)
			if err != nil {
				return err
			}
			if plan {
				p, err := pipeline.MakePlan(cmd.Context(), config, d.env(pipeline.Silent{}))
				if err != nil {
					return err
				}
				return writePlan(d.stdout, p)
			}
			night, err := pipeline.Run(cmd.Context(), config, d.env(newProgress(d.stderr)))
			if night != nil {
				d.reportLoad(night)
			}
			if err != nil {
				return err
			}
			d.reportChecks(night)
			told := append([]string{night.Headline}, night.Workbooks...)
			if _, err := fmt.Fprintln(d.stdout, strings.Join(told, "\n")); err != nil {
				return err
			}
			return quarantined(night)
		},
	}
	d.configFlag(c)
	c.Flags().BoolVar(&plan, "plan", false, "only tell what it would do")
	return c
}

func (d *door) loadCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "load [FILE...]",
		Short: "Only load deliveries, all that are new or the named ones",
		Long: `Loads deliveries and makes neither answers nor workbooks. A file that was loaded
before, under any name, is recognised and passed over.

` + exitCodes,
		Example: `  ontschot load -c demo/ontschot.toml
  ontschot load -c demo/ontschot.toml demo/aanlevering/vgz/declaraties_zvw_2017.csv`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			config, err := pipeline.ReadConfig(d.config)
			if err != nil {
				return err
			}
			night, err := pipeline.Load(cmd.Context(), config, d.env(newProgress(d.stderr)), args)
			if night != nil {
				d.reportLoad(night)
			}
			if err != nil {
				return err
			}
			return quarantined(night)
		},
	}
	d.configFlag(c)
	return c
}

func quarantined(n *pipeline.Night) error {
	if n.Quarantined() > 0 {
		return errQuarantined
	}
	return nil
}

// reportLoad tells what came in and what did not.
func (d *door) reportLoad(n *pipeline.Night) {
	var lines int64
	for _, l := range n.Loaded {
		lines += l.Counts.Lines
	}
	fmt.Fprintf(d.stderr, "run %s: %d deliveries loaded (%d lines), %d known already, %d refused\n",
		n.Run, len(n.Loaded), lines, n.Known, len(n.Refused))
	if n.SameAs != "" {
		fmt.Fprintf(d.stderr, "nothing new: the answers and the workbooks of run %s stand\n", n.SameAs)
	}
	for _, l := range n.Loaded {
		if q := l.Counts.Quarantined; q > 0 {
			fmt.Fprintf(d.stderr, "quarantine: %s: %d of %d lines, %s euros; see levering.quarantaine for line, column and rule\n",
				l.Path, q, l.Counts.Lines, delivery.EuroText(l.Counts.QuarantinedCents))
		}
		if l.Erased > 0 {
			fmt.Fprintf(d.stderr, "erased: %s: %d of %d lines are of persons who were erased, and are left out\n", l.Path, l.Erased, l.Counts.Lines)
		}
		if len(l.UnknownColumns) > 0 {
			fmt.Fprintf(d.stderr, "unknown columns: %s: %s\n", l.Path, strings.Join(l.UnknownColumns, ", "))
		}
	}
	for _, u := range n.Unknown {
		fmt.Fprintf(d.stderr, "not recognised: %s: its name starts with no table and no [[bron]] names it\n", u)
	}
}

// reportChecks tells which checks did not pass though the night went on.
func (d *door) reportChecks(n *pipeline.Night) {
	for _, f := range n.Findings {
		if f.Failed > 0 {
			fmt.Fprintf(d.stderr, "check %s: %s, %d of %d (%s): %s\n", f.Query.Name, f.Outcome(), f.Failed, f.Checked, f.Example, f.Query.Note)
		}
	}
}

func writePlan(w io.Writer, p *pipeline.Plan) error {
	var b strings.Builder
	for _, f := range p.Files {
		state := "load"
		if f.Known {
			state = "known"
		}
		fmt.Fprintf(&b, "%-8s %-12s %-14s %s %s\n", state, f.Table, f.Supplier, f.Path, f.Period)
	}
	for _, u := range p.Unknown {
		fmt.Fprintf(&b, "unknown  %s\n", u)
	}
	for _, q := range p.Queries {
		fmt.Fprintf(&b, "query    %s\n", q)
	}
	for _, o := range p.Outputs {
		fmt.Fprintf(&b, "write    %s\n", o)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
