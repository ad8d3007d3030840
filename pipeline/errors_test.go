package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"
)

func TestAFullDiskGetsAdviceAndNothingElseDoes(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		full bool
	}{
		"nothing":         {nil, false},
		"a refusal":       {fail(Refused, errors.New("a column is missing")), false},
		"no rights":       {&fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, false},
		"the system":      {fmt.Errorf("copying: %w", &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}), true},
		"a quota":         {fail(Internal, &fs.PathError{Op: "write", Path: "x", Err: syscall.EDQUOT}), true},
		"a limit":         {&fs.PathError{Op: "write", Path: "x", Err: syscall.EFBIG}, true},
		"DuckDB's writes": {errors.New(`TransactionContext Error: Could not write file "x.wal": No space left on device`), true},
		"DuckDB's spill":  {errors.New("Out of Memory Error: failed to offload data block (68.5 MiB/68.7 MiB used).\nThis limit was set by the 'max_temp_directory_size' setting."), true},
	} {
		got := withAdvice(c.err, "/gegevens")
		if !errors.Is(got, c.err) || KindOf(got) != KindOf(c.err) {
			t.Errorf("%s: became %v", name, got)
		}
		if advised := got != nil && strings.Contains(got.Error(), "there is no room to write in /gegevens: free space"); advised != c.full {
			t.Errorf("%s: advice %v: %v", name, advised, got)
		}
	}
}
