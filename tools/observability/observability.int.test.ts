import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { checkEverything, checkInvariants, joinLine } from '../../packages/core/src/index.ts'
import { createTestDeps, makeFan, makeShow } from '../../packages/core/src/testing/index.ts'
import { startProcesses } from '../../packages/stack/src/index.ts'
import { findFaults } from './find-faults.ts'
import { readExpression } from './read-expression.ts'
import { readRules } from './read-rules.ts'
import { readScrape, type Scrape } from './read-scrape.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const deps = await createTestDeps()
const metricsToken = 'a token for tests alone'

const rules = readRules()

const panels = z
  .object({
    panels: z.array(
      z.object({
        title: z.string(),
        targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
      }),
    ),
  })
  .parse(JSON.parse(read('deploy/observability/grafana/dashboards/greenroom.json'))).panels

const scrape: Scrape = new Map()

/** The product, with a little of everything done, asked for its metrics as Prometheus asks. */
beforeAll(async () => {
  const { concertId } = await makeShow(deps)
  await deps.db.pool.query('update lines set load_aware = true where concert_id = $1', [concertId])
  const { databaseUrl, redisUrl } = deps.settings
  const processes = await startProcesses({ databaseUrl, redisUrl, env: { METRICS_TOKEN: metricsToken } })
  try {
    await checkInvariants(deps, { cost: 'cheap' })
    await checkEverything(deps)
    const email = `fan-${randomUUID()}@test.example`
    const signedUp = await fetch(`${processes.url}/trpc/accounts.signUp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: 'greenroom', name: 'Fan' }),
    })
    const cookie = signedUp.headers.get('set-cookie')?.split(';')[0] ?? ''
    await fetch(`${processes.url}/trpc/wallet.balance`, { headers: { cookie } })
    const isPaced = async (): Promise<boolean> =>
      (await deps.redis.hexists(`{wr:${concertId}}:line`, 'pace')) === 1
    await vi.waitUntil(isPaced, { timeout: 20_000, interval: 100 })
    // let in at once, as nobody waits: without anybody there is no outflow
    await joinLine(deps, { concertId, fanId: await makeFan(deps) })
    const needed = ['jobs_done_total', 'line_pace_per_minute', 'line_outflow_per_minute'].map(
      (each) => `greenroom_${each}`,
    )
    const urls = [processes.url, processes.gatewayUrl, ...processes.workerUrls]
    const tellAll = async (): Promise<boolean> => {
      for (const url of urls) {
        const headers = { authorization: `Bearer ${metricsToken}` }
        readScrape(await (await fetch(`${url}/metrics`, { headers })).text(), scrape)
      }
      return needed.every((name) => scrape.has(name))
    }
    await vi.waitUntil(tellAll, { timeout: 20_000, interval: 500 })
  } finally {
    await processes.stop()
  }
})

describe('every metric, label and value is told by real processes', () => {
  test.each(rules.map(({ alert, expr }) => [alert, expr]))('alert %s', (_alert, expr) => {
    expect(findFaults(expr, scrape)).toEqual([])
  })

  test.each(panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr])))(
    'panel %s: %s',
    (_title, expr) => {
      expect(findFaults(expr, scrape)).toEqual([])
    },
  )

  test('what a legend or a summary names is grouped by', () => {
    const texts = [
      ...panels.flatMap(({ targets }) =>
        targets.map(({ expr, legendFormat }) => ({ expr, text: legendFormat })),
      ),
      ...rules.map(({ expr, annotations }) => ({
        expr,
        text: annotations.summary.replaceAll('$labels.', '').replaceAll('{{ $value }}', ''),
      })),
    ]
    const unnamed = texts.flatMap(({ expr, text }) => {
      const { groupedBy } = readExpression(expr)
      const named = [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name)
      // without grouping every label is there
      return groupedBy.length === 0 ? [] : named.filter((name) => !groupedBy.includes(name))
    })
    expect(unnamed).toEqual([])
  })
})

test('every name follows Prometheus’ conventions: ours begin alike, totals and units are at the end', () => {
  const own = [...scrape.keys()].filter((name) => name.startsWith('greenroom_'))
  expect(own.length).toBeGreaterThan(30)
  for (const name of own) expect(name).toMatch(/^greenroom_[a-z][a-z_]*[a-z]$/)
  for (const name of own) expect(name).not.toMatch(/_(ms|millis|milliseconds|kb|percent)$/)
})

test('no label has a value that grows with the crowd', () => {
  for (const [name, labels] of scrape) {
    for (const [label, values] of labels) {
      expect(
        [...values].filter((value) => value.includes('@')),
        `${name} ${label}`,
      ).toEqual([])
      expect(['fan', 'account', 'reservation', 'session', 'ip']).not.toContain(label)
    }
  }
})

const page = read('docs/operations.md')
const chapters = page
  .slice(page.indexOf('\n## Alerts'))
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ title: text.split('\n')[0] ?? '', text: text.split(/^## /m)[0] ?? '' }))

describe('the operations page', () => {
  test('has a chapter of each alert, in their order: what wakes somebody comes first', () => {
    const names = rules.map(({ alert }) => alert)
    expect(chapters.map(({ title }) => title).filter((title) => /^\w+$/.test(title))).toEqual(names)
    for (const { alert, annotations } of rules)
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`)
    const severities = rules.map(({ labels }) => labels.severity)
    expect(severities).toEqual(severities.toSorted())
  })

  test.each(chapters.map(({ title, text }) => [title, text]))(
    'says of %s five things, once',
    (_title, text) => {
      const said = [...text.matchAll(/^- \*\*(\w+)\*\*: ./gm)].map(([, word = '']) => word)
      expect(said).toEqual(['Means', 'Fans', 'Look', 'Do', 'Over'])
    },
  )

  test.each([...page.matchAll(/\bsql "([^"]+)"/g)].map(([, text = '']) => text))(
    'shows a statement that Postgres takes: %s',
    async (text) => {
      await expect(deps.db.pool.query(text)).resolves.toHaveProperty('rows')
    },
  )

  test('shows commands that Redis takes, pages of the console and panels that are there', async () => {
    const commands = [...page.matchAll(/`redis ([a-z ]+)`/g)].map(([, words = '']) => words.split(' '))
    expect(commands.length).toBeGreaterThan(2)
    for (const [command = '', ...words] of commands)
      expect(await deps.redis.call(command, ...words)).toMatch(/^# /)
    const places = read('apps/web/src/operator/console/console-places.ts')
    for (const [, path = ''] of page.matchAll(/`(\/admin[a-z/-]*)/g)) expect(places).toContain(`'${path}'`)
    const named = [...page.matchAll(/\bpanels? ("[^"]+"(?:,? (?:and )?"[^"]+")*)/g)].flatMap(
      ([, list = '']) => [...list.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
    )
    expect(named.length).toBeGreaterThan(15)
    const known = new Set(panels.map(({ title }) => title))
    expect(named.filter((title) => !known.has(title))).toEqual([])
  })
})

test('files name each other', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  const { scrape_configs: jobs } = z
    .object({ scrape_configs: z.array(z.object({ job_name: z.string() })) })
    .parse(parse(read('deploy/observability/prometheus.yml')))
  expect(jobs.map(({ job_name: name }) => name)).toEqual([
    'greenroom-api',
    'greenroom-gateway',
    'greenroom-worker',
  ])
  expect(existsSync(join(root, 'deploy/observability/grafana/provisioning/datasources/prometheus.yml'))).toBe(
    true,
  )
})

test('what is not there is seen', () => {
  const faults = (expression: string): string[] => findFaults(expression, scrape)
  expect(faults('sum(greenroom_no_such_total)')).toEqual(['no metric greenroom_no_such_total'])
  expect(faults('greenroom_jobs{colour="red"}')).toEqual(['no label colour on greenroom_jobs'])
  expect(faults('greenroom_jobs{state="lost"}')).toEqual(['no state is lost on greenroom_jobs'])
  expect(faults('greenroom_jobs{state=~"lost|gone"}')).toEqual(['no state is lost|gone on greenroom_jobs'])
  expect(faults('sum by (fan) (greenroom_jobs)')).toHaveLength(1)
  expect(faults('sum(greenroom_jobs')).toHaveLength(1)
  expect(faults('1 + 1')).toHaveLength(1)
  expect(faults('max(up{job="x"}) by (instance)')).toEqual([])
})
