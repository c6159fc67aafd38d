import { expect, test } from 'vitest'
import { beginForm, type FormBase, followShown, noteSent, takeShown } from './form-base.ts'

const typing = (form: FormBase<string>): FormBase<string> => ({ ...form, isTyping: true })

test('a change from elsewhere fills the form in, when nobody is typing', () => {
  const form = followShown(beginForm('one'), 'two')
  expect(form).toMatchObject({ filled: 'two', version: 1, isChangedElsewhere: false })
  expect(followShown(form, 'two')).toBe(form)
})

test('what is being typed stays, and there is another until it is taken or goes away', () => {
  const form = followShown(typing(beginForm('one')), 'two')
  expect(form).toMatchObject({ filled: 'one', version: 0, isChangedElsewhere: true, isTyping: true })
  expect(takeShown(form)).toMatchObject({ filled: 'two', version: 1, isTyping: false })
  expect(takeShown(form).isChangedElsewhere).toBe(false)
  expect(followShown(form, 'one')).toMatchObject({ version: 0, isChangedElsewhere: false, isTyping: true })
})

test('what was sent from here is no news when it comes back, also to who types on', () => {
  const sent = noteSent(typing(beginForm('one')), 'mine')
  expect(followShown(sent, 'one')).toBe(sent)
  expect(followShown(sent, 'mine')).toMatchObject({ version: 0, isChangedElsewhere: false })
  expect(followShown(typing(sent), 'mine')).toMatchObject({ version: 0, isChangedElsewhere: false })
  expect(followShown(typing(sent), 'theirs')).toMatchObject({ version: 0, isChangedElsewhere: true })
  expect(followShown(sent, 'theirs')).toMatchObject({ version: 1, filled: 'theirs' })
})

test('what is cleared by a button is gone from the fields, unless somebody has typed there', () => {
  const cleared = noteSent(beginForm<string | null>('one'), null, false)
  expect(cleared).toMatchObject({ filled: null, version: 1 })
  expect(followShown(cleared, null)).toMatchObject({ filled: null, version: 1, isChangedElsewhere: false })
  const kept = noteSent({ ...beginForm<string | null>('one'), isTyping: true }, null, false)
  expect(kept).toMatchObject({ version: 0, isTyping: true })
  expect(followShown(kept, null)).toMatchObject({ version: 0, isTyping: true, isChangedElsewhere: false })
})
