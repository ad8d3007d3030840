package delivery

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// ReadPseudonyms reads a list of persons: UTF-8, one pseudonym a line as the
// supplier knows it; empty lines and a first line "pseudoniem" are passed over.
// With a key each is hashed as [Options] does, so that they come back as they are
// stored, once each, in the order of the list. An error names the line, never
// what is on it.
func ReadPseudonyms(list io.Reader, key []byte) ([]string, error) {
	column := pseudonym()
	stored := func(text []byte) []byte { return text }
	if len(key) > 0 {
		stored = pseudonymHash(key)
	}
	var found []string
	seen := map[string]bool{}
	lines := bufio.NewScanner(list)
	for number := 1; lines.Scan(); number++ {
		line := lines.Bytes()
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 || number == 1 && bytes.EqualFold(line, []byte(column.Name)) {
			continue
		}
		length, ok := parseText(line)
		switch {
		case !ok:
			return nil, fmt.Errorf("line %d holds what is no text in UTF-8: save the list as UTF-8, one pseudonym a line", number)
		case length < column.MinLength || length > column.MaxLength:
			return nil, fmt.Errorf("line %d has %d characters: a pseudonym has %d to %d; give one a line, as the supplier writes it",
				number, length, column.MinLength, column.MaxLength)
		}
		if person := string(stored(line)); !seen[person] {
			seen[person] = true
			found = append(found, person)
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, errors.New("a line is longer than any pseudonym: give one a line")
	case err != nil:
		return nil, fmt.Errorf("reading the list: %w", err)
	case len(found) == 0:
		return nil, errors.New("there is no pseudonym in it: give one a line")
	}
	return found, nil
}
