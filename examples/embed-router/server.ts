import { randomUUID } from 'node:crypto'
import {
  openDeps,
  openSeatMirror,
  readCoreSettings,
  startSessionRevocations,
  verifySession,
} from '@greenroom/core'
import { appRouter, type Context, fanProcedure, trpc } from '@greenroom/router'
import { createHTTPServer } from '@trpc/server/adapters/standalone'

const deps = openDeps(readCoreSettings(), 'shop')
const seatMirror = openSeatMirror(deps)
await startSessionRevocations(deps)

/** Our own procedure: it knows the same fan, and fails in the same words. */
const shopRouter = trpc.router({
  greeting: fanProcedure.query(({ ctx }) => `Welcome, fan ${ctx.session.accountId}`),
})

const server = createHTTPServer({
  router: trpc.mergeRouters(appRouter, trpc.router({ shop: shopRouter })),
  basePath: '/trpc/',
  createContext: ({ req }): Context => {
    const token = req.headers.authorization?.replace(/^Bearer /, '')
    return {
      deps,
      seatMirror,
      session: token === undefined ? null : (verifySession(deps, token) ?? null),
      requestId: randomUUID(),
      address: req.socket.remoteAddress ?? '',
      setSessionCookie: () => undefined,
    }
  },
})
server.listen(Number(process.argv[2] ?? 4000), 'localhost', () => console.log('listens', server.address()))
