package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"time"

	"ontschot/pipeline/analysis"
)

// auditFile is the log of who asked what, beside the warehouse.
const auditFile = "audit.log"

// AuditLine is one query that was asked. It holds no text of the query and no
// value of the answer: both may tell of persons.
type AuditLine struct {
	When        time.Time `json:"wanneer"`
	Who         string    `json:"wie"` // the user of the operating system
	Query       string    `json:"query"`
	QueryHash   string    `json:"query_sha256"`
	Run         string    `json:"run"`
	Fingerprint string    `json:"vingerafdruk"`
	Format      string    `json:"vorm"`
	Output      string    `json:"uitvoer"` // a file, or stdout
	Rows        int64     `json:"rijen"`
	Outcome     string    `json:"uitslag"` // klaar, or mislukt: then fewer rows may have gone out than there are
	Mark        string    `json:"merk"`
}

// audit is the log, open before anything is answered: what cannot be noted is not answered.
type audit struct {
	file *os.File
	line AuditLine
}

func openAudit(c *Config, env Env, q question) (*audit, error) {
	to := "stdout"
	if q.Output != "" {
		var err error
		if to, err = filepath.Abs(q.Output); err != nil {
			return nil, err
		}
	}
	path := filepath.Join(c.WorkDir(), auditFile)
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("an answer is only given when it can be noted in %s: %w", auditFile, err)
	}
	// A log that somebody opened up, or that a backup brought back so.
	if err := file.Chmod(0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("%s must be readable by nobody else: %w", auditFile, err), file.Close())
	}
	return &audit{file: file, line: AuditLine{
		When: env.Now().UTC(), Who: whoAsks(), Query: q.Path, QueryHash: queryHash(q.Query), Run: q.run.ID, Fingerprint: q.run.Fingerprint,
		Format: q.Format, Output: to, Mark: internalMark,
	}}, nil
}

// note adds the line, in one write, so that two at once do not mix.
func (a *audit) note(rows int64, outcome error) error {
	a.line.Rows, a.line.Outcome = rows, "klaar"
	if outcome != nil {
		a.line.Outcome = "mislukt"
	}
	raw, err := json.Marshal(a.line)
	if err == nil {
		_, err = a.file.Write(append(raw, '\n'))
	}
	if err = errors.Join(err, a.file.Sync(), a.file.Close()); err != nil {
		return fmt.Errorf("noting the query in %s: %w", auditFile, err)
	}
	return nil
}

// whoAsks is the name of the user, or the number where there is no name.
func whoAsks() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "uid " + strconv.Itoa(os.Getuid())
}

func queryHash(q analysis.Query) string {
	hash := sha256.Sum256([]byte(q.SQL))
	return hex.EncodeToString(hash[:])
}
