import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished, expect, test } from 'vitest'
import { inCall, outsideCalls } from './call-context.ts'
import { flushLog, openLog } from './log.ts'
import { signToken } from './signed-token.ts'

function openFileLog(): {
  log: ReturnType<typeof openLog>
  readText: () => Promise<string>
  read: () => Promise<Record<string, unknown>[]>
} {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'log')
  const log = openLog('test', { level: 'debug', file })
  const readText = async (): Promise<string> => {
    await flushLog(log)
    return readFileSync(file, 'utf8')
  }
  return {
    log,
    readText,
    read: async () => {
      const lines = (await readText()).split('\n').slice(0, -1)
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    },
  }
}

const email = 'somebody.else@greenroom.example'
const token = signToken(randomBytes(32), { fanId: 1 })
const partnerKey = `gr_12_${randomBytes(32).toString('base64url')}`
const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`
const secrets = [email, encodeURIComponent(email), token, partnerKey, webhookSecret, 'open sesame', 'hunter2']

test('secrets and personal data are hidden by their name, whatever they look like', async () => {
  const { log, read } = openFileLog()
  log.info({ password: 'open sesame', email, request: { headers: { cookie: 'open sesame' } } }, 'named')
  log.info({ input: { password: 'open sesame', pass: 'open sesame' } }, 'one level down')
  const text = JSON.stringify(await read())
  expect(text).toContain('[hidden]')
  for (const secret of secrets) expect(text).not.toContain(secret)
})

test('secrets and personal data are hidden by their shape, wherever they stand', async () => {
  const { log, read } = openFileLog()
  log.warn(
    `${email} (${encodeURIComponent(email)}) came with ${token}, ${partnerKey}, ${webhookSecret} and Bearer hunter2hunter2`,
  )
  log.warn({ deep: { deeper: { deepest: [`postgres://role:hunter2@db.example:5432/x`, token] } } }, 'deep')
  const text = JSON.stringify(await read())
  for (const secret of secrets) expect(text).not.toContain(secret)
  expect(text).toContain('db.example:5432')
})

test('of an error its kind, words, code, place and causes are told, and nothing that a driver hung to it', async () => {
  const { log, read } = openFileLog()
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (name)=(hunter2) already exists.',
    parameters: ['hunter2'],
  })
  log.error({ err: new Error('sign-up failed', { cause }) }, 'call failed')
  const [line] = await read()
  expect(line).toMatchObject({
    err: { message: 'sign-up failed', stack: expect.stringContaining('log.test'), cause: { code: '23505' } },
  })
  expect(JSON.stringify(line)).not.toContain('hunter2')
})

test('a package’s version in a stack is no e-mail address', async () => {
  const { log, read } = openFileLog()
  log.info('at node_modules/.pnpm/fastify@5.12.8/node_modules/fastify/lib/x.js')
  expect((await read())[0]?.['msg']).toContain('fastify@5.12.8/node_modules')
})

test('each line of a call says which, also after it waited, and what is done for many says none', async () => {
  const { log, read } = openFileLog()
  const call = (id: string) =>
    inCall(id, async () => {
      await Promise.resolve()
      log.info('in the call')
      outsideCalls(() => log.info('for many'))
    })
  await Promise.all([call('one'), call('two')])
  log.info('outside')
  const said = (await read()).map((line) => `${String(line['msg'])}: ${String(line['requestId'])}`)
  expect(said.toSorted((one, other) => one.localeCompare(other))).toEqual([
    'for many: undefined',
    'for many: undefined',
    'in the call: one',
    'in the call: two',
    'outside: undefined',
  ])
})

/** Clears a screen by C1 and by ESC, ends a line in three ways, and shows `gnp.exe` the other way round. */
const commands = 'a\u009b2J\u001b[2J\nb\u2028c\u0085\u202egnp.exe'

test('what callers wrote is told whole, and neither ends a line nor commands a terminal', async () => {
  const { log, read, readText } = openFileLog()
  log.info({ userAgent: commands }, commands)
  expect(await read()).toMatchObject([{ userAgent: commands, msg: commands }])
  // printable ASCII, once, and the end of the line
  expect(await readText()).toMatch(/^[ -~]+\n$/)
})

test('guard off: pino alone lets a terminal be commanded', () => {
  const lines: string[] = []
  pino({}, { write: (line: string) => void lines.push(line) }).info(commands)
  expect(lines.join('')).toContain('\u009b2J')
  expect(lines.join('')).toContain('\u202e')
})
