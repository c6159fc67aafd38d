import { stringify } from 'csv-stringify/sync'

/**
 * Rows as lines of comma-separated values (RFC 4180). A cell that a spreadsheet would run as a formula, one that begins with
 * `=`, `+`, `-`, `@`, a tab or a line break, gets a `'` in front (OWASP, "CSV injection"): a fan chooses their own name.
 */
export function writeCsv(rows: unknown[][], { isGuarded = true } = {}): string {
  return stringify(rows, {
    escape_formulas: isGuarded,
    record_delimiter: 'windows',
    // csv-stringify looks for CR LF only, and readers end a line at either half of it
    quoted_match: /[\r\n]/,
    cast: { string: (text) => (isGuarded && text.startsWith('\n') ? `'${text}` : text) },
  })
}
