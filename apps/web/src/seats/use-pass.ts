import type { ConcertId } from '@greenroom/contract'
import { useEffect, useState } from 'react'
import { greenroom, noteSignedOut } from '../data/api.ts'
import { useMissedTurn } from '../line/missed-turn.ts'
import { type LineView, useLine } from '../line/use-line.ts'

/** The fan's admission: the pass kept from before until the line says what is true now. `undefined`: not inside. */
export function usePass(concertId: ConcertId): {
  pass: string | undefined
  expiresAtMs: number | undefined
  /** There was a pass while this page was open, and there is none any more. */
  wasInside: boolean
  /** When a turn ran out that was not taken. */
  missedAtMs: number | undefined
  line: LineView & { refresh: () => void }
} {
  const line = useLine(greenroom.live.watchLine, concertId)
  const isSignedOut = line.refusal?.code === 'SIGN_IN_REQUIRED'
  useEffect(() => {
    if (isSignedOut) noteSignedOut()
  }, [isSignedOut])
  const [kept] = useState(() => greenroom.line.readPass(concertId))
  const { entry } = line
  const missedAtMs = useMissedTurn(concertId, entry)
  const [hasBeenInside, setBeenInside] = useState(false)
  const isInside = entry?.state === 'active'
  if (isInside && !hasBeenInside) setBeenInside(true)
  const outside = {
    expiresAtMs: undefined,
    wasInside: hasBeenInside && entry?.state === 'none',
    missedAtMs,
    line,
  }
  if (entry === undefined) return { ...outside, pass: kept }
  if (!isInside) return { ...outside, pass: undefined }
  return { pass: entry.pass, expiresAtMs: entry.expiresAtMs, wasInside: false, missedAtMs: undefined, line }
}
