import type { FileHead } from './geometry-file.ts'
import type { Decoration } from './seat-geometry.ts'

/**
 * The head of a geometry file, checked as its schema (`fileHead`) says but without zod: every page with a map reads one, and
 * the schemas would be a sixth of what it loads. Throws `RangeError` on anything else.
 */
export function readFileHead(text: string): FileHead {
  const head: unknown = JSON.parse(text)
  if (!isFileHead(head)) throw new RangeError('the head of this seat geometry is damaged')
  const { name, step, bounds, focus, seatPitch, guidDigest, categories, decorations, strings } = head
  return { name, step, bounds, focus, seatPitch, guidDigest, categories, decorations, strings }
}

type Fields = Record<string, (value: unknown) => boolean>

const isText = (value: unknown): boolean => typeof value === 'string'
const isNumber = (value: unknown): boolean => Number.isFinite(value)
const isPositive = (value: unknown): boolean => isNumber(value) && Number(value) > 0
const listOf =
  (isItem: (value: unknown) => boolean, most = Infinity) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length <= most && value.every(isItem)
const has =
  (fields: Fields) =>
  (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, isRight]) => isRight(Reflect.get(value, name)))

const isPoint = has({ x: isNumber, y: isNumber })
const isWords = has({ text: isText, color: isText, size: isNumber, position: isPoint })
const isDecorated = has({
  position: isPoint,
  rotation: isNumber,
  color: isText,
  borderColor: isText,
  text: (value) => value === null || isWords(value),
})
const shapes: Record<Decoration['shape'], Fields> = {
  polygon: { points: listOf(isPoint) },
  rectangle: { width: isNumber, height: isNumber },
  ellipse: { radiusX: isNumber, radiusY: isNumber },
  circle: { radius: isNumber },
  text: {},
}
const isDecoration = (value: unknown): boolean =>
  isDecorated(value) &&
  Object.entries(shapes).some(([shape, fields]) => has({ shape: (told) => told === shape, ...fields })(value))

const isHead = has({
  name: isText,
  step: isPositive,
  bounds: has({ minX: isNumber, minY: isNumber, maxX: isNumber, maxY: isNumber }),
  focus: isPoint,
  seatPitch: isPositive,
  guidDigest: isText,
  categories: listOf(has({ name: isText, color: isText }), 255),
  decorations: listOf(isDecoration),
  strings: listOf(isText),
})

function isFileHead(value: unknown): value is FileHead {
  return isHead(value)
}
