import type { Fault, RescheduleLineInput } from '@greenroom/contract'
import { isOpenedEarly, type Line } from './line.ts'

type ClockPart = 'mode' | 'lobbyOpensAtMs' | 'opensAtMs' | 'closesAtMs'
export type FixedBecause = 'lobbyOpened' | 'saleOpened' | 'saleClosed' | null

/**
 * Why each part of a line's clock cannot be changed any more; `null` where it can. Fans rely on what has begun: how places are
 * given once the lobby took somebody, and the opening once somebody may have been let in. Before that nobody has a place, unless an
 * operator opened the line early, which it remembers.
 */
export function fixedPartsOf(line: Line, nowMs: number): Record<ClockPart, FixedBecause> {
  const { opensAtMs, lobbyOpensAtMs, closesAtMs } = line
  const isOpened = hasPassed(opensAtMs, nowMs) || isOpenedEarly(line)
  const opened: FixedBecause = isOpened ? 'saleOpened' : null
  const lobby: FixedBecause = opened ?? (hasPassed(lobbyOpensAtMs, nowMs) ? 'lobbyOpened' : null)
  return {
    mode: lobby,
    lobbyOpensAtMs: lobby,
    opensAtMs: opened,
    closesAtMs: hasPassed(closesAtMs, nowMs) ? 'saleClosed' : null,
  }
}

export type LineClockSettings = Pick<Line, ClockPart>

/** What speaks against a change at this moment; empty: nothing. A part that stays as it was is no change. */
export function findClockFaults(
  line: Line,
  change: Omit<RescheduleLineInput, 'concertId'>,
  nowMs: number,
): Fault[] {
  const fixed = fixedPartsOf(line, nowMs)
  const after = clockAfter(line, change)
  const faults: Fault[] = []
  for (const part of ['mode', 'lobbyOpensAtMs', 'opensAtMs', 'closesAtMs'] as const) {
    if (after[part] === line[part]) continue
    const because = fixed[part]
    if (because !== null) faults.push({ path: part, message: reasons[because], reason: because })
    else if (hasPassed(after[part], nowMs))
      faults.push({ path: part, message: 'this moment is over', reason: 'momentOver' })
  }
  if (after.lobbyOpensAtMs !== null && after.lobbyOpensAtMs > after.opensAtMs)
    faults.push({
      path: 'lobbyOpensAtMs',
      message: 'the lobby opens after the sale',
      reason: 'lobbyAfterSale',
    })
  if (after.closesAtMs !== null && after.closesAtMs <= after.opensAtMs)
    faults.push({
      path: 'closesAtMs',
      message: 'the sale closes before it opens',
      reason: 'closesBeforeOpening',
    })
  return faults
}

export function clockAfter(
  line: LineClockSettings,
  change: Omit<RescheduleLineInput, 'concertId'>,
): LineClockSettings {
  const { mode, opensAtMs, lobbyOpensAtMs, closesAtMs } = change
  return {
    mode: mode ?? line.mode,
    opensAtMs: opensAtMs ?? line.opensAtMs,
    lobbyOpensAtMs: lobbyOpensAtMs === undefined ? line.lobbyOpensAtMs : lobbyOpensAtMs,
    closesAtMs: closesAtMs === undefined ? line.closesAtMs : closesAtMs,
  }
}

const reasons: Record<Exclude<FixedBecause, null>, string> = {
  lobbyOpened: 'the lobby has opened',
  saleOpened: 'the sale has opened',
  saleClosed: 'the sale is over',
}

function hasPassed(part: Line[ClockPart], nowMs: number): boolean {
  return typeof part === 'number' && nowMs >= part
}
