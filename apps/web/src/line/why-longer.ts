import type { WaitRange } from '@greenroom/contract'

/** What one message of the line says about the wait: `undefined` range when nothing flows. */
export type Wait = { asOfMs: number; range: WaitRange | null; outflowPerMinute: number | null }

/** The soonest end that was shown, with the flow that it was reckoned by. */
export type WaitMemory = { endsAtMs: number; outflowPerMinute: number; noticedAtMs: number | undefined }

export type LongerWait = { reason: 'slower'; before: number; after: number } | { reason: 'stopped' }

/** A range breathes with the flow it is measured by: told is what is a minute and a quarter of the wait later than before. */
const noticeableMs = 60_000
const noticeableShare = 0.25
/** After so long the longer wait is the usual one. */
const toldForMs = 180_000

/**
 * Holds the wait against the best that was shown and says why it has grown: the flow slowed down, or nobody gets in any
 * more. `undefined` when it has not. Give the memory it answers with to the next call.
 */
export function whyLonger(
  memory: WaitMemory | undefined,
  wait: Wait,
): { memory: WaitMemory | undefined; longer: LongerWait | undefined } {
  if (wait.range === null || wait.outflowPerMinute === null) {
    return { memory, longer: memory && { reason: 'stopped' } }
  }
  const endsAtMs = wait.asOfMs + wait.range.highMs
  const fresh: WaitMemory = {
    endsAtMs,
    outflowPerMinute: wait.outflowPerMinute,
    noticedAtMs: undefined,
  }
  if (memory === undefined || endsAtMs <= memory.endsAtMs) return { memory: fresh, longer: undefined }
  const marginMs = Math.max(noticeableMs, noticeableShare * (memory.endsAtMs - wait.asOfMs))
  const before = Math.round(memory.outflowPerMinute)
  const after = Math.round(wait.outflowPerMinute)
  if (endsAtMs <= memory.endsAtMs + marginMs || after >= before) return { memory, longer: undefined }
  const noticedAtMs = memory.noticedAtMs ?? wait.asOfMs
  if (wait.asOfMs - noticedAtMs > toldForMs) return { memory: fresh, longer: undefined }
  return { memory: { ...memory, noticedAtMs }, longer: { reason: 'slower', before, after } }
}
