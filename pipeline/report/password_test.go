package report

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestAWorkbookOfAnySizeIsEncrypted has sizes around those where the container of an encrypted file changes its form.
func TestAWorkbookOfAnySizeIsEncrypted(t *testing.T) {
	random := rand.NewChaCha8([32]byte{1})
	for _, size := range []int{4088, 4096, 5000, 100_000, 7_100_000, 20_000_000} {
		plain := make([]byte, size)
		if _, err := random.Read(plain); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "boek.xlsx")
		if err := os.WriteFile(path, plain, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Encrypt(path, "geheim"); err != nil {
			t.Fatalf("%d bytes: %v", size, err)
		}
		secret, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := excelize.Decrypt(secret, &excelize.Options{Password: "geheim"}); err != nil || !bytes.HasPrefix(got, plain) {
			t.Errorf("%d bytes: they come back otherwise (%v)", size, err)
		}
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
			t.Errorf("%d files in the folder, want the workbook only", len(left))
		}
	}
}
