import type { ConcertId } from '@greenroom/contract'
import { useEffect, useState } from 'react'
import { greenroom, noteSignedOut } from '../data/api.ts'
import { type LineView, useLine } from '../line/use-line.ts'

/** The fan's admission: the pass kept from before until the line says what is true now. `undefined`: not inside. */
export function usePass(concertId: ConcertId): {
  pass: string | undefined
  expiresAtMs: number | undefined
  line: LineView & { refresh: () => void }
} {
  const line = useLine(greenroom.live.watchLine, concertId)
  const isSignedOut = line.refusal?.code === 'SIGN_IN_REQUIRED'
  useEffect(() => {
    if (isSignedOut) noteSignedOut()
  }, [isSignedOut])
  const [kept] = useState(() => greenroom.line.readPass(concertId))
  const { entry } = line
  if (entry === undefined) return { pass: kept, expiresAtMs: undefined, line }
  if (entry.state !== 'active') return { pass: undefined, expiresAtMs: undefined, line }
  return { pass: entry.pass, expiresAtMs: entry.expiresAtMs, line }
}
