import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { listConcerts } from '../catalogue/index.ts'
import { createTestDeps } from '../testing/test-deps.ts'

const deps = await createTestDeps()
const folder = await mkdtemp(join(tmpdir(), 'seat-plan-'))
afterAll(() => rm(folder, { recursive: true }))

type Ran = { code: number; stdout: string; stderr: string }

function seatPlan(...args: string[]): Promise<Ran> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const env = { ...process.env, DATABASE_URL: deps.settings.databaseUrl }
  return new Promise((done) => {
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

test('a plan is generated, imported, listed and put on sale', async () => {
  const file = join(folder, 'club.json')
  expect(await seatPlan('generate', 'club-50', '--out', file)).toMatchObject({ code: 0, stderr: '' })
  expect(await seatPlan('import', file)).toMatchObject({ code: 0, stdout: expect.stringContaining('plan 1') })
  expect(await seatPlan('import', file)).toMatchObject({
    stdout: expect.stringContaining('was there already'),
  })
  expect(await seatPlan('list')).toMatchObject({
    stdout: expect.stringMatching(/1\s+50 seats .*\(R, S, A\)/),
  })
  const sold = await seatPlan('sell', '1', '--title', 'Night', '--price', '50000', '--price', 'R=70000')
  expect(sold).toMatchObject({ code: 0, stdout: expect.stringContaining('concert 1, show 1') })
  expect(await listConcerts(deps)).toMatchObject([
    { title: { en: 'Night' }, phase: 'open', minPriceMinor: 50_000, maxPriceMinor: 70_000 },
  ])
})

test('a plan with faults is refused with their paths and a non-zero exit', async () => {
  const file = join(folder, 'wrong.json')
  await writeFile(
    file,
    '{"name": "Wrong", "zones": [{"rows": []}], "categories": [], "size": {"width": 1, "height": 1}}',
  )
  const refused = await seatPlan('import', file)
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toContain('zones[0].position: ')
})

test.each([
  [['import', 'nowhere.json'], 'ENOENT'],
  [['sell', '99', '--title', 'T', '--price', '1'], 'there is no such seatPlan'],
  [['sell', '1', '--title', 'T', '--price', 'lots'], '--price: '],
  [['sell', '1', '--title', 'T', '--price', '1', '--capacity', 'lots'], 'line.capacity: '],
  [['generate', 'moon-base', '--out', 'x'], 'moon-base'],
])('%j is one clear refusal and a non-zero exit', async (args, message) => {
  const refused = await seatPlan(...args)
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain(message)
  expect(refused.stderr).not.toContain('    at ')
})
