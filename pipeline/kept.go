package pipeline

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/report"
)

// keptFile holds, in the folder of a run, what its workbooks were made from: the ledger of releases and the counts of changed
// persons move on, so that the answers of an earlier run cannot be protected again.
const keptFile = "werkboeken.zst"

// kept is what keptFile begins with.
type kept struct {
	Books   []keptBook
	Changed []changedRow // of what was released before; for who makes the same protection again
}

// keptBook is one workbook of a run. Its released tables lie behind all books, sealed.
type keptBook struct {
	File     string
	Password bool // it got one
	Book     report.Book
	Sealed   int64  // bytes of the released tables
	Digest   string // and their SHA-256
}

// errKept says that keptFile is not as the run left it.
var errKept = errors.New(keptFile + " is not as the run left it: nothing was made from it")

// keep writes keptFile, and gives the SHA-256 of its books. The books have the SHA-256 of their tables, so that this one
// number holds for the whole file.
func (n *night) keep() (digest string, err error) {
	var tables bytes.Buffer
	k := kept{Books: make([]keptBook, len(n.books)), Changed: n.earlier.changed()}
	for i, b := range n.books {
		from := tables.Len()
		if err := b.Book.Released.Seal(&tables); err != nil {
			return "", err
		}
		sum := sha256.Sum256(tables.Bytes()[from:])
		b.Sealed, b.Digest = int64(tables.Len()-from), hex.EncodeToString(sum[:])
		b.Book.Released = disclosure.Released{}
		k.Books[i] = b
	}
	head, err := json.Marshal(k)
	if err != nil {
		return "", fmt.Errorf("keeping what the workbooks are made from: %w", err)
	}
	file, err := pendingFile(filepath.Join(n.folder, keptFile))
	if err != nil {
		return "", fmt.Errorf("keeping what the workbooks are made from: %w", err)
	}
	defer func() { err = errors.Join(err, file.Cleanup()) }()
	z, err := zstd.NewWriter(file, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return "", err
	}
	_, err = z.Write(append(head, '\n'))
	if err == nil {
		_, err = tables.WriteTo(z)
	}
	if err = errors.Join(err, z.Close()); err == nil {
		err = file.CloseAtomicallyReplace()
	}
	if err != nil {
		return "", fmt.Errorf("keeping what the workbooks are made from: %w", err)
	}
	sum := sha256.Sum256(head)
	return hex.EncodeToString(sum[:]), nil
}

// readKept reads what a run kept. Anything that differs from what has the digest is an errKept.
func readKept(folder, digest string) (k kept, err error) {
	file, err := os.Open(filepath.Join(folder, keptFile))
	if err != nil {
		return k, err
	}
	defer file.Close() // only read
	z, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return k, err
	}
	defer z.Close()
	in := bufio.NewReader(z)
	head, err := in.ReadBytes('\n')
	if err != nil {
		return k, errors.Join(errKept, err)
	}
	head = head[:len(head)-1]
	if sum := sha256.Sum256(head); hex.EncodeToString(sum[:]) != digest {
		return k, errKept
	}
	if err := json.Unmarshal(head, &k); err != nil {
		return k, errors.Join(errKept, err)
	}
	for i := range k.Books {
		b := &k.Books[i]
		sum, err := hex.DecodeString(b.Digest)
		if err != nil || len(sum) != sha256.Size {
			return k, errKept
		}
		if b.Book.Released, err = disclosure.Restore(io.LimitReader(in, b.Sealed), [sha256.Size]byte(sum)); err != nil {
			return k, errors.Join(errKept, err)
		}
	}
	return k, nil
}
