package main

import (
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
		list  bool
		asked pipeline.Asked
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

` + exitCodes,
		Example: `  ontschot query --list
  ontschot query -c demo/ontschot.toml verschuiving_domein
  ontschot query -c demo/ontschot.toml verschuiving_domein --as-of 20261122T063657Z
  ontschot query -c demo/ontschot.toml kosten_per_domein --format json -o kosten.json`,
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
			var progress pipeline.Progress = pipeline.Silent{}
			if asked.AsOf != "" {
				progress = newProgress(d.stderr)
			}
			known, err := pipeline.Ask(cmd.Context(), config, d.env(progress), asked, d.stdout)
			if known.Run != "" {
				fmt.Fprintln(d.stderr, known.Told())
			}
			return err
		},
		ValidArgsFunction: completeQuery,
	}
	d.configFlag(c)
	c.Flags().BoolVar(&list, "list", false, "the catalogue of queries")
	c.Flags().StringVar(&asked.Format, "format", "table", strings.Join(analysis.Formats, ", "))
	c.Flags().StringVarP(&asked.Output, "output", "o", "", "write to this file instead of stdout")
	c.Flags().StringVar(&asked.AsOf, "as-of", "", "the data as they were known at this run; takes as long as a night without loading")
	return c
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
