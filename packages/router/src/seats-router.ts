import {
  changesInput,
  changesReply,
  seatList,
  seatListInput,
  seatSnapshot,
  snapshotInput,
} from '@greenroom/contract'
import { readSeatChanges, readSeatList, readSeatSnapshot, type Session } from '@greenroom/core'
import { fanProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const seatsRouter = trpc.router({
  /**
   * All seats of a show at stream position `seq`, two bits each. Needs a live pass, or an operator's session.
   * @throws NOT_FOUND show
   * @throws PASS_REFUSED not a live pass of this fan and concert, or spent
   * @throws PASS_REQUIRED no pass, by who is no operator; an offer that cannot be claimed while Redis is away
   * @throws STILL_WAITING the server lost the pass and others are inside: the fan is next
   * @throws LINE_CLOSED an offer of a line that is over
   */
  snapshot: fanProcedure
    .input(snapshotInput)
    .output(seatSnapshot)
    .query(({ ctx, input }) =>
      readSeatSnapshot(ctx.deps, ctx.seatMirror, { ...input, ...viewerOf(ctx.session) }),
    ),
  /**
   * The same for who draws no map: seats with their labels, prices and states, page by page. Needs a live pass.
   * @throws NOT_FOUND show
   * @throws PASS_REFUSED not a live pass of this fan and concert, or spent
   * @throws PASS_REQUIRED an offer that cannot be claimed while Redis is away
   * @throws STILL_WAITING the server lost the pass and others are inside: the fan is next
   * @throws LINE_CLOSED an offer of a line that is over
   */
  list: fanProcedure
    .input(seatListInput)
    .output(seatList)
    .query(({ ctx, input }) =>
      readSeatList(ctx.deps, ctx.seatMirror, { ...input, fanId: ctx.session.accountId }),
    ),
  /**
   * What a client missed since position `after`; a null frame means: take a new snapshot. Needs a live pass, or an operator's session.
   * @throws NOT_FOUND show
   * @throws PASS_REFUSED not a live pass of this fan and concert, or spent
   * @throws PASS_REQUIRED no pass, by who is no operator; an offer that cannot be claimed while Redis is away
   * @throws STILL_WAITING the server lost the pass and others are inside: the fan is next
   * @throws LINE_CLOSED an offer of a line that is over
   */
  changes: fanProcedure
    .input(changesInput)
    .output(changesReply)
    .query(({ ctx, input }) => readSeatChanges(ctx.deps, { ...input, ...viewerOf(ctx.session) })),
})

function viewerOf({ accountId, role }: Session) {
  return { fanId: accountId, role }
}
