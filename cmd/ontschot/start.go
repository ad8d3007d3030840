package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"ontschot/pipeline"
	"ontschot/pipeline/synthetic"
)

func (d *door) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Make a folder with a commented ontschot.toml",
		Example: `  ontschot init region
  cp ~/extract/*.csv region/aanlevering/vgz/
  ontschot run -c region/ontschot.toml`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			config, err := pipeline.Init(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(d.stdout, config)
			return err
		},
	}
}

func (d *door) demoCommand() *cobra.Command {
	var o synthetic.Options
	var years string
	c := &cobra.Command{
		Use:   "demo DIR",
		Short: "Make a synthetic region with known effects, to try the program on",
		Long: `Makes a region of made-up people with a configuration, deliveries in the form of
the contract, and waarheid.json with every effect that was planted and its size,
and what participants of projects cost with and without their project.
The same arguments give the same bytes.`,
		Example: `  ontschot demo ./demo
  ontschot demo ./demo --people 5000 --years 2016-2019 --seed 7 --format parquet`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if o.FirstYear, o.LastYear, err = parseYears(years); err != nil {
				return usageError{err}
			}
			progress := newProgress(d.stderr)
			progress.Stage("demo", int64(o.People))
			var told int64
			o.Progress = func(done, _ int64) { progress.Add(done - told); told = done }
			summary, err := synthetic.Write(cmd.Context(), args[0], o)
			progress.Done()
			if _, ok := errors.AsType[*synthetic.OptionError](err); ok {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(d.stdout, "%s: %d people, %d claim lines; run it with: ontschot run -c %s/ontschot.toml\n",
				args[0], summary.People, summary.Lines, strings.TrimSuffix(args[0], "/"))
			return err
		},
	}
	c.Flags().IntVar(&o.People, "people", 30_000, "inhabitants on the first day")
	c.Flags().StringVar(&years, "years", "2015-2023", "first and last year")
	c.Flags().Uint64Var(&o.Seed, "seed", 1, "start of the random numbers")
	c.Flags().StringVar(&o.Format, "format", "csv", "csv or parquet")
	return c
}

func parseYears(s string) (first, last int, err error) {
	from, to, ok := strings.Cut(s, "-")
	if !ok {
		to = from
	}
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil {
		return 0, 0, fmt.Errorf("--years is %q: write it as 2015-2023", s)
	}
	return first, last, nil
}
