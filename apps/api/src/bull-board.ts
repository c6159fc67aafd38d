import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import { type Deps, openQueue, queueNames } from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import { requireOperator } from './caller.ts'

const basePath = '/admin/queues'

/** Bull Board over every queue of the catalogue, operators only. Its assets come from our own package folder, not from elsewhere. */
export async function serveBullBoard(server: FastifyInstance, deps: Deps): Promise<void> {
  const adapter = new FastifyAdapter()
  adapter.setBasePath(basePath)
  createBullBoard({
    queues: queueNames.map((name) => new BullMQAdapter(openQueue(deps.redis, name))),
    serverAdapter: adapter,
  })
  await server.register(async (scope) => {
    scope.addHook('onRequest', (request) => requireOperator(deps, request))
    await scope.register(adapter.registerPlugin(), { prefix: basePath })
  })
}
