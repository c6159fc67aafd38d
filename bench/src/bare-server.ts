/** The floor of every call over HTTP: Fastify as it comes, one route that takes and answers small JSON. */
import Fastify from 'fastify'
import { tellPort } from './child-server.ts'

const server = Fastify()
server.post('/', async () => ({ ok: true }))
await tellPort(server)
