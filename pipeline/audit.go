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
	"strings"
	"time"

	"ontschot/pipeline/analysis"
)

// auditFile is the log of who did what with the data, beside the warehouse. Lines are only added.
const auditFile = "audit.log"

// Action is what a command does with data of persons.
type Action string

// The actions of audit.log and of a manifest.
const (
	ActionQuery   Action = "query"
	ActionRun     Action = "run"
	ActionLoad    Action = "load"
	ActionErase   Action = "erase"
	ActionRelease Action = "release"
	ActionReport  Action = "report"
	ActionVerify  Action = "verify"
	// ActionRetain removes what was kept longer than [bewaren] says.
	ActionRetain Action = "bewaren"
)

// AuditLine is one thing that was done with data of persons: the fields of NEN 7513. It holds no text of a query and no
// value of an answer: both may tell of persons.
type AuditLine struct {
	When        time.Time `json:"wanneer"`
	Who         string    `json:"wie"` // the user of the operating system
	Action      Action    `json:"handeling"`
	Query       string    `json:"query,omitempty"`
	QueryHash   string    `json:"query_sha256,omitempty"`
	Params      []string  `json:"parameters,omitempty"`    // their names; a value may be of a person
	Run         string    `json:"run"`                     // whose data it were: of a query the last night, else the run itself
	Of          string    `json:"van_run,omitempty"`       // the run that was released
	Fingerprint string    `json:"vingerafdruk"`            // of the data and all that was asked of them
	Deliveries  int       `json:"leveringen,omitempty"`    // that were loaded
	Lines       int64     `json:"regels,omitempty"`        // that were read from them, or erased
	File        string    `json:"bestand,omitempty"`       // what was removed, or proven
	Content     string    `json:"inhoud_sha256,omitempty"` // and its SHA-256
	Format      string    `json:"vorm,omitempty"`
	Output      string    `json:"uitvoer"` // files, or stdout
	Rows        int64     `json:"rijen"`   // that went out
	Outcome     string    `json:"uitslag"` // klaar, or how it failed: then fewer rows may have gone out than there are
	Mark        string    `json:"merk,omitempty"`
}

// auditLog is the log, open before anything is done: what cannot be noted is not done.
type auditLog struct{ file *os.File }

func openAuditLog(c *Config, rule string) (*auditLog, error) {
	path := filepath.Join(c.WorkDir(), auditFile)
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%s in %s: %w", rule, auditFile, err)
	}
	// A log that somebody opened up, or that a backup brought back so.
	if err := file.Chmod(0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("%s must be readable by nobody else: %w", auditFile, err), file.Close())
	}
	return &auditLog{file}, nil
}

// note adds a line, in one write, so that two at once do not mix.
func (a *auditLog) note(line AuditLine) error {
	raw, err := json.Marshal(line)
	if err == nil {
		_, err = a.file.Write(append(raw, '\n'))
	}
	if err = errors.Join(err, a.file.Sync()); err != nil {
		return fmt.Errorf("noting what was done in %s: %w", auditFile, err)
	}
	return nil
}

// noteLast adds the last line.
func (a *auditLog) noteLast(line AuditLine) error {
	return errors.Join(a.note(line), a.file.Close())
}

// audit is the log of one question.
type audit struct {
	log  *auditLog
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
	log, err := openAuditLog(c, "an answer is only given when it can be noted")
	if err != nil {
		return nil, err
	}
	line := newAuditLine(env, ActionQuery)
	line.Query, line.QueryHash, line.Run, line.Fingerprint = q.Path, queryHash(q.Query), q.run.ID, q.run.Fingerprint
	line.Params, line.Format, line.Output, line.Mark = q.Params.names(), q.Format, to, internalMark
	return &audit{log: log, line: line}, nil
}

// note adds the line of the question.
func (a *audit) note(rows int64, outcome error) error {
	a.line.Rows, a.line.Outcome = rows, statusDone
	if outcome != nil {
		a.line.Outcome = "mislukt"
	}
	return a.log.noteLast(a.line)
}

func newAuditLine(env Env, action Action) AuditLine {
	return AuditLine{When: env.Now().UTC(), Who: whoAsks(), Action: action}
}

// openAudit opens the log for what this run does.
func (n *night) openAudit(action Action) (err error) {
	n.action = action
	n.audit, err = openAuditLog(n.config, "nothing is done with the data that cannot be noted")
	return err
}

// noted adds the line of the run to the log.
func (n *night) noted(outcome error) error {
	line := newAuditLine(n.env, n.action)
	line.Run, line.Fingerprint, line.Outcome = n.Run, n.Fingerprint, statusOf(outcome)
	line.Deliveries = len(n.Loaded)
	for _, l := range n.Loaded {
		line.Lines += l.Counts.Lines
	}
	if n.Erasure != nil {
		for _, t := range n.Erasure.Tables {
			line.Lines += t.Lines
		}
	}
	if n.Released != nil {
		line.Of = n.Released.Run
	}
	if outcome == nil && len(n.books) > 0 {
		var files []string
		for i, path := range n.Workbooks {
			files = append(files, n.shown(path))
			line.Rows += int64(n.books[i].Book.Released.Rows())
		}
		line.Output, line.Fingerprint = strings.Join(files, ", "), n.books[0].Book.Fingerprint
	}
	return n.audit.noteLast(line)
}

// shown is a path as it is told: relative to the working folder, with slashes.
func (n *night) shown(path string) string {
	inside, err := filepath.Rel(n.config.WorkDir(), path)
	if err != nil {
		return filepath.Base(path)
	}
	return filepath.ToSlash(inside)
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
