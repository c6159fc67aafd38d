// `pnpm image`: every step of the Dockerfile by hand, then every command of the image on a Postgres and a Redis. For machines
// without Docker; needs root, on Linux.
import { type ChildProcess, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createTestDatabase,
  pickPort,
  startPrivatePostgres,
  startPrivateRedis,
} from '../../../packages/stack/src/index.ts'
import { buildStages, type Image } from './stages.ts'

const say = (line: string): void => void process.stdout.write(`image | ${line}\n`)
const readyWithinMs = 60_000
/** What it may have in /app: a dependency that brings a hundred others is not taken by accident. */
const mostMiB = 230

if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  process.stderr.write('pnpm image mounts file systems: it needs root, on Linux\n')
  process.exit(1)
}

const { image, layers } = await buildStages(say)
try {
  const takesMiB = Number(
    spawnSync('du', ['-sm', image.layer.path('/app')], { encoding: 'utf8' }).stdout.split('\t')[0],
  )
  say(`the image has ${takesMiB} MiB in /app`)
  if (!(takesMiB < mostMiB)) throw new Error(`that is more than ${mostMiB} MiB`)
  const [uid] = image.user.split(':')
  image.layer.close({ '/tmp': 'mode=1777,size=64m', '/data-platform': `uid=${uid},gid=${uid},size=64m` })
  await runIt(image)
} finally {
  for (const layer of layers.toReversed()) layer.remove()
}
say('every step and every command of the image works')

async function runIt({ layer, env, user, entrypoint }: Image): Promise<void> {
  const [postgres, redis] = await Promise.all([startPrivatePostgres(), startPrivateRedis()])
  const database = await createTestDatabase(postgres.url)
  const [port, gatewayPort, workerPort] = [await pickPort(), await pickPort(), await pickPort()]
  const given = {
    ...env,
    DATABASE_URL: database.appUrl,
    REDIS_URL: redis.url,
    SECRET: randomBytes(32).toString('base64'),
    PUBLIC_ORIGIN: 'https://tickets.example',
    GATEWAY_ORIGIN: 'https://tickets.example',
    TRUST_PROXY: 'false',
    PORT: String(port),
    GATEWAY_PORT: String(gatewayPort),
    WORKER_PORT: String(workerPort),
    DATA_PLATFORM_DIR: '/data-platform',
    LOG_LEVEL: 'warn',
  }
  const startWith = (own: Record<string, string>, ...command: string[]): ChildProcess => {
    const child = layer.start([...entrypoint, ...command], { ...given, ...own }, user)
    child.stderr?.pipe(process.stderr)
    child.stdout?.pipe(process.stdout)
    return child
  }
  const start = (...command: string[]): ChildProcess => startWith({}, ...command)
  const processes: ChildProcess[] = []
  try {
    // as in docker-compose.yml: who migrates and who makes operators, and nobody else, knows the owner
    requireSame(await codeOf(startWith({ DATABASE_OWNER_URL: database.url }, 'migrate')), 0, 'migrate')
    requireSame(await codeOf(start('seed')), 78, 'seed in production')
    requireSame(await codeOf(startWith({ DEPLOYMENT: 'demo' }, 'seed')), 0, 'seed')
    const operator = (...command: string[]) =>
      codeOf(startWith({ DATABASE_OWNER_URL: database.url }, 'operator', ...command))
    requireSame(await operator('grant', 'fan1@greenroom.example'), 0, 'operator grant')
    requireSame(await operator('revoke', 'fan1@greenroom.example'), 0, 'operator revoke')
    requireSame(await operator('grant', 'nobody@greenroom.example'), 1, 'granting nobody')
    requireSame(
      await codeOf(start('operator', 'grant', 'fan1@greenroom.example')),
      1,
      'granting without the owner',
    )
    say('an operator is made and unmade, and who is nobody is refused')
    requireSame(await codeOf(startWith({ SECRET: 'greenroom greenroom' }, 'api')), 78, 'a short SECRET')
    say('what is for a demo alone is refused, with 78')
    await refuseToWrite(layer, user)
    const names = ['api', 'gateway', 'worker']
    for (const name of names) processes.push(start(name))
    for (const name of names) {
      await untilHealthy(async () => (await codeOf(start('healthy', name))) === 0, name)
      say(`${name} is ready, by the image's own health check`)
    }
    const page = await fetch(`http://localhost:${port}/`)
    if (!page.ok || !(await page.text()).includes('<html')) throw new Error(`the page answers ${page.status}`)
    const signIn = await fetch(`http://localhost:${port}/trpc/accounts.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'fan1@greenroom.example', password: 'greenroom' }),
    })
    if (!signIn.ok) throw new Error(`signing in answers ${signIn.status}: ${await signIn.text()}`)
    say('the pages are there, and a fan of the demo signs in')
    for (const child of processes) child.kill('SIGTERM')
    const codes = await Promise.all(processes.map(codeOf))
    for (const [index, code] of codes.entries()) requireSame(code, 0, `${names[index]} after SIGTERM`)
    processes.length = 0
    say('all three drain and end with 0')
  } finally {
    for (const child of processes) child.kill('SIGKILL')
    await Promise.all([postgres.stop(), redis.stop()])
  }
}

/** What it ended with. */
function codeOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve))
}

/** Neither may the processes write, nor could root. */
async function refuseToWrite(layer: Image['layer'], user: string): Promise<void> {
  for (const path of ['/app/planted', '/app/packages/core/src/planted', '/etc/planted']) {
    const child = layer.start(['/bin/sh', '-c', `echo x > ${path}`], {}, user)
    if ((await codeOf(child)) === 0) throw new Error(`a process may write ${path}`)
    const root = spawnSync('touch', [layer.path(path)], { encoding: 'utf8' })
    if (!root.stderr.includes('Read-only file system'))
      throw new Error(`${path} can be written: ${root.stderr}`)
  }
  const child = layer.start(['/bin/sh', '-c', 'echo x > /tmp/x'], {}, user)
  requireSame(await codeOf(child), 0, 'writing to /tmp')
  say('nothing can be written but /tmp and the volume')
}

async function untilHealthy(isHealthy: () => Promise<boolean>, name: string): Promise<void> {
  for (const endMs = performance.now() + readyWithinMs; performance.now() < endMs; await sleep(250)) {
    if (await isHealthy()) return
  }
  throw new Error(`${name} was not ready within ${readyWithinMs / 1_000} s`)
}

function requireSame(value: unknown, wanted: unknown, what: string): void {
  if (value !== wanted) throw new Error(`${what}: ${String(value)} instead of ${String(wanted)}`)
}
