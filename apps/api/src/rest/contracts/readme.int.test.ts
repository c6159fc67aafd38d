import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { createTestDeps } from '@greenroom/core/testing'
import { startProcesses } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'

const deps = await createTestDeps({ hasDemo: true })
const { databaseUrl, redisUrl } = deps.settings
const processes = await startProcesses({ databaseUrl, redisUrl, without: ['gateway'] })
afterAll(processes.stop)

const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8')
const [preamble = '', ...scripts] = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, script = '']) => script)

/** As somebody would type it, but stopping at the first call that fails. */
const run = async (script: string): Promise<string> => {
  const lines = ['set -euo pipefail', 'shopt -s expand_aliases', preamble, `URL=${processes.url}`, script]
  const { stdout } = await promisify(execFile)('bash', ['-c', lines.join('\n')])
  return stdout
}

test('each contract goes from a token through dates, seats, hold and charge to a payment by the curl of the README', async () => {
  expect(scripts).toHaveLength(5)
  const written: string[] = []
  for (const script of scripts) written.push(await run(script))
  expect(written.map((text) => text.trim().slice(-80))).toEqual([
    expect.stringMatching(/\{"amount":"77000"\}$/),
    expect.stringMatching(/\{"payment_result":"SUCCESS"\}$/),
    expect.stringMatching(/"결제 성공"$/),
    expect.stringMatching(/"paymentDate":"[\dT:.-]+"\}$/),
    expect.stringMatching(/"balanceMinor":\d+\}$/),
  ])
  const { rows } = await deps.db.pool.query(
    'select fan_id as "fanId", count(*)::int as tickets from tickets group by fan_id order by fan_id',
  )
  expect(rows).toEqual([
    { fanId: 1, tickets: 1 },
    { fanId: 2, tickets: 2 },
    { fanId: 3, tickets: 1 },
    { fanId: 4, tickets: 1 },
    { fanId: 5, tickets: 2 },
  ])
})

test('a call that is refused stops the script', async () => {
  await expect(run('call $URL/balance/999999')).rejects.toThrow('404')
})
