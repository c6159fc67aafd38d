import { type ByteWriter, createByteWriter } from './byte-stream.ts'
import { fileHead } from './geometry-file.ts'
import { expectedAt, geometryMagic } from './geometry-layout.ts'
import type { SeatGeometry } from './seat-geometry.ts'

/**
 * Packs a plan for the wire, losing nothing but what is finer than `step`. Layout: magic and version, the head as JSON, then
 * streams of varints: sections, row labels, row lengths, seat numbers, runs of categories and radii, all x, all y. Positions
 * are differences from where the seat is expected (see `expectedAt`), 0 or +-1 for straight and curved rows alike: 50,000
 * seats compress to some 16 kB. Encoding twice gives the same bytes. Throws `RangeError` on a row without seats.
 */
export function encodeSeatGeometry(geometry: SeatGeometry): Uint8Array<ArrayBuffer> {
  const strings = createStringTable()
  const body = createByteWriter()
  writeSections(body, geometry, strings.indexOf)
  for (const row of geometry.rows) body.varint(strings.indexOf(row.label))
  for (const row of geometry.rows) {
    if (row.seatCount === 0) throw new RangeError(`row ${row.label} has no seats`)
    body.varint(row.seatCount)
  }
  writeNumbers(body, geometry, strings.indexOf)
  writeRuns(body, geometry.categoryCode)
  writeRuns(body, geometry.radius)
  writePositions(body, geometry, geometry.x, geometry.bounds.minX)
  writePositions(body, geometry, geometry.y, geometry.bounds.minY)

  const file = createByteWriter()
  file.bytes(geometryMagic)
  file.text(JSON.stringify(fileHead.parse({ ...geometry, strings: strings.all })))
  file.bytes(body.finish())
  return file.finish()
}

function writeSections(body: ByteWriter, geometry: SeatGeometry, indexOf: (text: string) => number): void {
  const { step, bounds } = geometry
  body.varint(geometry.sections.length)
  for (const section of geometry.sections) {
    body.varint(indexOf(section.name))
    body.varint(section.rowCount)
    body.zigzag(Math.round((section.label.x - bounds.minX) / step))
    body.zigzag(Math.round((section.label.y - bounds.minY) / step))
    body.varint(section.outlines.length)
    for (const outline of section.outlines) writeOutline(body, outline, geometry)
  }
}

function writeOutline(body: ByteWriter, outline: number[], { step, bounds }: SeatGeometry): void {
  body.varint(outline.length / 2)
  let last = [0, 0]
  for (let index = 0; index < outline.length; index += 2) {
    const x = Math.round(((outline[index] ?? 0) - bounds.minX) / step)
    const y = Math.round(((outline[index + 1] ?? 0) - bounds.minY) / step)
    body.zigzag(x - (last[0] ?? 0))
    body.zigzag(y - (last[1] ?? 0))
    last = [x, y]
  }
}

/** A row whose numbers count (1, 2, 3 or 20, 18, 16) takes four small numbers, any other one index a seat. */
function writeNumbers(body: ByteWriter, geometry: SeatGeometry, indexOf: (text: string) => number): void {
  for (const row of geometry.rows) {
    const numbers = geometry.seatNumber.slice(row.firstOrdinal, row.firstOrdinal + row.seatCount)
    const counted = readCounting(numbers)
    body.varint(counted === undefined ? 0 : 1)
    if (counted === undefined) {
      for (const number of numbers) body.varint(indexOf(number))
    } else {
      body.varint(indexOf(counted.prefix))
      body.varint(counted.first)
      body.zigzag(counted.increment)
    }
  }
}

/** A prefix and an arithmetic sequence, when the numbers are exactly that ("007" is not the number 7). */
function readCounting(numbers: string[]): { prefix: string; first: number; increment: number } | undefined {
  const parsed = numbers.map((number) => /^(\D*)(0|[1-9]\d{0,7})$/.exec(number))
  const prefix = parsed[0]?.[1]
  const first = Number(parsed[0]?.[2])
  if (prefix === undefined) return undefined
  const increment = numbers.length < 2 ? 0 : Number(parsed[1]?.[2]) - first
  const counts = parsed.every(
    (match, index) => match?.[1] === prefix && Number(match[2]) === first + index * increment,
  )
  return counts ? { prefix, first, increment } : undefined
}

function writeRuns(body: ByteWriter, values: Uint8Array | Uint16Array): void {
  let start = 0
  while (start < values.length) {
    const value = values[start] ?? 0
    let end = start + 1
    while (end < values.length && values[end] === value) end++
    body.varint(value)
    body.varint(end - start)
    start = end
  }
}

function writePositions(
  body: ByteWriter,
  geometry: SeatGeometry,
  values: Float32Array,
  origin: number,
): void {
  const steps = Int32Array.from(values, (value) => Math.round((value - origin) / geometry.step))
  for (const section of geometry.sections) {
    const starts = { row: -1, before: -1, beforeThat: -1 }
    for (const row of geometry.rows.slice(section.firstRow, section.firstRow + section.rowCount)) {
      starts.row = row.firstOrdinal
      for (let index = 0; index < row.seatCount; index++) {
        body.zigzag((steps[row.firstOrdinal + index] ?? 0) - expectedAt(steps, starts, index))
      }
      starts.beforeThat = starts.before
      starts.before = starts.row
    }
  }
}

function createStringTable(): { all: string[]; indexOf: (text: string) => number } {
  const all: string[] = []
  const known = new Map<string, number>()
  const indexOf = (text: string): number => {
    const found = known.get(text)
    if (found !== undefined) return found
    known.set(text, all.length)
    return all.push(text) - 1
  }
  return { all, indexOf }
}
