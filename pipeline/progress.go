package pipeline

// Progress is told how far a long command is. The door shows it: a bar on a
// terminal, plain lines elsewhere.
type Progress interface {
	// Stage begins a stage of total units; 0 when their number is not known.
	Stage(name string, total int64)
	// Add tells that n more units are done.
	Add(n int64)
	// Done ends the present stage.
	Done()
}

// Silent shows nothing.
type Silent struct{}

// Stage does nothing.
func (Silent) Stage(string, int64) {}

// Add does nothing.
func (Silent) Add(int64) {}

// Done does nothing.
func (Silent) Done() {}
