package pipeline

import (
	_ "embed" // the configuration that a new folder starts with
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

//go:embed ontschot.toml
var newConfig []byte

// Init makes a working folder: a commented configuration and the folders for
// deliveries and reports. It returns the path of the configuration and refuses
// to write over one.
func Init(dir string) (config string, err error) {
	config = filepath.Join(dir, "ontschot.toml")
	if _, err := os.Stat(config); err == nil {
		return "", fail(Misuse, fmt.Errorf("%s is there already: choose another folder", config))
	} else if !errors.Is(err, os.ErrNotExist) {
		return "", fail(Misuse, fmt.Errorf("looking for the folder: %w", err))
	}
	for _, folder := range []string{"aanlevering/geweigerd", "rapporten", "runs"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			return "", fail(Misuse, fmt.Errorf("making the folders: %w", err))
		}
	}
	if err := writeFile(config, newConfig); err != nil {
		return "", fmt.Errorf("writing the configuration: %w", err)
	}
	return config, nil
}
