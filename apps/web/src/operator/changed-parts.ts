/** Those parts of a wish that are not as they were: what another operator changes meanwhile is not put back. */
export function changedParts<T extends object>(wish: T, before: T): Partial<T> {
  const changed: Partial<T> = { ...wish }
  for (const name in wish) {
    if (JSON.stringify(wish[name]) === JSON.stringify(before[name])) delete changed[name]
  }
  return changed
}

/**
 * What a form of settings sends: the parts that were changed from what it was filled in with, and as `from` what they were as the page
 * showed them last, so that what somebody else changed since is not overruled unseen.
 */
export function changeFrom<T extends object>(
  wish: T,
  form: { filled: T; shown: T; isChangedElsewhere: boolean },
): { change: Partial<T>; from: Partial<T> } {
  const change = changedParts(wish, form.filled)
  const seen = form.isChangedElsewhere ? form.shown : form.filled
  const from: Partial<T> = {}
  for (const name in change) from[name] = seen[name]
  return { change, from }
}
