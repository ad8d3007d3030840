package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
	"ontschot/pipeline/analysis"
)

func (d *door) queryCommand() *cobra.Command {
	var (
		list, explain bool
		asked         pipeline.Asked
		texts         []string
	)
	c := &cobra.Command{
		Use:   "query NAME|FILE.sql",
		Short: "Ask one question of last night's data; the answer is internal",
		Long: `Runs one query of the catalogue, or your own SQL file, read-only: it reaches no
file, no network and no setting. The answer is internal: it is not protected
against recognition, so a file gets mode 0600, a sidecar that says where it comes
from, and may not stand in rapporten/. Who asked what is noted in audit.log.

--as-of RUN asks the data as they were known when that run ended; the queries, the
code lists and the configuration are today's, and it says what of them changed since.

A value for $naam in your own SQL file comes from --param naam=waarde. It is bound
as text and gets the type of what it is compared with; where it is compared with
nothing, write CAST($naam AS DATE) or the like. --explain asks nothing: it tells what
the query answers and what it reads, down to the delivered files.

` + exitCodes,
		Example: `  ontschot query --list
  ontschot query -c demo/ontschot.toml verschuiving_domein
  ontschot query -c demo/ontschot.toml verschuiving_domein --as-of 20261122T063657Z
  ontschot query -c demo/ontschot.toml kosten_per_domein --format json -o kosten.json
  ontschot query -c demo/ontschot.toml eigen.sql --param jaar=2022 --param minst=100.50
  ontschot query -c demo/ontschot.toml kosten_per_domein --explain`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if list {
				return d.listQueries()
			}
			if len(args) == 0 {
				return usageError{errors.New("name a query or a file that ends in .sql; 'ontschot query --list' shows the queries")}
			}
			config, err := pipeline.ReadConfig(d.config)
			if err != nil {
				return err
			}
			asked.Name = args[0]
			if asked.Params, err = pipeline.ParseParams(texts); err != nil {
				return err
			}
			if explain {
				return d.explain(cmd, config, asked.Name, asked.Format)
			}
			return d.ask(cmd.Context(), config, asked)
		},
		ValidArgsFunction: completeQuery,
	}
	d.configFlag(c)
	c.Flags().BoolVar(&list, "list", false, "the catalogue of queries")
	c.Flags().BoolVar(&explain, "explain", false, "what the query asks and reads, down to the delivered files, as table or json")
	c.Flags().StringArrayVar(&texts, "param", nil, "naam=waarde: the value of $naam in your own SQL file; may be repeated")
	c.Flags().StringVar(&asked.Format, "format", "table", strings.Join(analysis.Formats, ", "))
	c.Flags().StringVarP(&asked.Output, "output", "o", "", "write to this file instead of stdout")
	c.Flags().StringVar(&asked.AsOf, "as-of", "", "the data as they were known at this run; takes as long as a night without loading")
	return c
}

// ask asks, and says of what data when they are not last night's.
func (d *door) ask(ctx context.Context, config *pipeline.Config, asked pipeline.Asked) error {
	var progress pipeline.Progress = pipeline.Silent{}
	if asked.AsOf != "" {
		progress = newProgress(d.stderr)
	}
	known, err := pipeline.Ask(ctx, config, d.env(progress), asked, d.stdout)
	if known.Run != "" {
		fmt.Fprintln(d.stderr, known.Told())
	}
	return err
}

func (d *door) listQueries() error {
	catalogue, err := pipeline.Catalogue()
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(d.stdout, 0, 0, 2, ' ', 0)
	for _, kind := range []analysis.Kind{analysis.Indicator, analysis.Model} {
		for _, q := range catalogue.Of(kind) {
			fmt.Fprintf(out, "%s\t%s\t%s\n", q.Name, q.Grain, q.Question)
		}
	}
	return out.Flush()
}

func completeQuery(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	catalogue, err := pipeline.Catalogue()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var names []string
	for _, q := range catalogue {
		if q.Kind != analysis.Check {
			names = append(names, q.Name+"\t"+q.Question)
		}
	}
	return names, cobra.ShellCompDirectiveDefault
}
