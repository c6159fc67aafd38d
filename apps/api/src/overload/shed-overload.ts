import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { overloadedText, type TrpcCall } from './overloaded-text.ts'
import { watchInsideCalls } from './inside-calls.ts'
import { createLoopShare } from './loop-share.ts'
import { batchOf, rememberKinds } from './remember-kinds.ts'
import { createRetryHint } from './retry-hint.ts'
import { openTurn, type Turn } from './turn.ts'
import { createTurnQueue } from './turn-queue.ts'

/** For metrics. */
export type OverloadLoad = () => { waiting: number; underWay: number; inside: number; refused: number }

/** Calls of the crowd begun in a turn of the loop while nobody is inside: about 1 ms of work. */
const shareAlone = 16
/** So many of the crowd begin within some 4 ms: nobody is in anybody's way for long. More are a queue. */
const fewWait = 4 * shareAlone
/** A call of the crowd asks Redis, in some 0.2 ms; so many are under way only when Redis or Postgres is slow. */
const mostUnderWay = 1_000
/** Each that waits is some 5 kB. */
const waiting = { always: 200, ever: 5_000 }
/** A call that is answered later than this might as well come back. */
const longestWaitMs = 200
/** More than any room is large, so that this too is bounded. */
const mostInside = 20_000

export const defaultLimits = { mostUnderWay, waiting, longestWaitMs, mostInside }

/**
 * Keeps fans inside served when more is asked than can be answered: the crowd's calls wait for their turn, have what of the event
 * loop fans inside leave them, and are refused with OVERLOADED (503, Retry-After, spread) when more wait than can be served
 * soon. A refusal is made before anything is read or parsed. Fans inside wait for nobody. A call counts as under way from when all of it
 * has come until its answer is made: who sends slowly, or does not read, keeps nobody else's place.
 */
export function shedOverload(
  server: FastifyInstance,
  limits: typeof defaultLimits = defaultLimits,
): OverloadLoad {
  const hint = createRetryHint()
  const beside = createLoopShare()
  const inside = watchInsideCalls()
  let refused = 0
  const queue = createTurnQueue({
    ...limits,
    nextTurn: (waits) => {
      if (inside.areExpected({ isQueue: waits > fewWait }))
        return { share: beside.take(), perMs: beside.perMs() }
      beside.rest()
      return { share: shareAlone, perMs: Number.POSITIVE_INFINITY }
    },
  })
  const refuse = (request: FastifyRequest, reply: FastifyReply): void => {
    refused += 1
    const retryAfterMs = hint.refusedMs()
    void reply
      .code(503)
      .header('retry-after', Math.ceil(retryAfterMs / 1_000))
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(overloadedText(trpcCallOf(request), retryAfterMs))
  }
  const kindOf = rememberKinds()
  server.decorateRequest(turnOf, null)
  server.addHook('onRequest', (request, reply, done) => {
    const kind = kindOf(request)
    if (kind === 'free') return done()
    if (kind === 'inside') {
      if (inside.underWay() >= limits.mostInside) return refuse(request, reply)
      inside.come()
      request.setDecorator<Turn>(turnOf, openTurn({ isCounted: false, begin: inside.begin, end: inside.end }))
      return done()
    }
    const begin = (): void => {
      // whoever hung up meanwhile is not served
      if (reply.raw.destroyed) return queue.leave()
      const turn = openTurn({ isCounted: true, begin: queue.comeBack, end: queue.leave })
      request.setDecorator<Turn>(turnOf, turn)
      setImmediate(turn.standAside)
      hint.served()
      done()
    }
    if (!queue.enter(begin)) refuse(request, reply)
  })
  server.addHook('preHandler', (request, _reply, done) => {
    request.getDecorator<Turn | null>(turnOf)?.arrived()
    done()
  })
  server.addHook('onSend', (request, _reply, _payload, done) => {
    request.getDecorator<Turn | null>(turnOf)?.end()
    done()
  })
  return () => ({ ...queue.load(), inside: inside.underWay(), refused })
}

/** Of a request whose call has begun and was counted, or will be. */
const turnOf = 'turn'

const trpcPrefix = '/trpc/'

function trpcCallOf(request: FastifyRequest): TrpcCall {
  const { url: route } = request.routeOptions
  if (route?.startsWith(trpcPrefix) !== true) return undefined
  const procedures = batchOf(request, route) ?? route.slice(trpcPrefix.length)
  return { procedures, isBatch: /[?&]batch=1(&|$)/.test(request.url) }
}
