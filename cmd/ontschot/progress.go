package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"ontschot/pipeline"
)

// newProgress shows a bar on a terminal, and plain lines elsewhere.
func newProgress(w io.Writer) pipeline.Progress {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return &bar{w: w}
	}
	return &lines{w: w, now: time.Now}
}

// bar is for people who watch.
type bar struct {
	w   io.Writer
	bar *progressbar.ProgressBar
}

func (b *bar) Stage(name string, total int64) {
	b.bar = progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(b.w), progressbar.OptionSetDescription(name),
		progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(false))
}

func (b *bar) Add(n int64) {
	// A bar that cannot be drawn is no reason to stop a night.
	_ = b.bar.Add64(n)
}

func (b *bar) Done() { _ = b.bar.Finish() }

// lines are for logs and mail: one when a stage ends, and a sign of life in a long one.
type lines struct {
	w           io.Writer
	now         func() time.Time
	name        string
	done, total int64
	began, last time.Time
}

const signOfLife = 30 * time.Second

func (l *lines) Stage(name string, total int64) {
	l.name, l.done, l.total = name, 0, total
	l.began = l.now()
	l.last = l.began
}

func (l *lines) Add(n int64) {
	l.done += n
	if now := l.now(); now.Sub(l.last) >= signOfLife && l.total > 0 {
		l.last = now
		fmt.Fprintf(l.w, "%s: %d%% after %s\n", l.name, 100*l.done/l.total, now.Sub(l.began).Round(time.Second))
	}
}

func (l *lines) Done() {
	fmt.Fprintf(l.w, "%s: %s\n", l.name, l.now().Sub(l.began).Round(100*time.Millisecond))
}
