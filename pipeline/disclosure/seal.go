package disclosure

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
)

// ErrSeal says that what was sealed is not what is restored.
var ErrSeal = errors.New("the content differs from what was sealed")

// sealed is a Released as it is kept: what was decided cannot be decided again, for the ledger of releases moves on.
type sealed struct {
	Tables  []ReleasedTable
	Counts  Counts
	Changes Changes
}

// Seal writes all that was decided, exactly. Who keeps it keeps the SHA-256 of it elsewhere: [Restore] asks for that.
func (r Released) Seal(w io.Writer) error {
	if err := gob.NewEncoder(w).Encode(sealed{r.tables, r.counts, r.changes}); err != nil {
		return fmt.Errorf("sealing the released tables: %w", err)
	}
	return nil
}

// Restore makes a Released again from what [Released.Seal] wrote. Content with another SHA-256 than digest is an [ErrSeal], so
// that nothing but what [Protect] made comes out.
func Restore(rd io.Reader, digest [sha256.Size]byte) (Released, error) {
	raw, err := io.ReadAll(rd)
	if err != nil {
		return Released{}, fmt.Errorf("restoring the released tables: %w", err)
	}
	if sha256.Sum256(raw) != digest {
		return Released{}, ErrSeal
	}
	var s sealed
	if err := gob.NewDecoder(bytes.NewReader(raw)).Decode(&s); err != nil {
		return Released{}, fmt.Errorf("restoring the released tables: %w", err)
	}
	return Released{tables: s.Tables, counts: s.Counts, changes: s.Changes}, nil
}
