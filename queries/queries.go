// Package queries holds the SQL that answers the questions of the programme,
// and the dated code lists it needs. The files are plain and run as they stand;
// this package only carries them inside the binary.
package queries

import "embed"

// Files are the queries, one folder per kind (model, indicator, check), and the
// reference tables in reference/.
//
//go:embed model/*.sql indicator/*.sql check/*.sql reference/*.csv
var Files embed.FS
