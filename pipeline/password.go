package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"unicode/utf16"

	"ontschot/pipeline/report"
)

// longestPassword is what Excel takes, in UTF-16 units.
const longestPassword = 255

// readPasswords reads the password of every recipient who has a file for it.
func (c *Config) readPasswords() error {
	for i := range c.Ontvanger {
		r := &c.Ontvanger[i]
		if r.WachtwoordBestand == "" {
			continue
		}
		var err error
		if r.password, err = readPassword(c.resolve(r.WachtwoordBestand)); err != nil {
			return fmt.Errorf("[[ontvanger]] %s: wachtwoord_bestand: %w", r.Naam, err)
		}
	}
	return nil
}

// readPassword gives the first line of a file that only its owner can read. No error tells what is in it.
func readPassword(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return "", fmt.Errorf("others can read or change %s (mode %o): give it to its owner alone, with chmod 600", path, mode)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	line, _, _ := bytes.Cut(raw, []byte("\n"))
	password := string(bytes.TrimSuffix(line, []byte("\r")))
	if length := len(utf16.Encode([]rune(password))); length == 0 || length > longestPassword {
		return "", fmt.Errorf("the first line of %s has %d characters: a password has 1 to %d", path, length, longestPassword)
	}
	return password, nil
}

// password is that of a recipient; "" is none.
func (c *Config) password(recipient string) string {
	for _, r := range c.Ontvanger {
		if r.Naam == recipient {
			return r.password
		}
	}
	return ""
}

// setPasswords encrypts the workbooks that wait, of the recipients who have a password. The gate has read them by then.
func (n *night) setPasswords() error {
	for i, path := range n.Workbooks {
		password := n.config.password(n.books[i].Book.Recipient)
		if password == "" {
			continue
		}
		if err := report.Encrypt(n.stagedPath(path), password); err != nil {
			return fmt.Errorf("putting a password on %s: %w", n.books[i].File, err)
		}
	}
	return nil
}
