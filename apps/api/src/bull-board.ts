import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import { deliverWebhookJob, type Deps, listWebhooksOn, openQueue, queueNames } from '@greenroom/core'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { sendFailure } from './failures.ts'
import { guardAll, routeGuards } from './route-guards.ts'

const basePath = '/admin/queues'

/** The board's page asks another host for its font; ours asks nobody and shows the system's. */
const remoteFont = /<link[^>]+fonts\.googleapis\.com[^>]*>/g

/**
 * Bull Board over every queue of the catalogue, for operators only, with everything it loads served from here. It
 * changes nothing: what an operator does is audited, which the board is not (decision 26).
 */
export async function serveBullBoard(server: FastifyInstance, deps: Deps): Promise<void> {
  const adapter = new FastifyAdapter()
  adapter.setBasePath(basePath)
  const adapterOf = (name: Parameters<typeof openQueue>[1]) =>
    new BullMQAdapter(openQueue(deps.redis, name), { readOnlyMode: true })
  const board = createBullBoard({ queues: queueNames.map(adapterOf), serverAdapter: adapter })
  // webhook endpoints come and go, and each has a queue
  const showQueues = async (): Promise<void> => {
    const endpoints = (await listWebhooksOn(deps)).map((endpointId) => deliverWebhookJob(endpointId).queue)
    board.replaceQueues([...queueNames, ...endpoints].map(adapterOf))
  }
  await server.register(async (scope) => {
    guardAll(scope, routeGuards.operators)
    // answered here and not thrown: the board's own error handler knows 500 alone
    scope.addHook('onRequest', async (request, reply) => {
      try {
        if (request.url.startsWith(`${basePath}/api/`)) await showQueues()
      } catch (error) {
        return sendFailure(request, reply, error, deps.log)
      }
    })
    scope.addHook('onSend', async (_request, reply, payload) => {
      allowBase(reply)
      return typeof payload === 'string' ? payload.replace(remoteFont, '') : payload
    })
    await scope.register(adapter.registerPlugin(), { prefix: basePath })
  })
}

/** The board's page resolves its files by a `<base>` of its own, which our policy forbids everywhere else. */
function allowBase(reply: FastifyReply): void {
  const policy = reply.getHeader('content-security-policy')
  if (typeof policy !== 'string') return
  reply.header('content-security-policy', policy.replace("base-uri 'none'", "base-uri 'self'"))
}
