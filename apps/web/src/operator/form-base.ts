/** What a form is filled in with, while what it is about may be changed elsewhere. */
export type FormBase<T> = {
  /** What the fields were filled in with, or what was sent from them. */
  filled: T
  /** What is shown elsewhere as of now. */
  shown: T
  /** Another number: the fields are filled in anew. */
  version: number
  isTyping: boolean
  /** Somebody else changed it while one was typing. */
  isChangedElsewhere: boolean
}

export function beginForm<T>(shown: T): FormBase<T> {
  return { filled: shown, shown, version: 0, isTyping: false, isChangedElsewhere: false }
}

/** Follows a change from elsewhere, unless somebody is typing: then that stays, and it is noted that there is another. */
export function followShown<T>(form: FormBase<T>, shown: T): FormBase<T> {
  if (isSame(shown, form.shown)) return form
  const next = { ...form, shown }
  if (isSame(shown, form.filled)) return { ...next, isChangedElsewhere: false }
  return form.isTyping ? { ...next, isChangedElsewhere: true } : takeShown(next)
}

/** What was typed is thrown away for what is shown elsewhere. */
export function takeShown<T>({ shown, version }: FormBase<T>): FormBase<T> {
  return { ...beginForm(shown), version: version + 1 }
}

/**
 * Something was sent from here: when it is shown elsewhere that is no news. Either the fields' own words, or another's, as by a button
 * that clears: then what is typed stays, and fields that nobody typed in are filled in anew.
 */
export function noteSent<T>(form: FormBase<T>, sent: T, isOfFields = true): FormBase<T> {
  const next = { ...form, filled: sent, isChangedElsewhere: false }
  if (isOfFields) return { ...next, isTyping: false }
  return form.isTyping ? next : { ...next, version: form.version + 1 }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
