package delivery

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"
)

const (
	inbox           = "aanlevering"
	rejected        = "geweigerd"
	unknownSupplier = "onbekend"
)

// File is one delivered file with all that is needed to read it.
type File struct {
	// Path is the path as shown: relative to the working folder, with slashes.
	Path string
	// Absolute is where the file lies.
	Absolute string
	// Table is the canonical table; its Delivery is the mode that holds for this file.
	Table Table
	// Supplier is the leverancier, from manifest, configuration or folder.
	Supplier string
	// Source is the mapping; the zero value is the canonical form.
	Source Source
	// Manifest is nil when the supplier sent none.
	Manifest *Manifest

	refused *Refusal // a manifest that cannot be read refuses its file, not the night
}

// Find lists the files to read, sorted by path: those that a source names (its
// `bestanden` is relative to configDir) and every canonical file under
// workDir/aanlevering. The second result names, as shown, the files under
// aanlevering that neither a source nor a table name explains. The error tells
// of a wrong source or an unreadable folder.
func Find(workDir, configDir string, sources []Source) (files []File, unknown []string, err error) {
	workDir, err = filepath.Abs(workDir)
	if err != nil {
		return nil, nil, err
	}
	if configDir, err = filepath.Abs(configDir); err != nil {
		return nil, nil, err
	}
	taken := map[string][]string{} // absolute path → tables
	for i, s := range sources {
		where := fmt.Sprintf("[[bron]] %d (%s)", i+1, s.Leverancier)
		if err := s.Validate(); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", where, err)
		}
		found, err := matches(workDir, configDir, s)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: bestanden: %w", where, err)
		}
		for _, path := range found {
			mapping := s
			t, ok := TableNamed(mapping.Tabel)
			if !ok {
				if t, ok = tableOf(path); !ok {
					return nil, nil, fmt.Errorf("%s: tabel: is empty and the name of %s does not begin with a table; use one of %s",
						where, shown(workDir, path), strings.Join(tableNames(), ", "))
				}
			}
			mapping.Tabel = t.Name
			if err := mapping.Validate(); err != nil {
				return nil, nil, fmt.Errorf("%s: %s: %w", where, shown(workDir, path), err)
			}
			if slices.Contains(taken[path], t.Name) {
				return nil, nil, fmt.Errorf("%s: bestanden: %s is already matched by an earlier [[bron]] of the same table; narrow one of the two",
					where, shown(workDir, path))
			}
			taken[path] = append(taken[path], t.Name)
			files = append(files, newFile(workDir, path, t, mapping))
		}
	}
	all, strange, err := walk(workDir)
	if err != nil {
		return nil, nil, err
	}
	unknown = strange
	for _, path := range all {
		if len(taken[path]) > 0 {
			continue
		}
		t, ok := tableOf(path)
		if _, known := formatOf(path); !ok || !known {
			unknown = append(unknown, shown(workDir, path))
			continue
		}
		files = append(files, newFile(workDir, path, t, Source{}))
	}
	sort.SliceStable(files, func(i, j int) bool { return files[i].Path < files[j].Path })
	sort.Strings(unknown)
	return files, unknown, nil
}

func newFile(workDir, path string, t Table, s Source) File {
	f := File{Path: shown(workDir, path), Absolute: path, Table: t, Source: s, Supplier: s.Leverancier}
	if f.Supplier == "" {
		f.Supplier = folderSupplier(workDir, path)
	}
	if s.Levering != "" {
		f.Table.Delivery = Mode(s.Levering)
	}
	m, err := readManifest(path)
	if err != nil {
		f.refused = &Refusal{File: f.Path, Reason: "its manifest cannot be used: " + err.Error(),
			Advice: "Correct the manifest beside the file or take it away"}
		return f
	}
	if f.Manifest = m; m != nil {
		if m.Leverancier != "" {
			f.Supplier = m.Leverancier
		}
		if m.Levering != "" {
			f.Table.Delivery = m.Levering
		}
	}
	return f
}

// folderSupplier is the first folder under aanlevering, when there is one.
func folderSupplier(workDir, path string) string {
	rel, err := filepath.Rel(filepath.Join(workDir, inbox), path)
	if err != nil {
		return unknownSupplier
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	if len(parts) < 2 || parts[0] == ".." {
		return unknownSupplier
	}
	return parts[0]
}

func matches(workDir, configDir string, s Source) ([]string, error) {
	pattern := filepath.FromSlash(s.Bestanden)
	if !filepath.IsAbs(pattern) {
		pattern = filepath.Join(configDir, pattern)
	}
	found, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	kept := found[:0]
	for _, path := range found {
		info, err := os.Stat(path)
		if os.IsNotExist(err) {
			continue // gone, or a link to nowhere
		}
		if err != nil {
			return nil, err
		}
		if info.Mode().IsRegular() && !passedOver(filepath.Base(path)) && !isRejected(workDir, path) {
			kept = append(kept, path)
		}
	}
	return kept, nil
}

// walk lists the regular files under aanlevering; strange names what it cannot enter.
func walk(workDir string) (all, strange []string, err error) {
	// With a separator at the end a linked folder is entered as well.
	root := filepath.Join(workDir, inbox) + string(filepath.Separator)
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && path == root && os.IsNotExist(err):
			return fs.SkipAll
		case err != nil:
			return fmt.Errorf("searching %s: %w", shown(workDir, path), err)
		case path == root:
			return nil
		case passedOver(d.Name()), isRejected(workDir, path):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		}
		// A link to nowhere is a file that nothing explains, not a reason to stop.
		info, statErr := os.Stat(path)
		if statErr != nil || !info.Mode().IsRegular() {
			strange = append(strange, shown(workDir, path))
			return nil //nolint:nilerr // it is named, and the walk goes on
		}
		all = append(all, path)
		return nil
	})
	return all, strange, err
}

