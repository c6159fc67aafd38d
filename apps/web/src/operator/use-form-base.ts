import { useState } from 'react'
import { beginForm, followShown, noteSent, takeShown } from './form-base.ts'

/**
 * Keeps a form of uncontrolled fields up with what it is about: give the form `formKey` and `onInput={noteTyping}`. It is filled in
 * anew when that is changed elsewhere, but never while somebody has typed what is not sent yet.
 */
export function useFormBase<T>(shown: T) {
  const [kept, setForm] = useState(() => beginForm(shown))
  const form = followShown(kept, shown)
  if (form !== kept) setForm(form)
  return {
    filled: form.filled,
    formKey: form.version,
    isChangedElsewhere: form.isChangedElsewhere,
    noteTyping: () => setForm((now) => (now.isTyping ? now : { ...now, isTyping: true })),
    noteSent: (sent: T, isOfFields?: boolean) => setForm((now) => noteSent(now, sent, isOfFields)),
    takeShown: () => setForm(takeShown),
  }
}
