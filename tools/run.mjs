// `npm start` and `npm test`: plain JavaScript for whatever Node npm came with (20 or later). It installs what is
// missing, then hands over to packages/stack on the Node 26 that the installation brought.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const pnpm = 'pnpm@12.21.0'

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20) fail(`Node 20 or later is needed to install the rest; this is ${process.version}`)

// npm hands its settings down as npm_* variables; pnpm would take those of the outer npm for its own and warn.
// The registry and the certificates are the user's, so they stay.
const kept = /^npm_config_(.*registry|cafile|ca|https?_proxy|proxy|noproxy|strict_ssl|userconfig|cache)$/i
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('npm_') || kept.test(name)),
)

if (!isInstalled()) await install()
env.PATH = `${bin}:${env.PATH ?? ''}`
const stack = start(
  node,
  ['packages/stack/src/main.ts', ...process.argv.slice(2)],
  ['inherit', 'inherit', 'inherit', 'ipc'],
)
// The terminal tells the whole group, npm tells us: pass it on, and wait for the launcher to end in good order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stack.kill(signal))
if (process.env.npm_lifecycle_event !== undefined) stopWithoutParent(stack)
process.exit(await exitCodeOf(stack))

/** pnpm keeps a copy of the lockfile it installed; the Node binary is the last thing to arrive. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.pnpm', 'lock.yaml')
  if (!existsSync(installed) || !existsSync(node)) return false
  return readFileSync(installed, 'utf8') === readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
}

async function install() {
  console.log('stack    | installing the dependencies with pnpm (once, a minute or so)')
  const startedMs = Date.now()
  const progress = setInterval(() => {
    console.log(`stack    | still installing (${Math.round((Date.now() - startedMs) / 1000)} s)`)
  }, 10_000)
  const npx = start(
    'npx',
    ['--yes', pnpm, 'install', '--frozen-lockfile', '--reporter=append-only'],
    ['ignore', 'inherit', 'inherit'],
  )
  const code = await exitCodeOf(npx)
  clearInterval(progress)
  if (code !== 0) fail(`the installation failed (exit code ${code}): see the lines above, then try again`)
}

function start(command, args, stdio) {
  return spawn(command, args, { cwd: root, env, stdio })
}

/** An npm that is killed outright tells nobody; its children find themselves with another parent. */
function stopWithoutParent(child) {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 500).unref()
}

function exitCodeOf(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => fail(`${child.spawnfile} cannot be started: ${error.message}`))
    child.once('exit', (code, signal) => resolve(signal === null ? code : 1))
  })
}

function fail(message) {
  console.error(`greenroom: ${message}`)
  process.exit(1)
}
