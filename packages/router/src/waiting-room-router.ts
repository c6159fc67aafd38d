import {
  concertInput,
  enterInput,
  entry,
  joinInput,
  leaveInput,
  lineStatus,
  queueProgress,
  statusInput,
} from '@greenroom/contract'
import {
  enterSale,
  isSessionGood,
  joinLine,
  leaveLine,
  readLineStatus,
  readProgress,
  watchEntry,
} from '@greenroom/core'
import { fanProcedure, publicProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const waitingRoomRouter = trpc.router({
  /** The same fan gets the same place, however often and from wherever they ask. */
  join: fanProcedure
    .input(joinInput)
    .output(lineStatus)
    .mutation(({ ctx, input }) => joinLine(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  status: fanProcedure
    .input(statusInput)
    .output(lineStatus)
    .query(({ ctx, input }) => readLineStatus(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  enter: fanProcedure
    .input(enterInput)
    .output(entry)
    .mutation(({ ctx, input }) => enterSale(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  leave: fanProcedure
    .input(leaveInput)
    .mutation(({ ctx, input }) => leaveLine(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  progress: publicProcedure
    .input(concertInput)
    .output(queueProgress)
    .query(({ ctx, input }) => readProgress(ctx.deps, input.concertId)),
  /** Over WebSocket: the own entry now, and again when a tick offers the way in, ends a turn, or the line begins anew, until the caller signs out. */
  onEntry: fanProcedure.input(concertInput).subscription(async function* ({ ctx, input, signal }) {
    const { deps, session } = ctx
    const isAllowed = (): boolean => isSessionGood(deps, session)
    yield* watchEntry(deps, { ...input, fanId: session.accountId, signal, isAllowed })
  }),
})
