package disclosure

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"reflect"
	"testing"
)

func seal(t *testing.T, r Released) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := r.Seal(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatWasSealedIsRestoredAsItWas(t *testing.T) {
	released := gateTable(t)
	raw := seal(t, released)
	if !bytes.Equal(raw, seal(t, released)) {
		t.Error("two seals of the same differ")
	}
	got, err := Restore(bytes.NewReader(raw), sha256.Sum256(raw))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Tables(), released.Tables()) || got.Counts() != released.Counts() || !reflect.DeepEqual(got.Changes(), released.Changes()) {
		t.Errorf("restored is %+v\nsealed was %+v", got, released)
	}
}

// TestNothingElseIsRestored changes every byte in turn, and cuts the content off at every length.
func TestNothingElseIsRestored(t *testing.T) {
	raw := seal(t, gateTable(t))
	digest := sha256.Sum256(raw)
	for i := range raw {
		changed := bytes.Clone(raw)
		changed[i] ^= 0x10
		for _, content := range [][]byte{changed, raw[:i]} {
			if got, err := Restore(bytes.NewReader(content), digest); !errors.Is(err, ErrSeal) || len(got.Tables()) > 0 {
				t.Fatalf("byte %d: %v, with %d tables", i, err, len(got.Tables()))
			}
		}
	}
}
