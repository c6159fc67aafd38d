import { type ByteReader, createByteReader } from './byte-stream.ts'
import { expectedAt, geometryMagic, maxSeatsPerPlan } from './geometry-layout.ts'
import { readFileHead } from './read-file-head.ts'
import type { GeometryRow, GeometrySection, SeatGeometry } from './seat-geometry.ts'

/**
 * Reads what `encodeSeatGeometry` wrote, in a browser or in Node. Throws when the bytes are not a geometry file of this
 * version, end too early or announce more than they carry; a damaged file never takes more memory than a full one.
 */
export function decodeSeatGeometry(file: Uint8Array): SeatGeometry {
  const reader = createByteReader(file)
  const magic = reader.bytes(geometryMagic.length)
  if (!magic.every((byte, index) => byte === geometryMagic[index])) {
    throw new RangeError('this is no seat geometry of a version this program knows')
  }
  const { strings, ...head } = readFileHead(reader.text())
  const stringAt = (index: number): string => {
    const found = strings[index]
    if (found === undefined) throw new RangeError(`there is no string ${index}`)
    return found
  }

  const sections = readSections(reader, head, stringAt)
  const rows = readRows(reader, sections, stringAt)
  const seatCount = rows.reduce((sum, row) => sum + row.seatCount, 0)
  if (seatCount > maxSeatsPerPlan) throw new RangeError(`${seatCount} seats are more than a plan may have`)
  const rowIndex = new Uint32Array(seatCount)
  rows.forEach((row, index) => rowIndex.fill(index, row.firstOrdinal, row.firstOrdinal + row.seatCount))
  return {
    ...head,
    seatCount,
    sections,
    rows,
    rowIndex,
    seatNumber: readNumbers(reader, rows, stringAt),
    categoryCode: readRuns(reader, new Uint8Array(seatCount)),
    radius: readRuns(reader, new Uint16Array(seatCount)),
    x: readPositions(reader, sections, rows, { origin: head.bounds.minX, step: head.step, seatCount }),
    y: readPositions(reader, sections, rows, { origin: head.bounds.minY, step: head.step, seatCount }),
  }
}

type Scale = Pick<SeatGeometry, 'bounds' | 'step'>

function readSections(
  reader: ByteReader,
  { bounds, step }: Scale,
  stringAt: (index: number) => string,
): GeometrySection[] {
  const sections: GeometrySection[] = []
  let firstRow = 0
  for (let left = reader.count(5); left > 0; left--) {
    const name = stringAt(reader.varint())
    const rowCount = reader.count(1)
    const label = { x: bounds.minX + reader.zigzag() * step, y: bounds.minY + reader.zigzag() * step }
    const outlines = Array.from({ length: reader.count(1) }, () => readOutline(reader, { bounds, step }))
    sections.push({ name, firstRow, rowCount, firstOrdinal: 0, seatCount: 0, label, outlines })
    firstRow += rowCount
    if (firstRow > maxSeatsPerPlan) throw new RangeError(`${firstRow} rows are more than a plan may have`)
  }
  return sections
}

function readOutline(reader: ByteReader, { bounds, step }: Scale): number[] {
  const outline: number[] = []
  let x = 0
  let y = 0
  for (let left = reader.count(2); left > 0; left--) {
    x += reader.zigzag()
    y += reader.zigzag()
    outline.push(bounds.minX + x * step, bounds.minY + y * step)
  }
  return outline
}

/** Also fills in where each section's seats begin and how many they are. */
function readRows(
  reader: ByteReader,
  sections: GeometrySection[],
  stringAt: (index: number) => string,
): GeometryRow[] {
  const owners = sections.flatMap((section, index) => Array.from({ length: section.rowCount }, () => index))
  const rows = owners.map((sectionIndex) => ({
    label: stringAt(reader.varint()),
    sectionIndex,
    firstOrdinal: 0,
    seatCount: 0,
  }))
  let firstOrdinal = 0
  for (const row of rows) {
    row.firstOrdinal = firstOrdinal
    row.seatCount = reader.count(1)
    if (row.seatCount === 0) throw new RangeError(`row ${row.label} has no seats`)
    firstOrdinal += row.seatCount
  }
  for (const section of sections) {
    const own = rows.slice(section.firstRow, section.firstRow + section.rowCount)
    section.firstOrdinal = own[0]?.firstOrdinal ?? 0
    section.seatCount = own.reduce((sum, row) => sum + row.seatCount, 0)
  }
  return rows
}

function readNumbers(reader: ByteReader, rows: GeometryRow[], stringAt: (index: number) => string): string[] {
  return rows.flatMap((row) => {
    if (reader.varint() === 0) {
      return Array.from({ length: row.seatCount }, () => stringAt(reader.varint()))
    }
    const prefix = stringAt(reader.varint())
    const first = reader.varint()
    const increment = reader.zigzag()
    return Array.from({ length: row.seatCount }, (_, index) => `${prefix}${first + index * increment}`)
  })
}

function readRuns<Values extends Uint8Array | Uint16Array>(reader: ByteReader, values: Values): Values {
  let start = 0
  while (start < values.length) {
    const value = reader.varint()
    const length = reader.varint()
    if (length === 0 || start + length > values.length) throw new RangeError('a run does not fit')
    values.fill(value, start, start + length)
    start += length
  }
  return values
}

function readPositions(
  reader: ByteReader,
  sections: GeometrySection[],
  rows: GeometryRow[],
  { origin, step, seatCount }: { origin: number; step: number; seatCount: number },
): Float32Array {
  const steps = new Int32Array(seatCount)
  for (const section of sections) {
    const starts = { row: -1, before: -1, beforeThat: -1 }
    for (const row of rows.slice(section.firstRow, section.firstRow + section.rowCount)) {
      starts.row = row.firstOrdinal
      for (let index = 0; index < row.seatCount; index++) {
        steps[row.firstOrdinal + index] = expectedAt(steps, starts, index) + reader.zigzag()
      }
      starts.beforeThat = starts.before
      starts.before = starts.row
    }
  }
  return Float32Array.from(steps, (value) => origin + value * step)
}
