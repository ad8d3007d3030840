package delivery

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// TOMLError tells in the words of its writer what is wrong with a TOML file:
// "3:10: regels: a whole number is expected, not a text". The file and, for a key
// that nobody knows, what is allowed are for the caller to tell. Without a place
// it begins with a space.
func TOMLError(err error) string {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(strict.Errors) > 0 {
		first := strict.Errors[0]
		line, _ := first.Position()
		return fmt.Sprintf("%d: the key %q is unknown", line, strings.Join(first.Key(), "."))
	}
	decode, ok := errors.AsType[*toml.DecodeError](err)
	if !ok {
		return " " + strings.TrimPrefix(err.Error(), "toml: ")
	}
	line, column := decode.Position()
	key := ""
	if len(decode.Key()) > 0 {
		key = strings.Join(decode.Key(), ".") + ": "
	}
	text := strings.TrimPrefix(decode.Error(), "toml: ")
	if m := misfit.FindStringSubmatch(text); m != nil {
		text = inWords(goWords, m[2]) + " is expected, not " + inWords(tomlWords, m[1])
	}
	return fmt.Sprintf("%d:%d: %s%s", line, column, key, text)
}

// TOMLText reads a value of the configuration that is a text which must pass a check, or is empty. Its error has the place of
// the value in the file.
func TOMLText(raw []byte, check func(text string) error) (string, error) {
	var value struct{ Text string }
	if err := toml.Unmarshal(append([]byte("Text = "), raw...), &value); err != nil {
		return "", unstable.NewParserError(raw, "a text is expected")
	}
	if value.Text == "" {
		return "", nil
	}
	if err := check(value.Text); err != nil {
		return "", unstable.NewParserError(raw, "%s", err)
	}
	return value.Text, nil
}

// misfit is how the library tells that a value has another type than its key.
var misfit = regexp.MustCompile(`^cannot (?:decode TOML|store) (?:an? )?(.+?) in(?:to)? (?:.* of type |an? )?(\S+)$`)

var (
	tomlWords = map[string]string{"string": "a text", "integer": "a whole number", "float": "a number with decimals", "boolean": "true or false", "array": "a list",
		"inline table": "a table", "array table": "a list of tables"}
	goWords = map[string]string{"string": "a text", "int": "a whole number", "int64": "a whole number", "float64": "a number", "bool": "true or false", "slice": "a list"}
)

// inWords translates a type; a Go type of our own is a table or a list.
func inWords(words map[string]string, kind string) string {
	kind = strings.TrimPrefix(kind, "*")
	switch word := words[kind]; {
	case word != "":
		return word
	case strings.HasPrefix(kind, "[]"):
		return "a list"
	case strings.HasPrefix(kind, "map["), strings.Contains(kind, "."):
		return "a table"
	default:
		return "a " + kind
	}
}
