import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const here = import.meta.dirname

/** Every source that comes with this one: types are no part of a page. */
function sourcesOf(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(
    /^(?:import|export)(?! type)\s[^;]*?from '(\.[^']+\.tsx?)'/gm,
  )) {
    sourcesOf(join(dirname(path), target), seen)
  }
  return seen
}

/** What Tailwind looks at for the line page. */
function scannedBy(css: string): Set<string> {
  const patterns = [...css.matchAll(/^@source "([^"]+)";$/gm)].map(([, pattern = '']) => pattern)
  return new Set(
    patterns.flatMap((pattern) =>
      globSync(pattern.endsWith('.tsx') ? pattern : `${pattern}/*.tsx`, { cwd: here }).map((path) =>
        join(here, path),
      ),
    ),
  )
}

const drawn = [...sourcesOf(join(here, 'main.tsx'))].filter((path) => path.endsWith('.tsx'))

test('all that the line page draws has its classes in the style sheet of the line page', () => {
  const scanned = scannedBy(readFileSync(join(here, 'line.css'), 'utf8'))
  expect(drawn.length).toBeGreaterThan(15)
  // its functions are used, its look is not
  const unlooked = ['concerts/phase-chip.tsx']
  expect(drawn.filter((path) => !scanned.has(path) && !unlooked.some((each) => path.endsWith(each)))).toEqual(
    [],
  )
})

test('a source that nobody looks at would be found', () => {
  const scanned = scannedBy('@source ".";')
  expect(drawn.some((path) => !scanned.has(path))).toBe(true)
})

test('neither router nor query cache nor component library comes with the line page', () => {
  const heavy = /@tanstack|@base-ui|sonner|@trpc|'zod'|'@greenroom\/contract'/
  const found = [...sourcesOf(join(here, 'main.tsx'))].filter((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^import (?!type)[^;]*?from '[^']+'/gm)].some(([line]) =>
      heavy.test(line),
    ),
  )
  expect(found).toEqual([])
})
