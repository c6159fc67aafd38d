import { errorCodes } from '@greenroom/contract'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { contractRoutes } from './contracts/index.ts'
import { refusalsOf, statusOf } from './refusal-responses.ts'
import type { Route } from './route.ts'
import { tagList } from './tags.ts'
import { v1Routes } from './v1/index.ts'

const routes = [...v1Routes, ...contractRoutes]
const named = routes.map((route): [string, Route] => [`${route.method} ${route.path}`, route])

test('no two operations have the same name, nor the same method and path', () => {
  expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length)
  expect(new Set(named.map(([name]) => name)).size).toBe(routes.length)
})

test('every chapter of the document has an operation', () => {
  const used = new Set(routes.flatMap(({ tags }) => tags))
  expect(tagList.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([])
})

describe.for(named)('%s', ([, route]) => {
  test('reads the parameters that its path names', () => {
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(fieldsOf(route.input.shape['params']))).toEqual(inPath)
  })

  test('has an example that its own schemas take', () => {
    const { params = {}, query = {}, headers = {}, body, reply } = route.example
    const asText = (fields: object): object =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
    route.input.parse({ params: asText(params), query: asText(query), headers, body })
    route.reply.parse(JSON.parse(JSON.stringify(reply ?? null)) ?? undefined)
    const known = ['params', 'query', 'headers'].flatMap((part) =>
      Object.keys(fieldsOf(route.input.shape[part])),
    )
    const shown = [params, query, headers].flatMap((fields) => Object.keys(fields))
    expect(shown.filter((name) => !known.includes(name))).toEqual([])
  })

  test('names each refusal once, each with a status that says refused', () => {
    expect(route.refuses).toEqual([...new Set(route.refuses)])
    expect(refusalsOf(route).filter((code) => !errorCodes.includes(code))).toEqual([])
    for (const code of refusalsOf(route)) expect(statusOf(route, code)).toBeGreaterThanOrEqual(400)
  })

  test('may be kept by a cache only when it reads', () => {
    expect(route.cache === undefined || route.method === 'GET').toBe(true)
  })
})

describe.for(named.filter(([, { path }]) => path.startsWith('/v1/')))('%s', ([, route]) => {
  const { body, headers } = route.input.shape

  test('refuses an unknown property of its body by name', () => {
    if (!(body instanceof z.ZodType)) return
    const issues = body.safeParse({ ...Object(route.example.body), surprise: 1 }).error?.issues
    expect(issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['surprise'] }])
  })

  test('takes an Idempotency-Key when it moves a seat or money', () => {
    const moves = /\/(holds|best|charges|payments|refund)$/.test(route.path) && route.method === 'POST'
    expect('idempotency-key' in fieldsOf(headers)).toBe(moves)
  })
})

function fieldsOf(part: unknown): Readonly<Record<string, unknown>> {
  return part instanceof z.ZodObject ? part.shape : {}
}
