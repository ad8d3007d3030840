package delivery

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Options are the settings of a read; the zero value is usable.
type Options struct {
	// Allocator gives the memory of the batches; nil is Arrow's own.
	Allocator memory.Allocator
	// PieceBytes is the size of the pieces that a CSV file is cut into, and so of
	// its batches; 0 is 4 MiB.
	PieceBytes int
	// Workers is the number of pieces that are read side by side; 0 is one per core.
	Workers int
	// MaxQuarantineShare is the share of lines or of euros above which a file with
	// at least five quarantined lines is refused; 0 is 0.01.
	MaxQuarantineShare float64
	// Today is the date of a delivery whose manifest gives none: no declaration
	// may begin after it. The zero time is the present day.
	Today time.Time
	// PseudonymKey hashes every pseudonym once more (HMAC-SHA256, in hex); empty
	// keeps them as delivered.
	PseudonymKey []byte
	// Modified is when the file was modified last, as far as is known: one that was
	// modified since is refused. The zero time is unknown.
	Modified time.Time
	// Progress is told, every so often, how many bytes of the file have been read.
	Progress func(bytes int64)
}

func (o Options) withDefaults() Options {
	if o.Allocator == nil {
		o.Allocator = memory.DefaultAllocator
	}
	if o.PieceBytes <= 0 {
		o.PieceBytes = 4 << 20
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.MaxQuarantineShare == 0 {
		o.MaxQuarantineShare = 0.01
	}
	if o.Today.IsZero() {
		o.Today = time.Now()
	}
	return o
}

type format struct{ kind, compression string }

// formatOf tells the format from the extension.
func formatOf(path string) (format, bool) {
	name := strings.ToLower(filepath.Base(path))
	var f format
	for _, c := range []string{".gz", ".zst"} {
		if rest, ok := strings.CutSuffix(name, c); ok {
			f.compression, name = c, rest
			break
		}
	}
	switch ext := filepath.Ext(name); {
	case ext == ".csv", ext == ".arrow":
		f.kind = ext
	case ext == ".parquet" && f.compression == "":
		f.kind = ext
	default:
		return format{kind: ".csv", compression: f.compression}, false
	}
	return f, true
}

// countedFile tells how far a file has been read.
type countedFile struct {
	*os.File
	size     int64
	modified time.Time
	read     atomic.Int64
}

// unchanged refuses a file that was written to while it was read.
func (c *countedFile) unchanged() *Refusal {
	info, err := c.Stat()
	if err == nil && info.Size() == c.size && info.ModTime().Equal(c.modified) {
		return nil
	}
	return &Refusal{Reason: "the file changed while it was read", Advice: "Run again once all of it is there"}
}

func (c *countedFile) Read(b []byte) (int, error) {
	n, err := c.File.Read(b)
	c.read.Add(int64(n))
	return n, err
}

func (c *countedFile) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.File.ReadAt(b, at)
	c.read.Add(int64(n))
	return n, err
}

// openParser opens the file in the format that its name tells; a name without a
// known extension is CSV, as only a source can have chosen it.
func openParser(f File, file *countedFile, o Options) (parser, error) {
	form, _ := formatOf(f.Absolute)
	if err := checkFormat(form, file); err != nil {
		return nil, err
	}
	if form.kind == ".parquet" {
		return newParquetParser(file, o.Allocator)
	}
	var in io.Reader = file
	var done func()
	switch form.compression {
	case ".gz":
		z, err := gzip.NewReader(bufio.NewReaderSize(file, 64<<10))
		if err != nil {
			return nil, unpackingError(err)
		}
		in = unpackingReader{z}
	case ".zst":
		// One at a time: a panic in a decoder's own goroutine could not be caught.
		z, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow))
		if err != nil {
			return nil, unpackingError(err)
		}
		in, done = unpackingReader{z}, z.Close
	}
	var p parser
	var err error
	if form.kind == ".arrow" {
		p, err = newArrowParser(file, in, form.compression != "", o.Allocator)
	} else {
		p, err = openCSV(f.Source.withDefaults(), in, o.PieceBytes)
	}
	if err != nil {
		if done != nil {
			done()
		}
		return nil, err
	}
	if done == nil {
		return p, nil
	}
	return &closingParser{p, done}, nil
}

// closingParser closes the decompressor after the parser.
type closingParser struct {
	parser
	done func()
}

func (c *closingParser) close() {
	c.parser.close()
	c.done()
}

func openCSV(s Source, in io.Reader, size int) (parser, error) {
	head := bufio.NewReaderSize(in, 64<<10)
	start, err := head.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	// The mark of UTF-8 is sure, whatever was said of the file.
	charset, text := s.Tekenset, bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	if len(text) < len(start) {
		charset = "utf-8"
		if _, err := head.Discard(len(start) - len(text)); err != nil {
			return nil, err
		}
	}
	if err != nil && len(bytes.Trim(text, "\r\n")) == 0 {
		return nil, emptyFile("a header line")
	}
	if other := otherThanText(text, charset); other != "" {
		return nil, &Refusal{Reason: "the file is not the format that its name says", Expected: "CSV in " + charset, Found: other,
			Advice: "Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"}
	}
	var decoded io.Reader = head
	switch charset {
	case "windows-1252":
		decoded = charmap.Windows1252.NewDecoder().Reader(head)
	case "utf-16":
		decoded = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(head)
	}
	return newCSVParser(decoded, s.Scheiding[0], size)
}
