import {
  changesInput,
  changesReply,
  seatList,
  seatListInput,
  seatSnapshot,
  snapshotInput,
} from '@greenroom/contract'
import { readSeatChanges, readSeatList, readSeatSnapshot } from '@greenroom/core'
import { fanProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const seatsRouter = trpc.router({
  snapshot: fanProcedure
    .input(snapshotInput)
    .output(seatSnapshot)
    .query(({ ctx, input }) =>
      readSeatSnapshot(ctx.deps, ctx.seatMirror, { ...input, fanId: ctx.session.accountId }),
    ),
  /** The same for who draws no map: seats with their labels, prices and states, page by page. */
  list: fanProcedure
    .input(seatListInput)
    .output(seatList)
    .query(({ ctx, input }) =>
      readSeatList(ctx.deps, ctx.seatMirror, { ...input, fanId: ctx.session.accountId }),
    ),
  /** What a client missed since `after`; a null frame means: take a new snapshot. */
  changes: fanProcedure
    .input(changesInput)
    .output(changesReply)
    .query(({ ctx, input }) => readSeatChanges(ctx.deps, { ...input, fanId: ctx.session.accountId })),
})
