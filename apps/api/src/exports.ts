import { exportInput, parseInput } from '@greenroom/contract'
import { type Deps, openExport } from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import { requireOperator } from './caller.ts'
import { guardedBy, routeGuards } from './route-guards.ts'

/**
 * `GET /admin/exports/<name>.csv?concertId=1&showId=2`: a file for operators, written as it is read. A reader who goes away ends
 * it; what fails half way breaks the connection off, so that no half file looks like a whole one.
 */
export function serveExports(server: FastifyInstance, deps: Deps): void {
  server.get<{ Params: { name: string }; Querystring: Record<string, unknown> }>(
    '/admin/exports/:name.csv',
    guardedBy(routeGuards.operators),
    async (request, reply) => {
      const { accountId: operatorId } = await requireOperator(deps, request)
      const input = parseInput(exportInput, { ...request.query, name: request.params.name })
      const { fileName, text } = await openExport(deps, { ...input, operatorId })
      // who went away while the file was opened is not told to Fastify, which watches from `send` on
      reply.raw.once('close', () => text.destroy())
      if (reply.raw.destroyed) text.destroy()
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .header('cache-control', 'no-store')
        .send(text)
    },
  )
}
