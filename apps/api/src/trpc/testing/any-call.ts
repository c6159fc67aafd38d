import fc from 'fast-check'
import type { HttpCall } from './send-call.ts'

export type Procedures = {
  queries: readonly string[]
  mutations: readonly string[]
  subscriptions: readonly string[]
  /** Inputs that lead somewhere in one of them: chance alone would hardly ever name a code or a result. */
  inputsOf: (path: string) => readonly unknown[]
  /** Headers that prove, or fail to prove, who calls. */
  callers: readonly Record<string, string>[]
}

/** The usual thing most of the time, so that a call seldom has more than one or two oddities at once. */
function mostly<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 2, arbitrary: odd })
}

const oddPaths = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'accounts',
  'accounts.nothing',
  'q.stream',
  'q',
  '.',
  '..',
  '%00',
  '%',
  '%zz',
  '%ff',
  'a,b',
  'x'.repeat(4_000),
  'x'.repeat(6_000),
]

/** The same path in other letters, or nearly the same. */
const spellings: readonly ((path: string) => string)[] = [
  (path) => path.replaceAll('.', '%2E'),
  (path) => path.replaceAll('.', '%252E'),
  (path) => path.replace(/^./, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => `/${path}`,
  (path) => `./${path}`,
  (path) => `x/../${path}`,
  (path) => path.toUpperCase(),
  (path) => `${path}.`,
  (path) => `${path},`,
  (path) => `${path},${path}`,
  (path) => `${path}%2C${path}`,
  (path) => `${path}%20`,
  (path) => `${path};x=1`,
  (path) => `${path}#here`,
  (path) => `${path}\\`,
  (path) => path.replace('.', '/'),
]

const pollution = ['__proto__', 'constructor', 'prototype'].map((key) => `{"${key}":{"polluted":true}}`)
const notJson = ['', ' ', '{', '{"a":', 'undefined', "{'a':1}", 'NaN', '1 2', '\u0000', '\ufeff{}', '\ufeff']

function textsOf(inputs: readonly unknown[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...inputs).map((input) => JSON.stringify(input)) },
    { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((input) => JSON.stringify(input)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((input) => JSON.stringify({ text: input })) },
    { weight: 1, arbitrary: fc.constantFrom(...pollution, ...notJson) },
    { weight: 1, arbitrary: fc.string() },
  )
}

/** In the form of a batch: by the calls' numbers. */
const asBatch = (text: string): fc.Arbitrary<string> =>
  mostly(fc.constant(`{"0":${text}}`), fc.constantFrom(`[${text}]`, `{"1":${text}}`, `{"00":${text}}`, text))

const escaped = (text: string): string => encodeURIComponent(text.toWellFormed())

function queriesOf(text: string): fc.Arbitrary<string> {
  const input = `input=${escaped(text)}`
  const odd = [
    `${input}&${input}`,
    `input=&${input}`,
    'input',
    `input=${text.replace(/[^!-~]|#/g, '+')}`,
    'input=%ff',
    'input=%7B%7',
    'input=%EF%BB%BF%7B%7D',
    `${input}&x=1`,
    `x=1;${input}`,
    `${input}#here`,
    `${input}&connectionParams=%7B%22token%22%3A%22t%22%7D`,
    `${input}&connectionParams=1`,
    `${input}&lastEventId=1`,
    `?${input}`,
  ]
  return mostly(fc.constant(input), fc.constantFrom('', ...odd))
}

/** `?batch=1` and what resembles it, beside another query. */
function withBatch(query: string, isBatch: boolean): fc.Arbitrary<string> {
  const joined = (flag: string): string => [flag, query].filter((part) => part !== '').join('&')
  const odd = ['batch', 'batch=0', 'batch=true', 'batch=1&batch=0', 'batch=0&batch=1', 'batch=%31']
  const usual = isBatch ? joined('batch=1') : query
  return mostly(fc.constant(usual), fc.constantFrom(...odd.map(joined), `${query}&batch=1`))
}

