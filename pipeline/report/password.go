package report

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/xuri/excelize/v2"
)

// errEncrypted says that an encrypted workbook does not open as the one it was made from.
var errEncrypted = errors.New("the encrypted workbook does not open as it was")

// cipherBlock is what the content is filled up to a multiple of; its length stands before it.
const cipherBlock = 16

// Encrypt replaces the workbook at path by one that opens with a password only. Its salt is random: the same workbook gives
// other bytes each time.
func Encrypt(path, password string) error {
	plain, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	options := &excelize.Options{Password: password}
	secret, err := excelize.Encrypt(plain, options)
	if err != nil {
		return err
	}
	// Nobody else reads it before the recipient does.
	opened, err := excelize.Decrypt(secret, options)
	if err != nil {
		return errors.Join(errEncrypted, err)
	}
	if rest, ok := bytes.CutPrefix(opened, plain); !ok || len(rest) >= cipherBlock {
		return errEncrypted
	}
	err = renameio.WriteFile(path, secret, fileMode, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(fileMode))
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
