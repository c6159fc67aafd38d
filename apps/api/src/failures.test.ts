import { errorCodes, errorExamples, exampleOf } from '@greenroom/contract'
import Fastify from 'fastify'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { answerFailures } from './failures.ts'
import { httpStatus } from './http-status.ts'

const server = Fastify()
answerFailures(server, pino({ level: 'silent' }))
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
