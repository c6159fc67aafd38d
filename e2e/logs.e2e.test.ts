import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testLogFolder } from '@greenroom/stack'
import { expect, onTestFinished, test } from 'vitest'
import { findSecrets } from './support/find-secrets.ts'
import { club, startOnSale } from './support/on-sale.ts'
import { signIn, signUpFan } from './support/virtual-fan.ts'

const random = (): string => randomBytes(24).toString('base64url')
/** What the processes of this file are started with, and what its fan is called. */
const started = { SECRET: random(), METRICS_TOKEN: random(), CHALLENGE_SECRET: random() }
const challenge = {
  CHALLENGE_VERIFY_URL: 'http://127.0.0.1:9/verify',
  CHALLENGE_WIDGET_URL: 'http://127.0.0.1:9/widget',
}

test('no log of any process of this run holds a secret or personal data', async () => {
  // so that there is a log to read also when this file runs by itself: one of everything that says something
  const app = await startOnSale({ env: { LOG_LEVEL: 'debug', ...started, ...challenge } })
  const name = `Zoë O'Hara ${random()}`
  const fan = await signUpFan(app.url, { name, locale: 'en' })
  const operator = await signIn(app.url, 'operator@greenroom.example')
  const { code } = await operator.api.operator.createBypassCode.mutate({
    concertId: club.concertId,
    label: 'Press',
    maxUses: 20,
  })
  await fan.api.waitingRoom.useCode.mutate({ concertId: club.concertId, code })
  await operator.api.history.findFan.query({ by: 'email', text: fan.email })
  const wrongKey = `gr_1_${randomBytes(32).toString('base64url')}`
  const asked = [
    fetch(`${app.url}/v1/me`, { headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJmYW4iOjF9.' } }),
    fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${started.METRICS_TOKEN}` } }),
    fetch(`${app.url}/customers/point?userId=${encodeURIComponent(fan.email)}`, {
      headers: { 'x-api-key': wrongKey },
    }),
    fetch(`${app.url}/v1/nothing?name=${encodeURIComponent(name)}&email=${encodeURIComponent(fan.email)}`),
    fetch(`${app.url}/trpc/history.findFan?input=${encodeURIComponent(JSON.stringify({ text: fan.email }))}`),
  ]
  await Promise.all(asked)
  await app.close()
  const read = await findSecrets(testLogFolder(), {
    ...started,
    'a bypass code': code,
    'the name of a fan': name,
    'the address of a fan': fan.email,
    'the token of a session': fan.token,
    'a wrong partner key': wrongKey,
  })
  expect(read.found).toEqual([])
  expect(read.files).toBeGreaterThanOrEqual(3)
  expect(read.lines).toBeGreaterThan(3)
})

test.for([
  ['as it is', "Zoë O'Hara the 1st"],
  ['in an address', encodeURIComponent("Zoë O'Hara the 1st")],
  ['in a form', new URLSearchParams({ name: "Zoë O'Hara the 1st" }).toString()],
  ['in base64', Buffer.from("Zoë O'Hara the 1st").toString('base64')],
] as const)('a value that the run had is found in a log %s', async ([, spelling]) => {
  const folder = plantLog(`{"msg":"${spelling}"}`)
  const { found } = await findSecrets(folder, { 'the name of a fan': "Zoë O'Hara the 1st" })
  expect(found.map(({ what }) => what)).toEqual(['the name of a fan'])
})

test.for([
  ['an e-mail address', 'fan-12@greenroom.example was here'],
  ['an e-mail address', 'GET /trpc/history.findFan?input=fan-12%40greenroom.example'],
  ['a signed token', 'token eyJhbGciOiJIUzI1NiJ9.eyJmYW5JZCI6MX0.abc'],
  ['a partner key', 'gr_12_0123456789abcdefghijklmnopqrstuv'],
  ['a webhook secret', 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz'],
  ['a cookie', 'cookie: greenroom_session=0123456789'],
  ['a credential', 'authorization: Bearer 0123456789'],
  ['a password', '{"password":"open sesame"}'],
  ['a password of a server', 'postgres://role:secret@127.0.0.1:5432/x'],
] as const)('%s in a log is found', async ([what, line]) => {
  const { found } = await findSecrets(plantLog(line))
  expect(found.map((each) => each.what)).toContain(what)
})

/** A folder with a log in which this line stands. */
function plantLog(line: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-planted-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  appendFileSync(join(folder, 'api.log'), `{"level":30,"msg":"fine"}\n${line}\n`)
  return folder
}
