package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// private DIR checks a working folder: everything that the program made in it is for its owner only, nothing temporary is
// left, and no person stands in any file but the deliveries, the warehouse and the runs.
func private(ts *testscript.TestScript, _ bool, args []string) {
	root := ts.MkAbs(args[0])
	persons := pseudonyms(ts, root)
	ts.Check(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if name == "aanlevering" {
			return fs.SkipDir // what suppliers put there
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if want := map[bool]fs.FileMode{false: 0o600, true: 0o700}[d.IsDir()]; info.Mode().Perm() != want {
			ts.Fatalf("%s has mode %o, not %o", name, info.Mode().Perm(), want)
		}
		top, _, _ := strings.Cut(name, string(filepath.Separator))
		if strings.HasPrefix(d.Name(), ".") && name != "." && name != ".ontschot.lock" {
			ts.Fatalf("%s was left behind", name)
		}
		if d.IsDir() || top == "runs" || name == "warehouse.duckdb" {
			return nil
		}
		content := unpacked(ts, path)
		for _, person := range persons {
			if bytes.Contains(content, []byte(person)) {
				ts.Fatalf("%s names a person", name)
			}
		}
		return nil
	}))
}

// pseudonyms are those of the inhabitants of a region.
func pseudonyms(ts *testscript.TestScript, root string) []string {
	file, err := os.Open(filepath.Join(root, "aanlevering", "maastricht", "bevolking.csv"))
	ts.Check(err)
	defer file.Close()
	in := csv.NewReader(file)
	in.Comma = ';'
	rows, err := in.ReadAll()
	ts.Check(err)
	column := -1
	for i, name := range rows[0] {
		if name == "pseudoniem" {
			column = i
		}
	}
	var all []string
	for _, row := range rows[1:] {
		all = append(all, row[column])
	}
	if len(all) < 100 {
		ts.Fatalf("there are %d inhabitants", len(all))
	}
	return all
}

// unpacked reads a file, a workbook by its parts.
func unpacked(ts *testscript.TestScript, path string) []byte {
	raw, err := os.ReadFile(path)
	ts.Check(err)
	if filepath.Ext(path) != ".xlsx" {
		return raw
	}
	book, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	ts.Check(err)
	var content []byte
	for _, part := range book.File {
		in, err := part.Open()
		ts.Check(err)
		text, err := io.ReadAll(in)
		ts.Check(err)
		content = append(content, text...)
	}
	return content
}
