package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
	"ontschot/pipeline/delivery"
	"ontschot/pipeline/warehouse"
)

func (d *door) eraseCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "erase LIST",
		Short: "Remove persons (objection, AVG) from every delivery",
		Long: `Removes the persons on LIST from every delivery in the warehouse and from its
file, and leaves them out of every later load. LIST is a text file, one
pseudonym a line as the supplier writes it ("-" reads stdin); with
[pseudoniem] sleutelbestand they are hashed with that key first, as in a
delivery. Who is not in the warehouse is left out too when they come.

The ledger notes how many lines and euros were removed, so that the
reconciliation still holds, and a hash of each pseudonym, never the pseudonym.
The program changes no file under aanlevering/, no earlier answer in runs/ and
no workbook.

` + exitCodes,
		Example: `  ontschot erase -c demo/ontschot.toml bezwaren.txt
  ontschot erase -c demo/ontschot.toml -        # the list comes from stdin`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			config, err := pipeline.ReadConfig(d.config)
			if err != nil {
				return err
			}
			list, name := cmd.InOrStdin(), "stdin"
			if args[0] != "-" {
				file, err := os.Open(args[0])
				if err != nil {
					return usageError{fmt.Errorf("the list cannot be read: %w", err)}
				}
				defer file.Close() // only read
				list, name = file, args[0]
			}
			night, err := pipeline.Erase(cmd.Context(), config, d.env(newProgress(d.stderr)), list, name)
			if err != nil {
				return err
			}
			return d.reportErasure(night.Run, night.Erasure)
		},
	}
	d.configFlag(c)
	d.waitFlag(c)
	return c
}

// mostFiles is how many files a summary names.
const mostFiles = 10

// reportErasure tells what was removed, and what is left to do by hand.
func (d *door) reportErasure(run string, e *warehouse.Erasure) error {
	var b strings.Builder
	fmt.Fprintf(&b, "run %s: %d persons asked, %d found and erased, %d erased before, %d not in the warehouse\n\n",
		run, e.Asked, e.Found, e.Before, e.Asked-e.Found-e.Before)
	out := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "TABLE\tLINES\tEUROS\t")
	for _, t := range e.Tables {
		euros := ""
		if t.Name == "declaraties" {
			euros = delivery.EuroText(t.Cents)
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t\n", t.Name, strconv.FormatInt(t.Lines, 10), euros)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\nA later load leaves all %d out. The answers and the workbooks are without them from the next run on:\n  ontschot run -c %s\n", e.Asked, d.config)
	if len(e.Files) > 0 {
		fmt.Fprintf(&b, "These %d files still hold persons who were erased: ask the supplier for new ones without them and remove these,\n"+
			"or remove them when [bewaren] aanlevering has passed. The program changes no file of a supplier.\n", len(e.Files))
		for i, f := range e.Files {
			if i == mostFiles {
				fmt.Fprintf(&b, "  and %d more\n", len(e.Files)-mostFiles)
				break
			}
			fmt.Fprintf(&b, "  %s\n", f)
		}
	}
	b.WriteString("Backups, earlier answers in runs/ and workbooks in rapporten/ stay as they were made.\n")
	_, err := io.WriteString(d.stdout, b.String())
	return err
}
