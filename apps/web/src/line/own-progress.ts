/** The part of the Web Storage API this needs. */
export type FarthestStore = {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
}

/**
 * How far a fan has come, 0..1, from the most fans they ever had ahead in this place to nobody. Kept per line with the
 * receipt it is about, so a reload or another tab goes on where it was, and it never goes back. The last step is the turn
 * itself: with nobody ahead it is 0.97.
 */
export function ownProgress(
  store: FarthestStore,
  line: { concertId: number; receipt: string },
  ahead: number,
): number {
  const key = `greenroom:progress:${line.concertId}`
  const place = line.receipt.slice(-16)
  const kept = parseKept(store.getItem(key), place)
  const most = Math.max(kept?.most ?? 0, ahead)
  const share = most === 0 ? 0.97 : 0.03 + 0.94 * (1 - ahead / most)
  const shown = Math.max(kept?.shown ?? 0, share)
  store.setItem(key, `${place} ${most} ${shown.toFixed(4)}`)
  return shown
}

function parseKept(text: string | null, place: string): { most: number; shown: number } | undefined {
  const [of, ...numbers] = (text ?? '').split(' ')
  const [most, shown] = numbers.map(Number)
  if (of !== place || most === undefined || shown === undefined || !Number.isFinite(most + shown))
    return undefined
  return { most, shown }
}
