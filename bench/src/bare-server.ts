/** The floor of every call over HTTP: Fastify as it comes, one route that takes and answers small JSON, one that answers a file. */
import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import { tellPort } from './child-server.ts'

/** 50,000 seats of 2 bits. */
const packedMap = randomBytes(12_500)

const server = Fastify()
server.post('/', async () => ({ ok: true }))
server.get('/map', (_request, reply) => reply.type('application/octet-stream').send(packedMap))
await tellPort(server)
