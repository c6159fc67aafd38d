import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { z } from 'zod'

import { readStackEnv } from './env.ts'
import { type InstanceLock, takeInstanceLock } from './instance-lock.ts'
import { hashContents, repositoryRoot } from './repository.ts'
import { describeExit, spawnChild } from './spawn-child.ts'

const web = join(repositoryRoot, 'apps/web')
const stamp = join(web, 'dist', '.inputs')
const lockFolder = join(web, 'node_modules', '.greenroom')
const inputs = [
  'apps/web',
  'packages/client',
  'packages/contract',
  'packages/router',
  'pnpm-lock.yaml',
  'tsconfig.base.json',
]
const manifestSchema = z.object({ scripts: z.object({ build: z.string() }) })

/**
 * Builds the web client when its inputs have changed since the last build, by their contents. Two at once take turns.
 * Throws with the build's last lines when it fails.
 */
export async function buildWeb(say: (line: string) => void): Promise<void> {
  if (isFresh()) return
  const lock = await waitForLock()
  try {
    if (isFresh()) return
    say('building the web client (after changes only)')
    const hash = inputsHash()
    await runBuild()
    writeFileSync(stamp, hash)
  } finally {
    lock.release()
  }
}

function isFresh(): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputsHash()
}

function inputsHash(): string {
  return hashContents(inputs.map((input) => join(repositoryRoot, input)))
}

/** The package's own build script, as `pnpm run build` would run it, but with no need of pnpm on PATH. */
async function runBuild(): Promise<void> {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(web, 'package.json'), 'utf8')))
  const env = readStackEnv()
  const programs = [join(web, 'node_modules/.bin'), join(repositoryRoot, 'node_modules/.bin'), env.path]
  const build = await spawnChild({
    command: '/bin/sh',
    args: ['-c', manifest.scripts.build],
    cwd: web,
    env: { ...env.all, NODE_ENV: 'production', PATH: programs.join(delimiter) },
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 5_000,
    onLine: () => undefined,
  })
  const exit = await build.exited
  if (exit.code !== 0)
    throw new Error(
      `the web client did not build: it ${describeExit(exit)}:\n${build.lastLines().join('\n')}`,
    )
}

async function waitForLock(): Promise<InstanceLock> {
  for (let tries = 0; tries < 1_200; tries++) {
    const lock = takeInstanceLock(lockFolder)
    if (lock !== undefined) return lock
    await sleep(250)
  }
  throw new Error('another build of the web client has not ended within 5 minutes')
}
