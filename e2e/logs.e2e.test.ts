import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testLogFolder } from '@greenroom/stack'
import { expect, onTestFinished, test } from 'vitest'
import { findSecrets } from './support/find-secrets.ts'
import { startOnSale } from './support/on-sale.ts'
import { signUpFan } from './support/virtual-fan.ts'

test('no log of any process of this run holds a secret or personal data', async () => {
  // so that there is a log to read also when this file runs by itself: one of everything that says something
  const app = await startOnSale({ env: { LOG_LEVEL: 'debug' } })
  await signUpFan(app.url)
  await fetch(`${app.url}/v1/me`, { headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJmYW4iOjF9.' } })
  await app.close()
  const read = await findSecrets(testLogFolder())
  expect(read.found).toEqual([])
  expect(read.files).toBeGreaterThanOrEqual(3)
  expect(read.lines).toBeGreaterThan(3)
})

test.for([
  ['an e-mail address', 'fan-12@greenroom.example was here'],
  ['a signed token', 'token eyJhbGciOiJIUzI1NiJ9.eyJmYW5JZCI6MX0.abc'],
  ['a partner key', 'gr_12_0123456789abcdefghijklmnopqrstuv'],
  ['a webhook secret', 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz'],
  ['a cookie', 'cookie: greenroom_session=0123456789'],
  ['a credential', 'authorization: Bearer 0123456789'],
  ['a password', '{"password":"open sesame"}'],
  ['a password of a server', 'postgres://role:secret@127.0.0.1:5432/x'],
])('%s in a log is found', async ([what, line]) => {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-planted-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  appendFileSync(join(folder, 'api.log'), `{"level":30,"msg":"fine"}\n${line}\n`)
  const { found } = await findSecrets(folder)
  expect(found.map((each) => each.what)).toContain(what)
})
