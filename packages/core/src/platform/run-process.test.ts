import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'

const here = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)
const secret = 'a secret for tests alone'
const settings = {
  DATABASE_URL: 'postgres://127.0.0.1:1/nowhere',
  REDIS_URL: 'redis://127.0.0.1:1',
  SECRET: secret,
}

type Line = { level: number; msg: string }
type Program = { child: ChildProcess; lines: Line[]; says: (words: string) => Promise<void> }

/** A process whose start is this text, between settings from the environment and its end. */
function run(start: string, env: Record<string, string> = settings): Program {
  const text = `
    import { readCoreSettings } from ${here('./env.ts')}
    import { runProcess } from ${here('./run-process.ts')}
    const announceDrain = () => console.log(JSON.stringify({ level: 30, msg: 'announced' }))
    const forever = setInterval(() => undefined, 1_000)
    await runProcess('test', { readSettings: readCoreSettings, start: async (deps) => { ${start} } })
  `
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', text], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: Line[] = []
  const heard = createInterface({ input: child.stdout })
  heard.on('line', (line) => lines.push(JSON.parse(line) as Line))
  return {
    child,
    lines,
    says: async (words) => {
      while (!lines.some(({ msg }) => msg.includes(words))) await once(heard, 'line')
    },
  }
}

const endOf = async ({ child }: Program): Promise<number | null> => {
  const [code]: unknown[] = child.exitCode === null ? await once(child, 'close') : [child.exitCode]
  return typeof code === 'number' ? code : null
}
const started = `deps.log.info('started')`
const drains = `${started}; return { announceDrain, drain: async () => deps.log.info('drained') }`
const neverDrains = `${started}; return { announceDrain, drain: () => new Promise(() => undefined) }`

test('a wrong setting ends it with 78, and a line that names the setting and not its value', async () => {
  const wrong = run(drains, { ...settings, SECRET: 'short', REDIS_URL: 'memcached://hunter2@nowhere' })
  expect(await endOf(wrong)).toBe(78)
  expect(wrong.lines).toMatchObject([{ level: 60, msg: expect.stringContaining('SECRET: ') }])
  expect(wrong.lines[0]?.msg).toContain('REDIS_URL: ')
  expect(JSON.stringify(wrong.lines)).not.toMatch(/short|hunter2/)
})

test('what keeps it from starting is its last line, and it ends with 1', async () => {
  const broken = run(`throw new Error('no port left')`)
  expect(await endOf(broken)).toBe(1)
  expect(broken.lines.at(-1)).toMatchObject({ level: 60, msg: 'could not start' })
  expect(JSON.stringify(broken.lines)).toContain('no port left')
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: it says that it is not ready, drains, and ends with 0',
  async (signal) => {
    const asked = run(drains)
    await asked.says('started')
    asked.child.kill(signal)
    expect(await endOf(asked)).toBe(0)
    expect(asked.lines.map(({ msg }) => msg)).toEqual(['started', 'draining', 'announced', 'drained'])
  },
)

test('asked before it has begun it ends with 0 at once', async () => {
  const slow = run(`deps.log.info('starting'); await new Promise(() => undefined)`)
  await slow.says('starting')
  slow.child.kill('SIGTERM')
  expect(await endOf(slow)).toBe(0)
})

test('one asking that comes twice is one: by the terminal, and by the launcher that the terminal told', async () => {
  const asked = run(
    `${started}; return { announceDrain, drain: async () => { await new Promise((resolve) => setTimeout(resolve, 300)); deps.log.info('drained') } }`,
  )
  await asked.says('started')
  asked.child.kill('SIGINT')
  asked.child.kill('SIGTERM')
  expect(await endOf(asked)).toBe(0)
  expect(asked.lines.at(-1)?.msg).toBe('drained')
})

test('asked again later it ends with 1, with what is unfinished', async () => {
  const stuck = run(neverDrains)
  await stuck.says('started')
  stuck.child.kill('SIGTERM')
  await stuck.says('announced')
  // what comes within a second is the same asking
  await sleep(1_100)
  stuck.child.kill('SIGTERM')
  expect(await endOf(stuck)).toBe(1)
  expect(stuck.lines.at(-1)?.msg).toContain('asked again')
})

test('draining that fails ends it with 1', async () => {
  const failing = run(`${started}; return { announceDrain, drain: () => Promise.reject(new Error('stuck')) }`)
  await failing.says('started')
  failing.child.kill('SIGTERM')
  expect(await endOf(failing)).toBe(1)
  expect(failing.lines.at(-1)).toMatchObject({ level: 50, msg: 'draining failed' })
})

test('what nobody caught is a line as all others, without secrets, and ends it with 1', async () => {
  const broken = run(
    `setTimeout(() => { throw new Error('postgres://role:hunter2@db:5432/x broke') }); ${drains}`,
  )
  expect(await endOf(broken)).toBe(1)
  expect(broken.lines.at(-1)).toMatchObject({ level: 60, msg: 'ends: nobody caught this' })
  expect(JSON.stringify(broken.lines)).not.toContain('hunter2')
})
