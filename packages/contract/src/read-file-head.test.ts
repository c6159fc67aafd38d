import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileHead } from './geometry-file.ts'
import { readFileHead } from './read-file-head.ts'
import type { Decoration } from './seat-geometry.ts'

const base = {
  position: { x: 1, y: 2 },
  rotation: 0,
  color: '#000',
  borderColor: '#111',
  text: { text: '무대', color: '#fff', size: 20, position: { x: 3, y: 4 } },
}
const decorations: Decoration[] = [
  { ...base, shape: 'polygon', points: [{ x: 0, y: 0 }] },
  { ...base, shape: 'rectangle', width: 1, height: 2, text: null },
  { ...base, shape: 'ellipse', radiusX: 1, radiusY: 2 },
  { ...base, shape: 'circle', radius: 4 },
  { ...base, shape: 'text' },
]
const head = {
  name: 'Plaza',
  step: 0.5,
  bounds: { minX: 0, minY: -1, maxX: 10, maxY: 20 },
  focus: { x: 5, y: 0 },
  seatPitch: 20,
  guidDigest: 'abc',
  categories: [{ name: 'VIP', color: '#aabbcc' }],
  decorations,
  strings: ['A', 'B'],
}

/** Every place in a value, as the keys that lead there. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

function putAt(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put
  const copy: unknown = structuredClone(value)
  if (typeof copy !== 'object' || copy === null) return copy
  if (rest.length === 0 && put === undefined) Reflect.deleteProperty(copy, key)
  else Reflect.set(copy, key, putAt(Reflect.get(copy, key), rest, put))
  return copy
}

function readOrRefuse(text: string): unknown {
  try {
    return readFileHead(text)
  } catch (error) {
    if (error instanceof RangeError) return 'refused'
    throw error
  }
}

test('a head is read as it was written, without what it does not know', () => {
  expect(readFileHead(JSON.stringify({ ...head, later: 1 }))).toEqual(head)
})

test('whatever is put anywhere in a head, it is taken or refused as its schema says', () => {
  const other = fc.oneof(
    fc.constantFrom(undefined, null, '', 'circle', 0, -1, 1.5, true, [], {}, [null], [{}], ['x']),
    fc.jsonValue({ maxDepth: 2 }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...placesIn(head)), other, (place, put) => {
      const text = JSON.stringify(putAt(head, place, put)) ?? 'null'
      expect(readOrRefuse(text) !== 'refused').toBe(fileHead.safeParse(JSON.parse(text)).success)
    }),
    { numRuns: 2_000 },
  )
})
