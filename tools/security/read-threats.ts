/** A row of the page: what is feared, what keeps it away, and the tests that try it. */
export type Threat = { threat: string; control: string; tests: { file: string; names: string[] }[] }

/** The rows of every table whose columns are threat, control and test. */
export function readThreats(page: string): Threat[] {
  return page
    .split(/^\| threat \| control \| test \|$/m)
    .slice(1)
    .flatMap((part) => rowsOf(part))
}

function rowsOf(part: string): Threat[] {
  const [table = ''] = part.trimStart().split('\n\n')
  const cells = table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
  return cells.map(([threat = '', control = '', tests = '']) => ({ threat, control, tests: testsOf(tests) }))
}

/** `[name](file) `a test`, `another``: each link with what is named behind it. */
function testsOf(cell: string): Threat['tests'] {
  return cell.split(/(?=\[[^\]]+\]\()/).flatMap((part) => {
    const file = /^\[[^\]]+\]\(([^)\s]+)\)/.exec(part)?.[1]
    return file === undefined
      ? []
      : [{ file, names: [...part.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name) }]
  })
}

/** What is wrong with a row, in words. `read` gives the text of a linked file, if there is one. */
export function faultsOf({ control, tests }: Threat, read: (link: string) => string | undefined): string[] {
  return [
    ...(control === '' ? ['has no control'] : []),
    ...(tests.length === 0 ? ['names no test'] : []),
    ...tests.flatMap(({ file, names }) => {
      if (!/\.test\.tsx?$/.test(file)) return [`${file} is no test`]
      const text = read(file)
      if (text === undefined) return [`${file} is not there`]
      if (names.length === 0) return [`${file}: names no test in it`]
      return names.filter((name) => !text.includes(name)).map((name) => `${file} has no \`${name}\``)
    }),
  ]
}
