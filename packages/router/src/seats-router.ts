import { changesInput, changesReply, seatSnapshot, snapshotInput } from '@greenroom/contract'
import { readSeatChanges, readSeatSnapshot } from '@greenroom/core'
import { fanProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const seatsRouter = trpc.router({
  snapshot: fanProcedure
    .input(snapshotInput)
    .output(seatSnapshot)
    .query(({ ctx, input }) =>
      readSeatSnapshot(ctx.deps, ctx.seatMirror, { ...input, fanId: ctx.session.accountId }),
    ),
  /** What a client missed since `after`; a null frame means: take a new snapshot. */
  changes: fanProcedure
    .input(changesInput)
    .output(changesReply)
    .query(({ ctx, input }) => readSeatChanges(ctx.deps, { ...input, fanId: ctx.session.accountId })),
})
