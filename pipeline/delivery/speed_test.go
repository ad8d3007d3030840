package delivery

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func BenchmarkCSV(b *testing.B) {
	var buf bytes.Buffer
	buf.WriteString(claimsHeader() + "\n")
	for i := range 200_000 {
		buf.WriteString(strings.Join(claim(map[string]string{
			"regel_id": fmt.Sprintf("r%09d", i), "pseudoniem": fmt.Sprintf("%032x", i*7919), "bedrag": fmt.Sprintf("%d.%02d", i%5000, i%100),
			"aanbiedersoort": "0601", "specialisme": "0320", "zorgproduct": "990003004"}), ";") + "\n")
	}
	f := place(b, "declaraties", "declaraties.csv", buf.Bytes(), Source{})
	b.SetBytes(int64(buf.Len()))
	for b.Loop() {
		r, err := Open(f, Options{Today: today})
		if err != nil {
			b.Fatal(err)
		}
		for r.Next() {
		}
		if r.Err() != nil || r.Counts().Rows != 200_000 {
			b.Fatal(r.Err(), r.Counts(), r.Quarantine()[:1])
		}
		r.Release()
	}
}
