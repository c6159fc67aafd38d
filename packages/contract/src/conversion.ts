/**
 * Of the fans who went in and are done, the share that paid; `null` while nobody is done. Who is inside has not decided yet, and
 * would make it look worse the fuller it is. Offers that nobody has claimed count as inside without having gone in, so it may be a
 * little too high, never above 1.
 */
export function conversionOf(fans: {
  entered: number
  paid: number
  active: number | undefined
}): number | null {
  const done = Math.max(fans.entered - (fans.active ?? 0), fans.paid)
  return done <= 0 ? null : Math.min(1, fans.paid / done)
}
