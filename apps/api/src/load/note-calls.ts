import type { LoadWindow } from '@greenroom/core'
import type { FastifyInstance } from 'fastify'
import { rememberKinds } from '../overload/remember-kinds.ts'

/**
 * Notes how long each call of fans took here: the wait for its turn and the work, not the time in which its body came or its
 * answer went, which is up to whoever sends and reads. To be called before and after what makes calls wait.
 */
export function noteCalls(server: FastifyInstance, window: LoadWindow): { afterTurns: () => void } {
  const kindOf = rememberKinds()
  server.decorateRequest(timesOf, null)
  server.addHook('onRequest', (request, _reply, done) => {
    const kind = kindOf(request)
    if (kind !== 'free')
      request.setDecorator<Times>(timesOf, { kind, beganMs: performance.now(), waitedMs: 0 })
    done()
  })
  server.addHook('preHandler', (request, _reply, done) => {
    const times = request.getDecorator<Times | null>(timesOf)
    if (times !== null) times.beganMs = performance.now()
    done()
  })
  server.addHook('onSend', (request, reply, _payload, done) => {
    const times = request.getDecorator<Times | null>(timesOf)
    if (times === null) return done()
    if (reply.statusCode === 503) window.noteRefused()
    else window.noteCall(times.kind, times.waitedMs + performance.now() - times.beganMs)
    done()
  })
  return {
    afterTurns: () => {
      server.addHook('onRequest', (request, _reply, done) => {
        const times = request.getDecorator<Times | null>(timesOf)
        if (times !== null) times.waitedMs = performance.now() - times.beganMs
        done()
      })
    },
  }
}

const timesOf = 'times'

type Times = { kind: 'crowd' | 'inside'; beganMs: number; waitedMs: number }
