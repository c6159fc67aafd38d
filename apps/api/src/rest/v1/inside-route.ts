import { isDomainError, parseInput, pass, showId } from '@greenroom/contract'
import { readShow, requireNotWaiting } from '@greenroom/core'
import { toDomainError } from '@greenroom/router'
import { TRPCError } from '@trpc/server'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ApiParts } from '../../build-server.ts'
import { readRequestCaller } from '../../caller.ts'
import type { Route } from '../route.ts'
import { digits, type V1Spec, v1Route } from './v1-route.ts'

/** The pass that the queue gave: proof of being inside. */
export const passHeader = z.object({ 'queue-pass': pass })
/** The show of the path: its concert is the one whose pass is asked for. */
export const showParams = z.object({ showId: digits(showId) })

const insideRefusals = [
  'PASS_REQUIRED',
  'PASS_REFUSED',
  'STILL_WAITING',
  'LINE_CLOSED',
  'LINE_REBUILDING',
] as const

/**
 * A route for fans who were let in to the concert of `{showId}` and say so with `Queue-Pass`. Who shows none, or something
 * else, and is in line hears STILL_WAITING with their position.
 */
export function insideRoute<Input extends z.ZodObject, Reply extends z.ZodType>(
  spec: Omit<V1Spec<Input, Reply>, 'access'>,
): Route {
  const refuses = [...insideRefusals, ...spec.refuses]
  const route = v1Route<Input, Reply>({ ...spec, refuses, access: 'inside' })
  return {
    ...route,
    answer: async (parts, request, reply) => {
      try {
        return await route.answer(parts, request, reply)
      } catch (error) {
        if (showedNoPass(error)) await requireCallerNotWaiting(parts, request)
        throw error
      }
    },
  }
}

function showedNoPass(error: unknown): boolean {
  const refusal = error instanceof TRPCError ? toDomainError(error, '') : error
  if (isDomainError(refusal, 'PASS_REQUIRED')) return true
  return isDomainError(refusal, 'PASS_REFUSED') && refusal.details.reason === 'invalid'
}

async function requireCallerNotWaiting({ deps }: ApiParts, request: FastifyRequest): Promise<void> {
  const caller = readRequestCaller(deps, request)
  if (caller === null) return
  const { concertId } = await readShow(deps, parseInput(showParams, request.params).showId)
  await requireNotWaiting(deps, { concertId, fanId: caller.accountId })
}
