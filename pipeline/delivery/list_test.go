package delivery

import (
	"slices"
	"strings"
	"testing"
)

func TestListOfPseudonyms(t *testing.T) {
	got, err := ReadPseudonyms(strings.NewReader("\ufeffPseudoniem\r\n  abcdefghijklmnop \r\n\r\nqrstuvwxyzabcdéf\r\nabcdefghijklmnop"), nil)
	if want := []string{"abcdefghijklmnop", "qrstuvwxyzabcdéf"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("read %q (%v), want %q", got, err, want)
	}
	key := []byte("a key of our own, long enough")
	got, err = ReadPseudonyms(strings.NewReader("abcdefghijklmnop\n"), key)
	if want := string(pseudonymHash(key)([]byte("abcdefghijklmnop"))); err != nil || !slices.Equal(got, []string{want}) {
		t.Errorf("read %q (%v), want the hash of the delivered pseudonym", got, err)
	}
	for list, where := range map[string]string{
		"abcdefghijklmnop\ngeheim":                     "line 2 has 6 ",
		"abcdefghijklmnop\npseudoniem\n":               "line 2 has 10 ",
		strings.Repeat("geheim", 22):                   "line 1 has 132 ",
		"abcdefghijklmnop\n\ngeheim\xffabcdefghijklmn": "line 3 ",
		"abcdefghijklmnop\n\ngeheim\tabcdefghijklmn":   "line 3 ",
		"pseudoniem\n":                                 "no pseudonym",
		"":                                             "no pseudonym",
		strings.Repeat("geheim", 20000):                "longer than any pseudonym",
	} {
		_, err := ReadPseudonyms(strings.NewReader(list), key)
		if err == nil || !strings.Contains(err.Error(), where) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%v, want an error with %q and no value", err, where)
		}
	}
}
