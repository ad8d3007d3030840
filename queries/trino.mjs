// Parses every query with a grammar of Trino that others keep: `node queries/trino.mjs FOLDER`, where FOLDER holds the
// package dt-sql-parser ('make trino' puts it there). Exits 1 when a file is no Trino SQL, naming file, line and column.
import { readdirSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join, resolve as absolute } from 'node:path';
import { pathToFileURL } from 'node:url';

// The package imports its own files without their endings, as bundlers allow and Node does not.
register('data:text/javascript,' + encodeURIComponent(`
    export async function resolve(name, context, next) {
        for (const ending of name.startsWith('.') ? ['', '.js', '/index.js'] : []) {
            try { return await next(name + ending, context); } catch { continue; }
        }
        return next(name, context);
    }`));

const folder = process.argv[2];
const entry = join(absolute(folder), 'node_modules/dt-sql-parser/dist/parser/trino/index.js');
const { TrinoSQL } = await import(pathToFileURL(entry));
const parser = new TrinoSQL();

/** What is wrong with a text of one query; empty when nothing is. */
function faults(sql) {
    const found = parser.validate(sql).map((e) => ({ line: e.startLine, column: e.startColumn, message: e.message }));
    const statements = found.length > 0 ? [] : parser.splitSQLByStatement(sql) ?? [];
    if (found.length === 0 && statements.length !== 1) {
        found.push({ line: 1, column: 1, message: `${statements.length} statements; a file is one` });
    }
    return found;
}

// A parser that finds fault with nothing, or with everything, proves nothing.
const wrong = [
    'SELECT a::INT FROM t', 'SELECT * EXCLUDE (a) FROM t', 'SELECT a FROM t QUALIFY row_number() OVER () = 1', 'FROM t', 'SELECT a // 2 FROM t',
    'SELECT a & 1 FROM t', 'SELECT DISTINCT ON (a) a FROM t', 'SELECT INTERVAL 1 MONTH', 'SELECT [1, 2]',
    'SELECT a FROM', 'SELECT (a FROM t', 'WITH a AS (SELECT 1)', 'SELECT 1; SELECT 2', '-- only a comment', '',
];
const right = [
    "-- titel: a::b\nWITH a AS (SELECT CAST(x AS DECIMAL(18, 2)) AS x FROM s.t AS t)\nSELECT count(*) FILTER (WHERE x > 0) AS n FROM a",
    "SELECT date_diff('day', d, d + INTERVAL '1' MONTH), sum(x) OVER (PARTITION BY a ORDER BY b ROWS UNBOUNDED PRECEDING) FROM t",
    'SELECT a, b, sum(c) FROM t GROUP BY GROUPING SETS ((a), (a, b), ()) ORDER BY a',
];
let failed = false;
for (const sql of wrong.filter((s) => faults(s).length === 0)) {
    console.error(`trino: the parser accepts what is no Trino SQL: ${sql || 'nothing'}`);
    failed = true;
}
for (const sql of right.filter((s) => faults(s).length > 0)) {
    console.error(`trino: the parser refuses what is Trino SQL: ${sql}: ${faults(sql)[0].message}`);
    failed = true;
}

let parsed = 0;
for (const kind of ['model', 'indicator', 'check']) {
    const names = readdirSync(join(import.meta.dirname, kind)).filter((name) => name.endsWith('.sql')).sort();
    if (names.length === 0) {
        console.error(`trino: no queries in queries/${kind}`);
        failed = true;
    }
    for (const name of names) {
        parsed++;
        for (const fault of faults(readFileSync(join(import.meta.dirname, kind, name), 'utf8'))) {
            console.error(`queries/${kind}/${name}:${fault.line}:${fault.column}: not Trino SQL: ${fault.message}`);
            failed = true;
        }
    }
}
if (failed) {
    process.exit(1);
}
console.log(`trino: ${parsed} queries are Trino SQL`);