func passedOver(base string) bool {
	return strings.HasPrefix(base, ".") || strings.HasSuffix(base, manifestSuffix)
}

func isRejected(workDir, path string) bool {
	dir := filepath.Join(workDir, inbox, rejected)
	return path == dir || strings.HasPrefix(path, dir+string(filepath.Separator))
}

func shown(workDir, path string) string {
	rel, err := filepath.Rel(workDir, path)
	if err != nil {
		rel = path
	}
	return filepath.ToSlash(rel)
}

// tableOf tells the table from a file name that begins with it.
func tableOf(path string) (Table, bool) {
	base := strings.ToLower(filepath.Base(path))
	for _, t := range tables {
		rest, ok := strings.CutPrefix(base, t.Name)
		if ok && (rest == "" || rest[0] < 'a' || rest[0] > 'z') {
			return t, true
		}
	}
	return Table{}, false
}

// namePattern compiles `uit_naam` and returns the columns that it names.
func namePattern(pattern string) (*regexp.Regexp, []string, error) {
	var columns []string
	var expr strings.Builder
	expr.WriteString("(?i)^")
	for rest := pattern; rest != ""; {
		switch i := strings.IndexAny(rest, "*{"); {
		case i < 0:
			expr.WriteString(regexp.QuoteMeta(rest))
			rest = ""
		case rest[i] == '*':
			expr.WriteString(regexp.QuoteMeta(rest[:i]) + ".*")
			rest = rest[i+1:]
		default:
			end := strings.IndexByte(rest[i:], '}')
			if end < 2 {
				return nil, nil, fmt.Errorf("a { without its }")
			}
			name := rest[i+1 : i+end]
			columns = append(columns, name)
			group := "(.+?)"
			if columnsOf("")[name].Kind == Integer {
				group = "([0-9]+)"
			}
			expr.WriteString(regexp.QuoteMeta(rest[:i]) + group)
			rest = rest[i+end+1:]
		}
	}
	if len(columns) == 0 {
		return nil, nil, fmt.Errorf("no {column}")
	}
	re, err := regexp.Compile(expr.String() + "$")
	return re, columns, err
}

// fromName reads the columns of `uit_naam` from the file name.
func (f File) fromName() (map[string]string, error) {
	if f.Source.UitNaam == "" {
		return nil, nil
	}
	re, columns, err := namePattern(f.Source.UitNaam)
	if err != nil {
		return nil, err
	}
	base := filepath.Base(f.Absolute)
	for _, name := range []string{base, strings.TrimSuffix(strings.TrimSuffix(base, ".gz"), ".zst")} {
		if found := re.FindStringSubmatch(name); found != nil {
			values := map[string]string{}
			for i, c := range columns {
				values[c] = found[i+1]
			}
			return values, nil
		}
	}
	return nil, fmt.Errorf("the file name does not fit uit_naam %q", f.Source.UitNaam)
}

// Delivered returns the date of the delivery: the manifest's, else today's.
func (f File) Delivered(today time.Time) time.Time {
	if f.Manifest != nil && f.Manifest.Aangemaakt != nil {
		return *f.Manifest.Aangemaakt
	}
	return today
}

// Identity returns what makes this a delivery of its own: the SHA-256 (hex) of
// the file's bytes, and that of the mapping in force. The name of the file, its
// folder and the keys that change no row are no part of it.
func (f File) Identity() (content, mapping string, err error) {
	file, err := os.Open(f.Absolute)
	if err != nil {
		return "", "", fmt.Errorf("%s: %w", f.Path, err)
	}
	defer file.Close() // only read
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", "", fmt.Errorf("%s: %w", f.Path, err)
	}
	content = hex.EncodeToString(h.Sum(nil))

	fromName, err := f.fromName()
	if err != nil {
		fromName = nil // Open refuses the file with the full text
	}
	s := f.Source.withDefaults()
	s.Tabel, s.Bestanden, s.UitNaam, s.Verwacht, s.Openbaar = f.Table.Name, "", "", "", false
	s.Levering = string(f.Table.Delivery)
	if f.Manifest != nil && f.Manifest.Leverancier != "" {
		s.Leverancier = f.Manifest.Leverancier
	}
	// JSON writes maps sorted by key, so that equal mappings have equal bytes.
	canonical, err := json.Marshal(struct {
		Source   Source
		FromName map[string]string
	}{s, fromName})
	if err != nil {
		return "", "", fmt.Errorf("%s: %w", f.Path, err)
	}
	sum := sha256.Sum256(canonical)
	return content, hex.EncodeToString(sum[:]), nil
}
