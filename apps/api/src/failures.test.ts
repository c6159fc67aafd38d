import { errorCodes, errorExamples, exampleOf } from '@greenroom/contract'
import Fastify from 'fastify'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { answerFailures } from './failures.ts'
import { httpStatus } from './http-status.ts'

const lines: string[] = []
const server = Fastify()
answerFailures(server, pino({ level: 'error' }, { write: (line) => lines.push(line) }))
server.get<{ Params: { code: (typeof errorCodes)[number] } }>('/fail/:code', async (request) => {
  throw exampleOf(request.params.code)
})
server.get('/crash', async () => {
  throw new Error('the secret is hunter2')
})
server.post('/echo', async (request) => request.body)

test.for(errorCodes)('%s leaves HTTP with its status, code and details', async (code) => {
  const reply = await server.inject(`/fail/${code}`)
  expect(reply.statusCode).toBe(httpStatus[code])
  expect(reply.json()).toMatchObject({ error: { code, details: errorExamples[code] } })
})

test('a crash says a request id and not one word of its own', async () => {
  const reply = await server.inject('/crash')
  expect(reply.statusCode).toBe(500)
  expect(reply.json()).toMatchObject({ error: { code: 'INTERNAL' } })
  expect(reply.body).not.toContain('hunter2')
})

test('a crash is logged with its route, and with nothing that the caller wrote into the address', async () => {
  lines.length = 0
  await server.inject('/crash?input=fan-1%40greenroom.example&name=Somebody')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('"route":"GET /crash"')
  expect(lines[0]).not.toMatch(/greenroom\.example|Somebody/)
})

test('a body that is not JSON is bad input', async () => {
  const reply = await server.inject({
    method: 'POST',
    url: '/echo',
    headers: { 'content-type': 'application/json' },
    payload: '{',
  })
  expect(reply.statusCode).toBe(400)
  expect(reply.json()).toMatchObject({ error: { code: 'BAD_INPUT' } })
})
