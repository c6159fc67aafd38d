import { initTRPC } from '@trpc/server'
import type { Context } from './context.ts'
import { wireErrorOf } from './error-edge.ts'

/** The one tRPC instance. Every error leaves with its `WireError` under `data.domain`, and with no text of its own. */
export const trpc = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error, ctx }) => {
    const domain = wireErrorOf(error, ctx?.requestId ?? 'none')
    const { code, httpStatus, path } = shape.data
    return { code: shape.code, message: domain.message, data: { code, httpStatus, path, domain } }
  },
  // a stream over plain HTTP never ends by itself, so a server that goes would wait for it: subscriptions have their WebSocket
  sse: { enabled: false },
  isDev: false,
})
