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

	"github.com/google/renameio/v2"
	"github.com/klauspost/compress/zstd"

	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/report"
)

// keptFile holds, in the folder of a run, what its workbooks were made from: the ledger of releases and the counts of changed
// persons move on, so that the answers of an earlier run cannot be protected again.
const keptFile = "werkboeken.zst"

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
	books := make([]keptBook, len(n.books))
	for i, b := range n.books {
		from := tables.Len()
		if err := b.Book.Released.Seal(&tables); err != nil {
			return "", err
		}
		sum := sha256.Sum256(tables.Bytes()[from:])
		b.Sealed, b.Digest = int64(tables.Len()-from), hex.EncodeToString(sum[:])
		b.Book.Released = disclosure.Released{}
		books[i] = b
	}
	head, err := json.Marshal(books)
	if err != nil {
		return "", fmt.Errorf("keeping what the workbooks are made from: %w", err)
	}
	file, err := renameio.NewPendingFile(filepath.Join(n.folder, keptFile), renameio.WithStaticPermissions(0o600))
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

// readKept reads the books that a run kept. Anything that differs from what has the digest is an errKept.
func readKept(folder, digest string) (books []keptBook, err error) {
	file, err := os.Open(filepath.Join(folder, keptFile))
	if err != nil {
		return nil, err
	}
	defer file.Close() // only read
	z, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	in := bufio.NewReader(z)
	head, err := in.ReadBytes('\n')
	if err != nil {
		return nil, errors.Join(errKept, err)
	}
	head = head[:len(head)-1]
	if sum := sha256.Sum256(head); hex.EncodeToString(sum[:]) != digest {
		return nil, errKept
	}
	if err := json.Unmarshal(head, &books); err != nil {
		return nil, errors.Join(errKept, err)
	}
	for i := range books {
		b := &books[i]
		sum, err := hex.DecodeString(b.Digest)
		if err != nil || len(sum) != sha256.Size {
			return nil, errKept
		}
		if b.Book.Released, err = disclosure.Restore(io.LimitReader(in, b.Sealed), [sha256.Size]byte(sum)); err != nil {
			return nil, errors.Join(errKept, err)
		}
	}
	return books, nil
}
