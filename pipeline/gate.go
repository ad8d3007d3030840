package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"

	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/report"
)

// refusalFile says in rapporten/ why there is no workbook of the last night.
const refusalFile = "geweigerd.txt"

// unprotected is the reason when no workbook was made at all.
const unprotected = "de tabellen konden niet worden beschermd; manifest.json van de run zegt welke tabel en waarom"

// ruleTexts say in Dutch what a place in a workbook broke.
var ruleTexts = map[disclosure.Rule]string{
	disclosure.RuleClaim:   "de opgave van het blad past niet bij wat is vrijgegeven",
	disclosure.RuleHidden:  "de cel is verborgen en bevat meer dan het teken daarvoor",
	disclosure.RuleCell:    "de cel is niet gelijk aan wat is vrijgegeven",
	disclosure.RuleNumber:  "hier staat een getal dat niet is vrijgegeven",
	disclosure.RuleWords:   "in de tekst staat een getal van vijf of meer cijfers dat niet is vrijgegeven",
	disclosure.RuleFormula: "hier staat een formule, of een verwijzing naar buiten het werkboek",
}

// refusal is why one workbook may not leave; it names places and rules, never a value.
type refusal struct {
	workbook string
	reasons  []string
}

// gate reads every workbook back and compares it with what was released. When
// one is refused none is published: the workbooks of a night belong together.
func (n *night) gate(ctx context.Context) error {
	var refused []refusal
	var causes []error
	for i, path := range n.Workbooks {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := passGate(n.stagedPath(path), n.books[i].Book)
		if err == nil {
			continue
		}
		causes = append(causes, fmt.Errorf("%s may not leave: %w", filepath.Base(path), err))
		refused = append(refused, refusal{filepath.Base(path), reasons(err)})
	}
	if len(refused) == 0 {
		return nil
	}
	causes = append(causes, fmt.Errorf("nothing was published; the workbooks are in runs/%s and rapporten/%s says why: do not hand them on, and report it with that file",
		n.Run, refusalFile))
	return fail(GateRefused, errors.Join(append(causes, n.withhold(refused))...))
}

// passGate judges one workbook as it lies on disk.
func passGate(path string, b report.Book) error {
	account, err := report.Account(b)
	if err != nil {
		return err
	}
	gate := disclosure.NewGate(b.Released, account)
	if err := report.ReadBack(path, gate.See); err != nil {
		return err // the cells that were not reached would all be called different
	}
	return gate.Close()
}

// reasons says in Dutch why a workbook was refused.
func reasons(err error) []string {
	var out []string
	if e, ok := errors.AsType[*report.UnreadError](err); ok {
		return []string{place(e.Part, "") + "hier staat iets wat niet beoordeeld kan worden"}
	}
	e, ok := errors.AsType[*disclosure.RefusedError](err)
	if !ok {
		return []string{"het werkboek kon niet worden beoordeeld"}
	}
	for _, r := range e.Refusals {
		out = append(out, place(r.Part, r.Place)+ruleTexts[r.Rule])
	}
	if e.More > 0 {
		out = append(out, fmt.Sprintf("en nog %d plaatsen", e.More))
	}
	return out
}

func place(part, at string) string {
	switch {
	case part == "":
		return ""
	case at == "":
		return part + ": "
	}
	return part + ", " + at + ": "
}

// withhold moves the workbooks of this night out of rapporten/, and leaves there why.
func (n *night) withhold(refused []refusal) error {
	if err := n.setPasswords(); err != nil {
		return err
	}
	for _, path := range n.Workbooks {
		if err := os.Rename(n.stagedPath(path), filepath.Join(n.folder, filepath.Base(path))); err != nil {
			return fmt.Errorf("moving a refused workbook away: %w", err)
		}
	}
	if n.ownFolder() {
		if err := os.RemoveAll(staged(n.reportFolder())); err != nil {
			return fmt.Errorf("removing the folder of refused workbooks: %w", err)
		}
	}
	var text strings.Builder
	fmt.Fprintf(&text, "De werkboeken van run %s zijn geweigerd door de onthullingscontrole en niet gepubliceerd.\n", n.Run)
	if len(n.Workbooks) > 0 {
		fmt.Fprintf(&text, "Zij staan in runs/%s en mogen niet naar buiten.\n", n.Run)
	}
	text.WriteString("Werkboeken in deze map zijn van een eerdere nacht; hun stand staat op het eerste blad.\n")
	for _, r := range refused {
		fmt.Fprintf(&text, "\n%s\n", r.workbook)
		for _, reason := range r.reasons {
			fmt.Fprintf(&text, "- %s\n", reason)
		}
	}
	folder := filepath.Join(n.config.WorkDir(), "rapporten")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("making the folder for the reports: %w", err)
	}
	err := renameio.WriteFile(filepath.Join(folder, refusalFile), []byte(text.String()), 0o600,
		renameio.WithTempDir(n.folder), renameio.WithStaticPermissions(0o600))
	if err != nil {
		return fmt.Errorf("writing why the workbooks were refused: %w", err)
	}
	return nil
}

// forgetRefusal removes the refusal of an earlier night, after a good one.
func (n *night) forgetRefusal() error {
	err := os.Remove(filepath.Join(n.config.WorkDir(), "rapporten", refusalFile))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("removing the refusal of an earlier night: %w", err)
	}
	return nil
}