/** As UTF-8; an odd one has a byte that is not. */
function bodyOf(text: string, isOdd: boolean): Buffer {
  return Buffer.concat([Buffer.from(isOdd ? [0xff] : []), Buffer.from(text)])
}

const contentTypes = [
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'application/json; charset=iso-8859-1',
  'application/json; charset=',
  'application/json;',
  'APPLICATION/JSON',
  'application/jsonx',
  'application/json, text/plain',
  'application/problem+json',
  'text/plain',
  'text/html',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'nonsense',
  ';',
]

const oddHeaders: readonly Record<string, string>[] = [
  { accept: 'application/jsonl' },
  { accept: 'text/html, application/jsonl' },
  { accept: 'text/event-stream' },
  { accept: 'application/jsonl;q=1' },
  { 'trpc-accept': 'application/jsonl' },
  { 'trpc-accept': 'application/json' },
  { 'trpc-accept': '' },
  { origin: 'http://localhost:3000' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { host: 'user:password@localhost' },
  { host: 'localhost:99999' },
  { host: '1.2.3.999' },
  { host: '[::1]:80' },
  { host: '[::1' },
  { host: 'two words' },
  { host: 'a/b?c#d' },
  { host: '' },
  { 'x-http-method-override': 'GET' },
  { 'last-event-id': '1' },
  { 'accept-encoding': 'br, gzip' },
  { 'if-none-match': '*' },
  { 'content-encoding': 'gzip' },
  { 'x-request-id': 'mine' },
  { 'transfer-encoding': 'chunked' },
]

const oddMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'QUERY']

/** A call of these procedures as clients make them, with now and then anything else that can be sent instead. */
export function anyCall({ queries, mutations, subscriptions, inputsOf, callers }: Procedures) {
  const procedures = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...queries).map((path) => ({ path, method: 'GET' })) },
    { weight: 8, arbitrary: fc.constantFrom(...mutations).map((path) => ({ path, method: 'POST' })) },
    { weight: 1, arbitrary: fc.constantFrom(...subscriptions).map((path) => ({ path, method: 'GET' })) },
  )
  const targets = procedures.chain(({ path, method }) => {
    const odd = fc.oneof(
      fc.constantFrom(...spellings).map((spell) => spell(path)),
      fc.constantFrom(...oddPaths),
    )
    return fc.record({
      path: mostly(fc.constant(path), odd),
      method: mostly(fc.constant(method), fc.constantFrom(...oddMethods)),
      text: textsOf(inputsOf(path)),
    })
  })
  return fc
    .record({
      target: targets,
      isBatch: fc.boolean(),
      contentType: mostly(
        fc.constant<string | null>('application/json'),
        fc.constantFrom<string | null>(null, ...contentTypes),
      ),
      caller: fc.constantFrom(...callers),
      odd: mostly(fc.constant({}), fc.constantFrom(...oddHeaders)),
      hasOddBody: fc.integer({ min: 0, max: 19 }).map((number) => number === 0),
    })
    .chain(({ target: { path, method, text }, isBatch, contentType, caller, odd, hasOddBody }) => {
      const isRead = method === 'GET' || method === 'HEAD'
      const said = isBatch ? asBatch(text) : fc.constant(text)
      const queries = said.chain((input) =>
        (isRead ? queriesOf(input) : mostly(fc.constant(''), queriesOf(input))).chain((query) =>
          withBatch(query, isBatch),
        ),
      )
      const sendsBody = isRead === hasOddBody
      return fc.record({ query: queries, bodyText: said }).map(({ query, bodyText }): HttpCall => {
        const body = sendsBody ? bodyOf(bodyText, hasOddBody) : null
        const length =
          body === null || 'transfer-encoding' in odd ? {} : { 'content-length': String(body.length) }
        const type =
          contentType === null || (isRead && contentType === 'application/json')
            ? {}
            : { 'content-type': contentType }
        return {
          method,
          target: `/${path}${query === '' ? '' : `?${query}`}`,
          headers: { ...caller, ...odd, ...type, ...length },
          body,
        }
      })
    })
}
