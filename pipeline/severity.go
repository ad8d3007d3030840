package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"ontschot/pipeline/analysis"
)

// catalogue is all queries, with the severities that the configuration raises.
func (c *Config) catalogue() (analysis.Catalogue, error) {
	catalogue, err := Catalogue()
	if err != nil {
		return nil, err
	}
	for name, severity := range c.Kwaliteit.Ernst {
		if err := catalogue.Raise(name, severity); err != nil {
			return nil, fail(Misuse, fmt.Errorf("kwaliteit.ernst: %w", err))
		}
	}
	return catalogue, nil
}

// checkSeverities refuses what cannot be raised, with the line where it stands in raw.
func (c *Config) checkSeverities(path string, raw []byte) error {
	if len(c.Kwaliteit.Ernst) == 0 {
		return nil
	}
	catalogue, err := Catalogue()
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(c.Kwaliteit.Ernst)) {
		if err := catalogue.Raise(name, c.Kwaliteit.Ernst[name]); err != nil {
			return fail(Misuse, fmt.Errorf("%s:%d: kwaliteit.ernst: %w", path, lineOfSeverity(raw, name), err))
		}
	}
	return nil
}

// lineOfSeverity finds the line of a key below kwaliteit.ernst; 0 when it is not there.
func lineOfSeverity(raw []byte, name string) int {
	// Where no key is known, a strict decoder names every key with its position.
	var bare struct {
		Kwaliteit struct {
			Ernst struct{} `toml:"ernst"`
		} `toml:"kwaliteit"`
	}
	var strict *toml.StrictMissingError
	if !errors.As(toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(&bare), &strict) {
		return 0
	}
	line := 0
	for i := range strict.Errors {
		key := strict.Errors[i].Key()
		if key[len(key)-1] != name {
			continue
		}
		line, _ = strict.Errors[i].Position()
		if slices.Equal(key, toml.Key{"kwaliteit", "ernst", name}) {
			return line
		}
	}
	return line // of an inline table, whose own name is left out of the keys
}
