import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { signedIn } from '@greenroom/contract'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type OnSale, startOnSale } from './support/on-sale.ts'
import { query } from './support/query.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
const outside = mkdtempSync(join(tmpdir(), 'greenroom-packages-'))
const buyer = join(outside, 'buy-a-ticket')
const host = join(outside, 'embed-router')
/** The oldest Node that the packages say they run on, as a package of npm. */
const oldNode = `node-${process.platform}-${process.arch}`
const oldNodePath = join(outside, 'old-node/node_modules', oldNode, 'bin/node')
const secret = randomUUID()

let sale: OnSale

beforeAll(async () => {
  await Promise.all([
    startOnSale({ env: { SECRET: secret } }).then((started) => {
      sale = started
    }),
    npmInstall(join(outside, 'old-node'), [`${oldNode}@22`]),
    run(process.execPath, ['tools/packages/make-tarballs.ts', outside], { cwd: root }).then(installExamples),
  ])
})
afterAll(async () => {
  await sale?.close()
  rmSync(outside, { recursive: true, force: true })
})

test('who installs the client buys two tickets in thirty lines, on the Node of this project and on Node 22', async () => {
  const lines = readFileSync(join(buyer, 'buy-a-ticket.ts'), 'utf8').trim().split('\n')
  expect(lines.length).toBeLessThanOrEqual(30)
  for (const node of [process.execPath, oldNodePath]) {
    const { stdout } = await run(node, ['buy-a-ticket.ts', sale.url], { cwd: buyer })
    const printed = [...stdout.matchAll(/^ticket (\d+): row .+, seat .+: \S+$/gm)].map(([, id]) => Number(id))
    expect(printed).toHaveLength(2)
    const rows = await query<{ id: string }>(sale.databaseUrl, 'select id from tickets where id = any($1)', [
      printed,
    ])
    expect(rows).toHaveLength(2)
  }
})

test('the client brings every procedure with its types and words, and nothing of the server', async () => {
  const server = ['@greenroom/core', '@greenroom/router', 'pg', 'sequelize', 'bullmq', 'ioredis', 'pino']
  expect(server.filter((name) => existsSync(join(buyer, 'node_modules', name)))).toEqual([])
  expect(await typecheck(buyer)).toEqual([])
  const strict = await typecheck(buyer, ['--skipLibCheck', 'false'])
  expect(strict.filter((line) => line.includes('@greenroom'))).toEqual([])

  const words = readFileSync(
    join(buyer, 'node_modules/@greenroom/client/dist/router/wallet-router.d.ts'),
    'utf8',
  )
  expect(words).toContain('@throws BALANCE_TOO_HIGH')

  const text = readFileSync(join(buyer, 'buy-a-ticket.ts'), 'utf8')
  const wrong = { 'quantity: 2': 'quanity: 2', 'hold.amountMinor,': 'hold.amount,', 'pass, q': 'pass: 5, q' }
  for (const [right, mistake] of Object.entries(wrong)) {
    expect(text).toContain(right)
    writeFileSync(join(buyer, 'buy-a-ticket.ts'), text.replace(right, mistake))
    expect([mistake, ...(await typecheck(buyer))]).toEqual([
      mistake,
      expect.stringMatching(/^buy-a-ticket\.ts\(\d+,\d+\): error/),
    ])
  }
  writeFileSync(join(buyer, 'buy-a-ticket.ts'), text)
})

test('a server of somebody else mounts the router beside its own procedures, on Node 22', async () => {
  expect(await typecheck(host)).toEqual([])
  const server = spawn(oldNodePath, ['server.ts', '0'], {
    cwd: host,
    env: { DATABASE_URL: sale.databaseUrl, REDIS_URL: sale.redisUrl, SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void server.kill())
  const [said] = await once(server.stdout, 'data', { signal: AbortSignal.timeout(30_000) })
  const url = `http://localhost:${/port: (\d+)/.exec(String(said))?.[1]}/trpc`

  const person = { email: `${randomUUID()}@example.com`, password: 'a long password', name: 'Ada' }
  const headers = { 'content-type': 'application/json' }
  const signUp = await fetch(`${url}/accounts.signUp`, {
    method: 'POST',
    headers,
    body: JSON.stringify(person),
  })
  const { token, account } = signedIn.parse(resultOf(await signUp.json()))
  const greeting = await fetch(`${url}/shop.greeting`, { headers: { authorization: `Bearer ${token}` } })
  expect(resultOf(await greeting.json())).toBe(`Welcome, fan ${account.accountId}`)
  const stranger = await fetch(`${url}/shop.greeting`)
  expect(await stranger.json()).toMatchObject({ error: { data: { domain: { code: 'SIGN_IN_REQUIRED' } } } })
  // the same fan, with the same token, at the other server
  const me = await fetch(`${sale.url}/trpc/accounts.me`, { headers: { authorization: `Bearer ${token}` } })
  expect(resultOf(await me.json())).toEqual(account)
})

test('the tarballs hold what is built and said, and neither sources nor tests', async () => {
  const tarballs = globSync('*.tgz', { cwd: outside })
  expect(tarballs).toHaveLength(5)
  for (const tarball of tarballs) {
    const { stdout } = await run('tar', ['-tzf', join(outside, tarball)])
    const files = stdout.trim().split('\n')
    expect(files).toEqual(
      expect.arrayContaining(['package/README.md', 'package/LICENSE', 'package/dist/index.js']),
    )
    expect(files.filter((file) => /(?<!\.d)\.ts$|\.test\.|\/testing\//.test(file))).toEqual([])
    const manifest: unknown = JSON.parse(
      (await run('tar', ['-xzOf', join(outside, tarball), 'package/package.json'])).stdout,
    )
    expect(manifest).toMatchObject({
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    })
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:\*|"catalog:/)
  }
})

/** The examples as somebody has them who never saw the repository. */
async function installExamples(): Promise<void> {
  await Promise.all([
    installExample(buyer, 'buy-a-ticket', ['contract', 'client']),
    installExample(host, 'embed-router', ['contract', 'oracles', 'core', 'router']),
  ])
}

async function installExample(folder: string, example: string, packages: string[]): Promise<void> {
  cpSync(join(root, 'examples', example), folder, { recursive: true })
  await npmInstall(folder, packages.map((name) => globSync(join(outside, `greenroom-${name}-*.tgz`))).flat())
}

async function npmInstall(folder: string, packages: string[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], { cwd: folder })
}

/** What the compiler says, line by line; nothing when it is content. */
async function typecheck(folder: string, options: string[] = []): Promise<string[]> {
  const tsc = join(folder, 'node_modules/.bin/tsc')
  const { stdout } = await run(tsc, options, { cwd: folder }).catch((error: { stdout: string }) => error)
  return stdout.split('\n').filter((line) => line.includes('error'))
}

function resultOf(reply: unknown): unknown {
  return Reflect.get(Object(Reflect.get(Object(reply), 'result')), 'data')
}
