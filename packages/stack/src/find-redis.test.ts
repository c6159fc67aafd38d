import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { requireChromium } from './find-chromium.ts'
import { findRedisServer } from './find-redis.ts'
import { makeTemporaryFolder } from './testing/temporary-folder.ts'

function plantProgram(folder: string, name: string, script = '#!/bin/sh\n'): string {
  writeFileSync(join(folder, name), script)
  chmodSync(join(folder, name), 0o755)
  return join(folder, name)
}

test('a server on PATH is used, Valkey before Redis', () => {
  const folder = makeTemporaryFolder()
  const redis = plantProgram(folder, 'redis-server')
  expect(findRedisServer(folder, () => undefined)).toBe(redis)
  const valkey = plantProgram(folder, 'valkey-server')
  expect(findRedisServer(folder, () => undefined)).toBe(valkey)
})

test('without one, and with no way to install it, the error names the command', () => {
  const folder = makeTemporaryFolder()
  expect(() => findRedisServer(folder, () => undefined)).toThrow('sudo apt-get install -y redis-server')
  expect(() => requireChromium(folder, () => undefined)).toThrow(
    'sudo apt-get install -y chromium fonts-noto-cjk',
  )
  expect(() => requireChromium(folder, () => undefined)).toThrow('npm test -- --no-browser')
})

test.runIf(process.getuid?.() === 0)('without one, root gets it installed and is told so', () => {
  const folder = makeTemporaryFolder()
  const server = join(folder, 'redis-server')
  plantProgram(
    folder,
    'apt-get',
    `#!/bin/sh\n[ "$1" = install ] && printf '#!/bin/sh\\n' > ${server} && chmod 755 ${server}\n`,
  )
  const said: string[] = []
  expect(findRedisServer(folder, (line) => said.push(line))).toBe(server)
  expect(said).toEqual(['installing redis-server with apt-get (once)'])
})

test.runIf(process.getuid?.() === 0)(
  'an apt-get that fails is reported, and the error names the command',
  () => {
    const folder = makeTemporaryFolder()
    plantProgram(folder, 'apt-get', '#!/bin/sh\necho "no network" >&2\nexit 100\n')
    const said: string[] = []
    expect(() => findRedisServer(folder, (line) => said.push(line))).toThrow(
      'sudo apt-get install -y redis-server',
    )
    expect(said).toContain('apt-get install failed: no network')
  },
)
