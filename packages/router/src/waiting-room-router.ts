import {
  concertInput,
  enterInput,
  entry,
  joinInput,
  leaveInput,
  lineStatus,
  queueProgress,
  statusInput,
  useBypassCodeInput,
} from '@greenroom/contract'
import {
  enterSale,
  isSessionGood,
  joinLine,
  leaveLine,
  readLineStatus,
  readProgress,
  useBypassCode,
  watchEntry,
} from '@greenroom/core'
import { fanProcedure, publicProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const waitingRoomRouter = trpc.router({
  /**
   * Takes a place in the concert's line, or finds the one there is: the same fan gets the same place, however often and from
   * wherever they ask. With nobody waiting and room inside the fan is let in at once. Show the receipt and the pass you
   * have: they restore a place that the server lost.
   * @throws LINE_CLOSED before the lobby, after the end, and for newcomers while draining
   * @throws NOT_FOUND concert
   * @throws RECEIPT_REFUSED forged, somebody else's, or spent by a payment
   * @throws PASS_REFUSED the same
   * @throws LINE_REBUILDING the line is being restored: ask again
   * @throws CHALLENGE_REQUIRED newcomers solve this challenge first and join again with `proof`
   * @throws CHALLENGE_REFUSED the proof is none, too old, or was used: join without one for another challenge
   * @throws ADDRESS_CROWDED as many accounts as may wait at a time came from this address
   */
  join: fanProcedure
    .input(joinInput)
    .output(lineStatus)
    .mutation(({ ctx, input: { proof, ...input } }) => {
      const door = { address: ctx.address, proof }
      return joinLine(ctx.deps, { ...input, fanId: ctx.session.accountId, door })
    }),
  /**
   * The own place and the line's numbers, read exactly. Show the receipt and the pass you have. Ask again no sooner than
   * `refreshAfterMs`; in between the shared numbers move the place on.
   * @throws NOT_FOUND concert
   * @throws RECEIPT_REFUSED forged, somebody else's, or spent
   * @throws PASS_REFUSED the same
   * @throws LINE_REBUILDING the line is being restored: ask again
   */
  status: fanProcedure
    .input(statusInput)
    .output(lineStatus)
    .query(({ ctx, input }) => readLineStatus(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /**
   * Claims an offer before `claimBeforeMs`: the fan is inside until `expiresAtMs`, longer while a hold lives. A repeat gives
   * the same pass.
   * @throws PASS_REFUSED `expired` when the window has passed, else forged, somebody else's or spent
   * @throws STILL_WAITING the server lost the offer and others took the room
   * @throws LINE_CLOSED
   * @throws NOT_FOUND concert
   * @throws LINE_REBUILDING
   */
  enter: fanProcedure
    .input(enterInput)
    .output(entry)
    .mutation(({ ctx, input }) => enterSale(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /**
   * Gives up the place, the offer or the pass for good. Live holds stay until they end and can still be paid. Safe to
   * repeat.
   */
  leave: fanProcedure
    .input(leaveInput)
    .mutation(({ ctx, input }) => leaveLine(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /**
   * Lets in past the line by a code that an operator made: the entry is `active`. A use counts when it lets in; a repeat within a
   * minute, or after a failure, is the same use.
   * @throws BYPASS_REFUSED `unknown` or `usedUp`
   * @throws RATE_LIMITED after five wrong codes in ten minutes
   * @throws LINE_CLOSED
   * @throws NOT_FOUND concert
   * @throws LINE_REBUILDING
   */
  useCode: fanProcedure
    .input(useBypassCodeInput)
    .output(entry)
    .mutation(({ ctx, input }) => useBypassCode(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /**
   * The numbers that everybody in the line shares, at most half a second old.
   * @throws NOT_FOUND concert
   */
  progress: publicProcedure
    .input(concertInput)
    .output(queueProgress)
    .query(({ ctx, input }) => readProgress(ctx.deps, input.concertId)),
  /**
   * Over WebSocket: the own entry now, and again when a tick offers the way in or ends a turn, when the fan goes in or leaves on
   * another device, or the line begins anew, until the caller signs out.
   * @throws NOT_FOUND concert
   */
  onEntry: fanProcedure.input(concertInput).subscription(async function* ({ ctx, input, signal }) {
    const { deps, session } = ctx
    const isAllowed = (): boolean => isSessionGood(deps, session)
    yield* watchEntry(deps, { ...input, fanId: session.accountId, signal, isAllowed })
  }),
})
