package delivery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

// A pseudonym is hashed once more with our own key; every other column of the row stays as it was delivered.
func TestPseudonymIsHashedAtTheEdge(t *testing.T) {
	content := lines(claimsHeader(), strings.Join(claim(nil), ";"))
	file := place(t, "declaraties", "declaraties.csv", content, Source{})
	plain := readAll(t, file, Options{}).rows
	key := []byte("a key of our own, long enough")
	hashed := readAll(t, file, Options{PseudonymKey: key}).rows

	delivered := claim(nil)[4]
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(delivered))
	want := strings.Replace(plain[0], delivered, hex.EncodeToString(mac.Sum(nil)), 1)
	if len(hashed) != 1 || hashed[0] != want {
		t.Errorf("the stored row is not the delivered one with the HMAC-SHA256 of its pseudonym")
	}
}
