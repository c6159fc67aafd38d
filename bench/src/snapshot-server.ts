/** One show's seat map over bare Fastify: from the core, pass checked, and beside it as text that never changes. */
import { accountId, showId } from '@greenroom/contract'
import { openDeps, openSeatMirror, readCoreSettings, readSeatSnapshot } from '@greenroom/core'
import Fastify from 'fastify'
import { z } from 'zod'
import { tellPort } from './child-server.ts'

const asked = z
  .object({ showId, fanId: accountId, pass: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''))
const deps = openDeps(readCoreSettings(), 'snapshot-server')
const mirror = openSeatMirror(deps)
const text = JSON.stringify(await readSeatSnapshot(deps, mirror, asked))

const server = Fastify()
server.get('/core', () => readSeatSnapshot(deps, mirror, asked))
server.get('/static', (_request, reply) => reply.type('application/json; charset=utf-8').send(text))
await tellPort(server)
