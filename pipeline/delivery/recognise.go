package delivery

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var (
	parquetMagic = []byte("PAR1")
	arrowMagic   = []byte("ARROW1")
	gzipMagic    = []byte("\x1f\x8b")
	zstdMagic    = []byte("\x28\xb5\x2f\xfd")
	// streamMagic begins every message of an Arrow stream.
	streamMagic = []byte("\xff\xff\xff\xff")
)

// maxZstdWindow is what zstd itself takes without being asked: a header that
// claims more is not memory to be asked for.
const maxZstdWindow = 128 << 20

// errCutOff is the unexpected end of a file.
var errCutOff = errors.New("cut off")

// checkFormat compares the first and last bytes of a file with what its name says.
func checkFormat(form format, file *countedFile) error {
	// Beside the counter: nothing of this is progress.
	start := make([]byte, 4096)
	n, err := file.File.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	start = start[:n]
	extension := form.compression
	if extension == "" {
		extension = form.kind
	}
	switch {
	case n == 0 && extension == ".csv":
		return emptyFile("a header line")
	case n == 0:
		return emptyFile("a whole " + extension + " file")
	}
	switch extension {
	case ".gz":
		return beginsWith(extension, start, gzipMagic)
	case ".zst":
		if n >= 4 && start[0]&0xf0 == 0x50 && bytes.Equal(start[1:4], []byte("\x2a\x4d\x18")) { // a frame to be passed over
			return nil
		}
		return beginsWith(extension, start, zstdMagic)
	case ".parquet":
		if err := beginsWith(extension, start, parquetMagic); err != nil {
			return err
		}
		end := make([]byte, len(parquetMagic))
		if _, err := file.File.ReadAt(end, max(0, file.size-int64(len(end)))); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if file.size < 12 || !bytes.Equal(end, parquetMagic) {
			return errCutOff
		}
	}
	return nil
}

// beginsWith refuses a file that begins with none of the magics, and one that
// ends within one.
func beginsWith(extension string, start []byte, magics ...[]byte) error {
	for _, magic := range magics {
		if bytes.HasPrefix(start, magic) {
			return nil
		}
	}
	for _, magic := range magics {
		if bytes.HasPrefix(magic, start) {
			return errCutOff
		}
	}
	found := otherThanText(start, "")
	if found == "" {
		found = "text"
	}
	return &Refusal{Reason: "the file is not the format that its name says", Expected: extension, Found: found,
		Advice: "Rename the file to its true format, or ask the supplier to send it again"}
}

func emptyFile(expected string) *Refusal {
	return &Refusal{Reason: "the file is empty", Expected: expected, Advice: "Ask the supplier to send the file again"}
}

// otherThanText recognises what is certainly not text in this character set.
func otherThanText(start []byte, charset string) string {
	for _, m := range []struct {
		magic []byte
		name  string
	}{
		{parquetMagic, "Parquet"}, {[]byte("PARE"), "encrypted Parquet"}, {arrowMagic, "an Arrow file"}, {gzipMagic, "gzip"}, {zstdMagic, "zstd"},
		{[]byte("PK\x03\x04"), "a zip or Excel file"}, {[]byte("\xd0\xcf\x11\xe0"), "an old Excel file"}, {[]byte("%PDF"), "PDF"},
		{[]byte("SQLite format"), "SQLite"},
	} {
		if bytes.HasPrefix(start, m.magic) {
			return m.name
		}
	}
	if charset == "utf-16" {
		// Its delimiters and ends of lines have a zero byte each.
		if bytes.IndexByte(start, 0) < 0 {
			return "text in utf-8 or windows-1252"
		}
		return ""
	}
	if bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff")) {
		return "UTF-16"
	}
	if line, _, _ := bytes.Cut(start, []byte{'\n'}); bytes.IndexByte(line, 0) >= 0 {
		return "binary data"
	}
	return ""
}

// unpackingReader tells in our words what is wrong with a compressed stream.
type unpackingReader struct{ io.Reader }

func (u unpackingReader) Read(b []byte) (int, error) {
	n, err := u.Reader.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = unpackingError(err)
	}
	return n, err
}

// unpackingError leaves out the text of the library, which may hold data.
func unpackingError(err error) error {
	is := func(targets ...error) bool {
		return slices.ContainsFunc(targets, func(target error) bool { return errors.Is(err, target) })
	}
	damaged := func(reason string) error {
		return &Refusal{Reason: reason, Advice: "Ask the supplier to send the file again"}
	}
	switch {
	case is(io.EOF, io.ErrUnexpectedEOF):
		return errCutOff
	case is(gzip.ErrChecksum, zstd.ErrCRCMismatch):
		return damaged("the file is damaged: its checksum does not fit its content")
	case is(gzip.ErrHeader, zstd.ErrMagicMismatch):
		return damaged("the file is damaged: something else follows its compressed data")
	case is(zstd.ErrWindowSizeExceeded):
		return &Refusal{Reason: "the file needs too much memory to be unpacked", Expected: "zstd with a window of at most 128 MiB",
			Advice: "Ask the supplier to compress the file without --long or --ultra"}
	case isOfSystem(err):
		return err
	default:
		return damaged("the file is damaged: its compressed data cannot be unpacked")
	}
}
