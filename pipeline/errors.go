package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
)

// Kind says what sort of failure an error is; the door turns it into an exit code.
type Kind int

// The kinds of failure.
const (
	// Internal is a fault of the program or the machine.
	Internal Kind = iota
	// Misuse is a wrong command or configuration.
	Misuse
	// Refused is an input or a check of severity `fout` that stops the night.
	Refused
	// GateRefused is a workbook that may not leave.
	GateRefused
	// Locked is a warehouse in use by another process.
	Locked
	// Interrupted is a night that was stopped from outside.
	Interrupted
	// Differs is a workbook that is not what its data give.
	Differs
)

// Error is a failure with its kind. Its text says what is wrong and what to do.
type Error struct {
	Kind Kind
	Err  error
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

func fail(kind Kind, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: kind, Err: err}
}

// KindOf tells the kind of an error; what is not an [Error] is Internal.
func KindOf(err error) Kind {
	if errors.Is(err, context.Canceled) {
		return Interrupted
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// withAdvice adds to a failure for want of room what to do about it.
func withAdvice(err error, workDir string) error {
	if !outOfRoom(err) {
		return err
	}
	return fmt.Errorf("%w\nthere is no room to write in %s: free space there, or raise the quota or the limit on the size of a file, and run it again; "+
		"a night needs as much as twice the warehouse and its new deliveries together. Nothing that was published is damaged", err, workDir)
}

// outOfRoom tells whether a failure is that of a disk or a quota that is full. DuckDB
// gives the words of the system, and only as text.
func outOfRoom(err error) bool {
	if err == nil {
		return false
	}
	said := strings.ToLower(err.Error())
	if strings.Contains(said, "max_temp_directory_size") { // what did not fit in memory did not fit on the disk either
		return true
	}
	for _, cause := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, cause) || strings.Contains(said, cause.Error()) {
			return true
		}
	}
	return false
}
