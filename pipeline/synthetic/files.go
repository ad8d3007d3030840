package synthetic

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// file is one delivery: what is in it and what its manifest says.
type file struct {
	supplier  string
	name      string // without extension
	columns   []column
	addition  bool // levering aanvulling; else volledig
	from, to  day
	created   day
	hasAmount bool

	lines int64
	cents int64
	sink  sink
}

// plan lists the deliveries of the region: claims by domain and year of declaration, then the snapshots.
func (w *world) plan() []file {
	var files []file
	created := dateOf(w.lastYear+1, 7, 1)
	for d := range domains {
		supplier := "maastricht"
		if d == zvw || d == wlz {
			supplier = "vgz"
		}
		for y := w.firstYear; y <= w.lastYear+1; y++ {
			f := file{supplier: supplier, name: "declaraties_" + domainNames[d] + "_" + strconv.Itoa(y), columns: claimColumns,
				addition: true, from: dateOf(y, 1, 1), to: dateOf(y, 12, 31), created: dateOf(y+1, 1, 15), hasAmount: true}
			if y > w.lastYear {
				f.to, f.created = w.cutoff, created
			}
			files = append(files, f)
		}
	}
	snapshot := func(supplier, name string, columns []column) int {
		files = append(files, file{supplier: supplier, name: name, columns: columns, from: w.first, to: w.last, created: created})
		return len(files) - 1
	}
	w.residentFile = snapshot("maastricht", "bevolking", residentColumns)
	w.grantFile = snapshot("maastricht", "toewijzingen", grantColumns)
	w.projectFile = snapshot("maastricht", "deelname", projectColumns)
	w.budgetFile = snapshot("maastricht", "budget", budgetColumns)
	files[w.budgetFile].hasAmount = true
	w.wlzGrantFile = snapshot("vgz", "toewijzingen", grantColumns)
	return files
}

// claimFile is the index in plan of the delivery that holds a claim declared on the given day.
func (w *world) claimFile(d domain, declared day) int {
	return int(d)*(w.lastYear-w.firstYear+2) + declared.year() - w.firstYear
}

// manifest is the text of the manifest beside the file.
func (f *file) manifest() []byte {
	levering := "volledig"
	if f.addition {
		levering = "aanvulling"
	}
	b := fmt.Appendf(nil, "leverancier = %q\nperiode_van = %s\nperiode_tot = %s\nlevering = %q\naangemaakt = %s\nregels = %d\n",
		f.supplier, f.from, f.to, levering, f.created, f.lines)
	if f.hasAmount {
		b = append(appendFixed(append(b, "totaal = "...), f.cents, 2), '\n')
	}
	return b
}

// sink takes the rows of one file in order.
type sink interface {
	write(rows) error
	close() error
}

type csvSink struct{ f *os.File }

func openCSV(path string, columns []column) (sink, error) {
	f, err := create(path)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	if _, err := f.WriteString(strings.Join(names, ";") + "\n"); err != nil {
		f.Close()
		return nil, err
	}
	return &csvSink{f}, nil
}

func (s *csvSink) write(r rows) error {
	_, err := s.f.Write(r.(*csvRows).b)
	return err
}

func (s *csvSink) close() error { return s.f.Close() }

type parquetSink struct{ w *pqarrow.FileWriter }

// rowGroup is the largest number of rows of a Parquet row group; it bounds the memory of an open file.
const rowGroup = 32 * 1024

func openParquet(path string, columns []column) (sink, error) {
	f, err := create(path)
	if err != nil {
		return nil, err
	}
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithMaxRowGroupLength(rowGroup),
		parquet.WithCreatedBy("ontschot"))
	w, err := pqarrow.NewFileWriter(schemaOf(columns), f, properties, pqarrow.DefaultWriterProps())
	if err != nil {
		f.Close()
		return nil, err
	}
	return &parquetSink{w}, nil
}

func (s *parquetSink) write(r rows) error {
	record := r.(*arrowRows).NewRecordBatch()
	defer record.Release()
	defer r.(*arrowRows).Release()
	return s.w.WriteBuffered(record)
}

func (s *parquetSink) close() error { return s.w.Close() }

func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
}

// settings is the configuration with which the region can be run.
func settings(baseYear int) string {
	return fmt.Sprintf(`# Configuratie van een synthetische regio: verzonnen personen, met effecten erin die waarheid.json beschrijft.
# De leveringen staan onder aanlevering/ in canonieke vorm; daarom is geen [[bron]] nodig.
werkmap = "."

[regio]
naam = "Maastricht-Heuvelland (synthetisch)"
basisjaar = %d                  # het jaar waarmee wordt vergeleken
populatie = "inwoners"            # alle inwoners; er is geen tabel verzekering
`, baseYear)
}

// claimFolder checks that nothing in dir would be mixed up with the region or overwritten, and makes the folders.
func claimFolder(dir, extension string, files []file, toml string) error {
	if old, err := os.ReadFile(filepath.Join(dir, "ontschot.toml")); err == nil && string(old) != toml {
		return &OptionError{"folder", "it already holds another ontschot.toml; choose an empty folder"}
	}
	known := map[string]bool{}
	for i := range files {
		stem := filepath.Join(dir, "aanlevering", files[i].supplier, files[i].name)
		known[stem+extension], known[stem+".manifest.toml"] = true, true
	}
	err := filepath.WalkDir(filepath.Join(dir, "aanlevering"), func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			if os.IsNotExist(err) {
				return nil
			}
			return err
		}
		if !entry.IsDir() && !known[path] {
			return &OptionError{"folder", "it already holds other deliveries, such as " + entry.Name() + "; choose an empty folder"}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for path := range known {
		if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	for _, folder := range []string{".", "aanlevering", "aanlevering/vgz", "aanlevering/maastricht"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			return err
		}
	}
	return nil
}
