import type { LoadWindow } from '@greenroom/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { httpStatus } from '../http-status.ts'
import { rememberKinds } from '../overload/remember-kinds.ts'

/** More was asked than could be answered, or what answers was away. */
const overload = 503
const overloadCodes = new Set(
  Object.entries(httpStatus).flatMap(([code, status]) => (status === overload ? [code] : [])),
)

/** Whether this is how a call ends that was not worked on to its end: its time says nothing. */
export function isOverload(outcome: string): boolean {
  return overloadCodes.has(outcome)
}

export type NotedCalls = {
  /** To be called after what makes calls wait. */
  afterTurns: () => void
  /**
   * A procedure ended with this code. Of a request it is then told what its procedures said, each of a batch, and not its
   * status, which for a batch says nothing.
   */
  noteRefusal: (code: string, request: FastifyRequest | undefined) => void
}

/**
 * Notes how long each call of fans took here: the wait for its turn and the work, not the time in which its body came or its
 * answer went, which is up to whoever sends and reads; and each refusal, by whether a rule made it or overload. To be called before and
 * after what makes calls wait.
 */
export function noteCalls(server: FastifyInstance, window: LoadWindow): NotedCalls {
  const kindOf = rememberKinds()
  server.decorateRequest(timesOf, null)
  server.addHook('onRequest', (request, _reply, done) => {
    const kind = kindOf(request)
    if (kind !== 'free')
      request.setDecorator<Times>(timesOf, {
        kind,
        beganMs: performance.now(),
        waitedMs: 0,
        hasToldRefusal: false,
      })
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
    const { statusCode } = reply
    if (statusCode >= 400 && !times.hasToldRefusal) {
      if (statusCode === overload) window.noteRefused('overload')
      else if (statusCode < 500) window.noteRefused('rules')
    }
    if (statusCode !== overload)
      window.noteCall(times.kind, times.waitedMs + performance.now() - times.beganMs)
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
    noteRefusal: (code, request) => {
      // what nobody planned is no refusal
      if (code !== 'INTERNAL') window.noteRefused(isOverload(code) ? 'overload' : 'rules')
      const times = request?.getDecorator<Times | null>(timesOf)
      if (times !== undefined && times !== null) times.hasToldRefusal = true
    },
  }
}

const timesOf = 'times'

type Times = { kind: 'crowd' | 'inside'; beganMs: number; waitedMs: number; hasToldRefusal: boolean }
