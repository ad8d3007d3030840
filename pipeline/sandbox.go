package pipeline

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"ontschot/pipeline/analysis"
)

// allowed refuses what is not one SELECT on the warehouse alone. The settings of the engine are not enough: they leave it the
// files of the database itself, and functions that tell of the machine or turn a log on.
func allowed(ctx context.Context, conn *sql.Conn, q analysis.Query) error {
	part, err := parse(ctx, conn, q)
	if err != nil {
		return err
	}
	if err := visit(part, func(part map[string]any) error { return judge(q, part) }); err != nil {
		return err
	}
	return onlySelect(conn, q)
}

// parse gives the parts of a query, as the engine reads it; nothing of one that it cannot read, for running it says what is wrong.
func parse(ctx context.Context, conn *sql.Conn, q analysis.Query) (any, error) {
	var raw string
	if err := conn.QueryRowContext(ctx, "SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)", q.SQL).Scan(&raw); err != nil {
		return nil, fmt.Errorf("%s: reading the query: %w", q.Path, err)
	}
	var parsed struct {
		Error      bool   `json:"error"`
		Kind       string `json:"error_type"`
		Statements []any  `json:"statements"`
	}
	if err := json.Unmarshal([]byte(raw), &parsed); err != nil {
		return nil, fmt.Errorf("%s: reading the query: %w", q.Path, err)
	}
	switch {
	case parsed.Error && parsed.Kind == "parser":
		return nil, nil
	case parsed.Error:
		return nil, notSelect(q)
	case len(parsed.Statements) != 1:
		return nil, oneSelect(q)
	}
	return parsed.Statements[0], nil
}

func oneSelect(q analysis.Query) error {
	return fmt.Errorf("%s: it must hold one SELECT and nothing else", q.Path)
}

var (
	comments  = regexp.MustCompile(`^(\s+|--[^\n]*(\n|$)|/\*(?s:.*?)\*/)+`)
	firstWord = regexp.MustCompile(`^[A-Za-z]+`)
)

// selecting are the words that a SELECT can begin with.
var selecting = []string{"", "SELECT", "WITH", "FROM", "VALUES", "TABLE", "DESCRIBE", "DESC", "SHOW", "SUMMARIZE"}

// instead says for a statement what to do in its place.
var instead = map[string]string{
	"COPY":    "--format and -o write an answer to a file",
	"EXPORT":  "--format and -o write an answer to a file",
	"CREATE":  "name what you need in between with WITH … AS (…)",
	"EXPLAIN": "'ontschot query --explain' shows what a query reads",
	"PIVOT":   "write it as FROM (PIVOT … ON … IN (…) USING …)",
	"PREPARE": "write $naam in the SELECT and give its value with --param naam=waarde",
	"EXECUTE": "write $naam in the SELECT and give its value with --param naam=waarde",
	"SET":     "the settings are fixed; a value of your own is $naam in the SELECT, with --param naam=waarde",
	"RESET":   "the settings are fixed",
	"PRAGMA":  "the settings are fixed, and DESCRIBE or duckdb_columns() tells what there is",
	"CALL":    "write it as SELECT … FROM, where it reads tables of the warehouse",
	"ATTACH":  "it reaches no file but the warehouse: have the file delivered under aanlevering/",
	"IMPORT":  "it reaches no file but the warehouse: have the file delivered under aanlevering/",
	"INSTALL": "there are no extensions",
	"LOAD":    "there are no extensions",
}

// notSelect refuses another statement, by its first word.
func notSelect(q analysis.Query) error {
	word := strings.ToUpper(firstWord.FindString(comments.ReplaceAllString(q.SQL, "")))
	if slices.Contains(selecting, word) {
		return oneSelect(q)
	}
	refused := fmt.Sprintf("%s: %s is not allowed: it must be a SELECT, for a query reads and changes nothing", q.Path, word)
	if advice := instead[word]; advice != "" {
		refused += "; " + advice
	}
	return errors.New(refused)
}

// tableFunctions are those that read nothing but the warehouse, and change nothing.
var tableFunctions = []string{
	"unnest", "range", "generate_series", "repeat", "repeat_row", "histogram", "histogram_values", "summary", "json_each", "json_tree",
	"duckdb_columns", "duckdb_constraints", "duckdb_functions", "duckdb_indexes", "duckdb_keywords", "duckdb_schemas", "duckdb_tables",
	"duckdb_types", "duckdb_views", "pragma_table_info", "pragma_storage_info", "pragma_version", "icu_calendar_names", "pg_timezone_names",
}

