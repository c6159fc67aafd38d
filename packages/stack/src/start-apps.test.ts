import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, onTestFinished, test } from 'vitest'

import { readStackEnv } from './env.ts'
import { pickPort } from './ports.ts'
import { isSameProcess, type ProcessIdentity } from './process-identity.ts'
import type { AppName } from './start-app.ts'
import { type Apps, startApps } from './start-apps.ts'

const webApp = join(import.meta.dirname, 'testing/fixtures/web-app.ts')
const idle = ['-e', 'setInterval(() => undefined, 1000)']

async function start(instead: Partial<Record<AppName, string[]>> = {}): Promise<{
  apps: Apps
  port: number
  lines: string[]
  living: () => ProcessIdentity[]
}> {
  const port = await pickPort()
  const gatewayPort = await pickPort()
  const lines: string[] = []
  let living: ProcessIdentity[] = []
  const apps = await startApps({
    base: readStackEnv(),
    settings: {
      databaseUrl: 'postgres://nowhere',
      redisUrl: 'redis://nowhere',
      host: 'localhost',
      port,
      gatewayPort,
      secret: 'the secret',
      publicOrigin: 'https://tickets.example',
      contracts: 'keys',
      webhooksAllowPrivate: false,
      dataPlatformDir: '/nowhere',
    },
    sayAs: (name) => (line) => lines.push(`${name}: ${line}`),
    onChange: (now) => {
      living = now
    },
    commands: { api: [webApp, 'api'], gateway: [webApp, 'gateway'], worker: idle, ...instead },
  })
  onTestFinished(apps.stop)
  return { apps, port, lines, living: () => living }
}

async function ask(port: number): Promise<unknown> {
  return await (await fetch(`http://127.0.0.1:${port}/`)).json()
}

test('all three run, told what they need, and a stop leaves none behind', async () => {
  const { apps, port, lines, living } = await start()
  await apps.ready
  expect(await ask(port)).toEqual({ url: '/', secret: 'the secret', origin: 'https://tickets.example' })
  const all = living()
  expect(all.map(isSameProcess)).toEqual([true, true, true])
  await apps.stop()
  expect(all.map(isSameProcess)).toEqual([false, false, false])
  expect(lines).toContain('api: drained')
  expect(lines).toContain('gateway: drained')
})

test('one that is killed comes back on its port, and the others are left alone', async () => {
  const { apps, port, living } = await start()
  await apps.ready
  const before = living()
  const [api] = before
  if (api === undefined) throw new Error('the api is the first')
  process.kill(api.pid, 'SIGKILL')
  while (living()[0]?.pid === api.pid) await sleep(20)
  for (let back = false; !back; ) {
    back = await ask(port).then(
      () => true,
      () => false,
    )
  }
  expect(living().slice(1)).toEqual(before.slice(1))
})

test('one that cannot live is a clear sentence, not an endless wait', async () => {
  const { apps, lines } = await start({ api: ['-e', 'console.log("no such table"); process.exit(1)'] })
  await expect(apps.ready).rejects.toThrow('the api died 3 times at start (its last lines are above)')
  expect(lines).toContain('api: no such table')
})
