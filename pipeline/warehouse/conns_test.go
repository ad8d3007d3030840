package warehouse

import (
	"context"
	"testing"
)

// TestConnsAreToOneDatabase counts them, and finds on each the limits of the engine and what another made.
func TestConnsAreToOneDatabase(t *testing.T) {
	ctx := context.Background()
	for threads, want := range map[int]int{1: 1, 2: 2, 16: 2} {
		dir := t.TempDir()
		w, err := OpenNight(ctx, dir, Options{Threads: threads, MemoryLimit: "512MiB"})
		if err != nil {
			t.Fatal(err)
		}
		conns, done, err := w.Conns(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(conns) != want {
			t.Errorf("%d connections with %d threads, want %d", len(conns), threads, want)
		}
		const limits = "SELECT current_setting('memory_limit') || ' ' || current_setting('threads') || ' ' || current_setting('temp_directory')"
		if _, err := conns[0].ExecContext(ctx, "CREATE TABLE model.t AS SELECT ("+limits+") AS x"); err != nil {
			t.Fatal(err)
		}
		for i, conn := range conns {
			var here, there string
			if err := conn.QueryRowContext(ctx, limits+", x FROM model.t").Scan(&here, &there); err != nil || here != there {
				t.Errorf("connection %d is limited to %q, another to %q (%v)", i, here, there, err)
			}
		}
		if err := done(); err != nil {
			t.Error(err)
		}
		if err := w.Publish(ctx); err != nil {
			t.Error(err)
		}
		onlyFile(t, dir)
	}
}