const (
	noFile     = "a query reaches no file, network or setting, only the tables of the warehouse: have a file delivered under aanlevering/"
	noMachine  = "a query is told nothing of the machine and its settings"
	hidesReads = "it hides what is read: write the SELECT itself"
	useParam   = "write $naam in the SELECT and give its value with --param naam=waarde"
)

// refusedFunctions have a reason of their own; any other table function that is not in tableFunctions has noFile.
var refusedFunctions = map[string]string{
	"query": hidesReads, "query_table": hidesReads, "json_execute_serialized_sql": hidesReads,
	"getvariable": useParam, "duckdb_variables": useParam,
	"getenv": noMachine, "current_setting": noMachine, "duckdb_settings": noMachine, "pg_settings": noMachine,
	"duckdb_databases": noMachine, "pragma_database_list": noMachine, "pragma_database_size": noMachine,
	"duckdb_secrets": noMachine, "duckdb_extensions": noMachine, "duckdb_temporary_files": noMachine, "which_secret": noMachine,
	"write_log": noMachine, "enable_logging": noMachine, "disable_logging": noMachine, "truncate_duckdb_logs": noMachine,
	"duckdb_logs": noMachine, "duckdb_logs_parsed": noMachine, "duckdb_log_contexts": noMachine,
	"checkpoint": noMachine, "force_checkpoint": noMachine, "sleep_ms": noMachine,
}

// visit looks at every part of a parsed query, until there is an error.
func visit(part any, look func(map[string]any) error) error {
	switch part := part.(type) {
	case []any:
		for _, p := range part {
			if err := visit(p, look); err != nil {
				return err
			}
		}
	case map[string]any:
		if err := look(part); err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(part)) {
			if err := visit(part[name], look); err != nil {
				return err
			}
		}
	}
	return nil
}

// wordOf is a name in a part of a query; names are the same in either case.
func wordOf(part map[string]any, key string) string {
	word, _ := part[key].(string)
	return strings.ToLower(word)
}

// judge refuses a part that calls or reads what is not allowed.
func judge(q analysis.Query, part map[string]any) error {
	var name, reason string
	switch {
	case part["type"] == "TABLE_FUNCTION":
		function, _ := part["function"].(map[string]any)
		if name = wordOf(function, "function_name"); !slices.Contains(tableFunctions, name) {
			reason = noFile
		}
	case part["class"] == "FUNCTION":
		name = wordOf(part, "function_name")
	case part["type"] == "BASE_TABLE":
		name = wordOf(part, "table_name")
		internal := strings.HasPrefix(name, "duckdb_") || strings.HasPrefix(name, "pragma_")
		if strings.ContainsAny(name, `/\.:*?[`) || internal && !slices.Contains(tableFunctions, name) {
			reason = noFile
		}
	default:
		return nil
	}
	// A table or a scalar may have the name of a table function.
	if own, ok := refusedFunctions[name]; ok {
		reason = own
	}
	if reason == "" {
		return nil
	}
	return fmt.Errorf("%s%s: %s is not allowed: %s", q.Path, lineOf(q, part), name, reason)
}

// lineOf is the line of a part of a query, after a colon; "" where it is not known.
func lineOf(q analysis.Query, part map[string]any) string {
	at, ok := part["query_location"].(float64)
	if !ok || at < 0 || at > float64(len(q.SQL)) {
		return ""
	}
	return fmt.Sprintf(":%d", strings.Count(q.SQL[:int(at)], "\n")+1)
}

// onlySelect refuses what the engine itself does not take for one SELECT.
func onlySelect(conn *sql.Conn, q analysis.Query) error {
	return withPrepared(conn, q, func(statement *duckdb.Stmt) error {
		if kind, err := statement.StatementType(); err != nil || kind != duckdb.STATEMENT_TYPE_SELECT {
			return errors.Join(notSelect(q), err)
		}
		return nil
	})
}

// withPrepared gives f the prepared statement, which runs nothing; there is none of a query that cannot be run, which running
// it says better.
func withPrepared(conn *sql.Conn, q analysis.Query, f func(*duckdb.Stmt) error) error {
	return conn.Raw(func(c any) error {
		engine, ok := c.(*duckdb.Conn)
		if !ok {
			return fmt.Errorf("the connection is a %T, not one of DuckDB", c)
		}
		// Prepare refuses more than one statement.
		prepared, err := engine.Prepare(q.SQL)
		if _, ok := errors.AsType[*duckdb.Error](err); ok {
			return nil
		}
		if err != nil {
			return oneSelect(q)
		}
		defer func() { _ = prepared.Close() }() // it was never run
		statement, ok := prepared.(*duckdb.Stmt)
		if !ok {
			return fmt.Errorf("the statement is a %T, not one of DuckDB", prepared)
		}
		return f(statement)
	})
}
