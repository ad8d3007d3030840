package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
)

func (d *door) runCommand() *cobra.Command {
	var plan, asJSON bool
	c := &cobra.Command{
		Use:   "run",
		Short: "The night: load, model, check, answer, protect, and write the workbooks",
		Long: `Loads what is new under aanlevering/, makes the model and the answers, checks
them, protects them and leaves the workbooks in rapporten/, marked
"CONCEPT – intern". Running it again with the same data loads nothing and gives
the same figures.

It ends, also when it fails, with a summary of at most a screen on stderr: what
came in, what was refused and why, in euros, what is late (verwacht of a
[[bron]]), which totals changed by more than they usually do, and what was
published. --json gives all of it on stdout instead of the headline and the
paths. 'ontschot status' tells the same later.

` + exitCodes,
		Example: `  ontschot run -c demo/ontschot.toml
  ontschot run -c demo/ontschot.toml --plan     # only tell what it would do
  ontschot run -c demo/ontschot.toml --json --wait 30m   # unattended`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := pipeline.ReadConfig(d.config)
			if err != nil {
				return err
			}
			if plan && asJSON {
				return usageError{errors.New("--plan and --json do not go together: a plan has no summary")}
			}
			if plan {
				p, err := pipeline.MakePlan(cmd.Context(), config, d.env(pipeline.Silent{}))
				if err != nil {
					return err
				}
				return writePlan(d.stdout, p)
			}
			night, err := pipeline.Run(cmd.Context(), config, d.env(newProgress(d.stderr)))
			if told := d.tellNight(night, asJSON); told != nil || err != nil {
				return errors.Join(err, told)
			}
			if !asJSON {
				told := append([]string{night.Headline}, night.Workbooks...)
				if _, err := fmt.Fprintln(d.stdout, strings.Join(told, "\n")); err != nil {
					return err
				}
			}
			return quarantined(night)
		},
	}
	d.configFlag(c)
	d.waitFlag(c)
	c.Flags().BoolVar(&plan, "plan", false, "only tell what it would do")
	c.Flags().BoolVar(&asJSON, "json", false, "the summary on stdout as one JSON object, as it is in manifest.json")
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
			if told := d.tellNight(night, false); told != nil || err != nil {
				return errors.Join(err, told)
			}
			return quarantined(night)
		},
	}
	d.configFlag(c)
	d.waitFlag(c)
	return c
}

// tellNight gives the summary of a night, however it ended: as text for people, or as JSON for a machine. There is none of a
// night that did not begin.
func (d *door) tellNight(n *pipeline.Night, asJSON bool) error {
	if n == nil || n.Manifest == nil {
		return nil
	}
	if asJSON {
		return d.writeJSON(n.Manifest)
	}
	fmt.Fprintln(d.stderr, strings.Join(n.Manifest.Summary(), "\n"))
	return nil
}

func quarantined(n *pipeline.Night) error {
	if n.Quarantined() > 0 {
		return errQuarantined
	}
	return nil
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
