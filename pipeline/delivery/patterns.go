package delivery

import (
	"encoding/json"
	"fmt"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// Patterns are names of columns in which * is a wildcard. The configuration
// writes one as a text and several as a list of texts.
type Patterns []string //nolint:recvcheck // what is read needs its address, and the values of a map that is written have none

// UnmarshalTOML reads one pattern or a list of them. Its error has the place of
// the value in the file, when the decoder was told to ask for it.
func (p *Patterns) UnmarshalTOML(raw []byte) error {
	wrong := unstable.NewParserError(raw, "breed has a text or a list of texts for each zorgsoort")
	var value struct{ Patterns any }
	if err := toml.Unmarshal(append([]byte("Patterns = "), raw...), &value); err != nil {
		return wrong
	}
	switch v := value.Patterns.(type) {
	case string:
		*p = Patterns{v}
		return nil
	case []any:
		*p = make(Patterns, len(v))
		for i, one := range v {
			text, ok := one.(string)
			if !ok {
				return wrong
			}
			(*p)[i] = text
		}
		return nil
	default:
		return wrong
	}
}

// MarshalJSON writes one pattern as a text, as it was before there were lists:
// the same mapping keeps the same identity.
func (p Patterns) MarshalJSON() ([]byte, error) {
	var value any = []string(p)
	if len(p) == 1 {
		value = p[0]
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("patterns: %w", err)
	}
	return raw, nil
}
