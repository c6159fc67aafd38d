import fc from 'fast-check'
import { drawHostile, drawHostileText } from './hostile-values.ts'
import { drawOddHeaders, drawProofs, headerText } from './draw-headers.ts'
import { fanCount } from './known-things.ts'
import type { ApiDocument, Operation } from './read-document.ts'
import { type Draw, drawFrom, drawValid } from './schema-values.ts'
import { spoilBody } from './spoil-body.ts'

/** A request as it goes on the wire, but for the placeholders of tokens and ids, which only a running server knows. */
export type FuzzRequest = {
  operation: Operation
  /** With the query; percent-encoded. */
  path: string
  headers: Record<string, string>
  body: string | undefined
  /** `latin1`: the body is bytes, which need not be UTF-8. */
  encoding: 'utf8' | 'latin1'
}

/** How many requests are drawn at a time: a request is drawn again by drawing its chunk again. */
const chunkSize = 100

/** The nth request of a seed, and those after it: the same ones each time. */
export function* drawRequests(document: ApiDocument, seed: number, first = 0): Generator<FuzzRequest, never> {
  const operations = document.operations.flatMap((operation) =>
    Array.from({ length: isRare(operation) ? 1 : 6 }, () => operation),
  )
  const request = fc.gen().map((draw) => drawRequest(draw, document, drawFrom(draw, operations)))
  for (let chunk = Math.floor(first / chunkSize); ; chunk += 1) {
    const drawn = fc.sample(request, { seed: seed + chunk, numRuns: chunkSize })
    yield* drawn.slice(Math.max(0, first - chunk * chunkSize))
  }
}

/** Hashing a password takes 60 ms of a core by design, and what was signed out of, left or given back is of no more use. */
function isRare({ method, path }: Operation): boolean {
  return method === 'DELETE' || /\/(accounts|sessions)$/.test(path)
}

function drawRequest(draw: Draw, { resolve }: ApiDocument, operation: Operation): FuzzRequest {
  const fan = draw(fc.nat, fanCount - 1)
  const isHonest = draw(fc.nat, 9) < 4
  const isSpoilt = (share: number): boolean => !isHonest && draw(fc.nat, 99) < share
  const texts = (place: 'path' | 'query' | 'header'): [string, string][] =>
    operation.parameters
      .filter((parameter) => parameter.in === place)
      .flatMap(({ name, required, schema }): [string, string][] => {
        if (place !== 'path' && (!required || isSpoilt(10)) && draw(fc.boolean)) return []
        if (isSpoilt(25)) return [[name, drawHostileText(draw)]]
        return [[name, textOf(drawValid(draw, resolve, schema, name, fan))]]
      })
  const path = texts('path').reduce(
    (text, [name, value]) => text.replace(`{${name}}`, pathSegment(value)),
    operation.path,
  )
  const query = [...texts('query'), ...(isSpoilt(10) ? [[drawHostileText(draw), drawHostileText(draw)]] : [])]
    .map(([name = '', value = '']) => `${encode(name)}=${encode(value)}`)
    .join('&')
  const isBadEncoding = isSpoilt(3)
  const content = drawBody(draw, resolve, operation, fan, isHonest)
  return {
    operation,
    path: `${path}${query === '' ? '' : `?${query}`}${isBadEncoding ? drawFrom(draw, ['?%', '?%zz=%ff', '?a=%ED%A0%80']) : ''}`,
    headers: {
      ...Object.fromEntries(texts('header').map(([name, value]) => [name.toLowerCase(), headerText(value)])),
      ...drawProofs(draw, operation, fan, isHonest),
      ...content.headers,
      ...(isSpoilt(15) ? drawOddHeaders(draw) : {}),
    },
    body: content.body,
    encoding: content.encoding,
  }
}

function drawBody(
  draw: Draw,
  resolve: ApiDocument['resolve'],
  { body }: Operation,
  fan: number,
  isHonest: boolean,
): { headers: Record<string, string>; body: string | undefined; encoding: FuzzRequest['encoding'] } {
  const headers = { 'content-type': 'application/json' }
  if (body === undefined) {
    const isSent = !isHonest && draw(fc.nat, 9) === 0
    return isSent
      ? { headers, body: JSON.stringify(drawHostile(draw)), encoding: 'utf8' }
      : { headers: {}, body: undefined, encoding: 'utf8' }
  }
  if (!body.required && draw(fc.boolean)) return { headers: {}, body: undefined, encoding: 'utf8' }
  const valid = drawValid(draw, resolve, body.schema, '', fan)
  if (isHonest) return { headers, body: JSON.stringify(valid), encoding: 'utf8' }
  const spoilt = spoilBody(draw, valid)
  const type = draw(fc.nat, 9) === 0 ? drawFrom(draw, contentTypes) : headers['content-type']
  return { headers: type === '' ? {} : { 'content-type': type }, ...spoilt }
}

const contentTypes = [
  '',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json;;;',
  'application/json, text/plain',
  'APPLICATION/JSON',
  'image/png',
  ';',
]

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Never empty, which would be another path. */
function pathSegment(text: string): string {
  const encoded = encode(text.slice(0, 8_000))
  return encoded === '' || /^\.{1,2}$/.test(encoded) ? '%20' : encoded
}

/** Percent-encoded; half a surrogate pair as the bytes that it would be, which are no UTF-8. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%EF%BF%BD', '%ED%A0%80')
}
