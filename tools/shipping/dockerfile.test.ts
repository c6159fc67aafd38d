import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Copy, DockerfileParser, From, type Instruction } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { appCommands } from '../../packages/stack/src/start-app.ts'
import { repositoryRoot } from '../../packages/stack/src/repository.ts'
import { isInBuildContext } from './build-context.ts'
import { root } from './env-example.ts'

// There is no Docker where the tests run; `pnpm image` runs the steps themselves.
const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
const instructions = DockerfileParser.parse(text).getInstructions()
const lastStage = instructions.slice(instructions.findLastIndex((each) => each instanceof From))
const argumentsOf = (all: Instruction[], keyword: string): string[] =>
  all.filter((each) => each.getKeyword() === keyword).map((each) => each.getArgumentsContent() ?? '')

const manifest = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
})
const readManifest = (folder: string): z.infer<typeof manifest> =>
  manifest.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')))

test('a linter of Dockerfiles finds nothing, and finds a planted mistake', () => {
  expect(validate(text)).toEqual([])
  expect(validate(text.replace('EXPOSE 3000', 'EXPOSE three'))).not.toEqual([])
})

test('Node and pnpm are the ones the project runs on', () => {
  const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  expect(argumentsOf(instructions, 'ARG')).toEqual([
    `NODE_VERSION=${/^ {2}node: ([\d.]+)$/m.exec(workspace)?.[1]}`,
  ])
  const { packageManager } = z
    .object({ packageManager: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const used = new Set(text.match(/pnpm@[\d.]+/g))
  expect([...used]).toEqual([packageManager])
})

test('what runs is nobody, says how it is, and holds no secret', () => {
  expect(argumentsOf(lastStage, 'USER')).toEqual(['10001:10001'])
  expect(argumentsOf(lastStage, 'HEALTHCHECK')).toEqual([expect.stringContaining('"healthy"')])
  expect(argumentsOf(instructions, 'ADD')).toEqual([])
  expect(text).not.toMatch(/SECRET|PASSWORD|TOKEN/)
})

test('the image has every workspace package that its processes import, and the pages', () => {
  const copied = lastStage
    .filter((each) => each instanceof Copy)
    .map((each) => each.getArgumentsContent() ?? '')
  const isCopied = (folder: string): boolean => copied.some((each) => each.endsWith(`./${folder}`))
  const folders = new Map(
    globSync('{apps,packages}/*', { cwd: root }).map((folder) => [readManifest(folder).name, folder]),
  )
  const wanted = new Set(['apps/api', 'apps/gateway', 'apps/worker'])
  for (const folder of wanted) {
    for (const name of Object.keys(readManifest(folder).dependencies)) {
      const found = folders.get(name)
      if (found !== undefined) wanted.add(found)
    }
  }
  expect([...wanted].filter((folder) => !isCopied(folder))).toEqual([])
  expect(isCopied('apps/web/dist')).toBe(true)
})

test('the build sees the sources and nothing that is secret, made or for tests', () => {
  const sent = [
    'apps/api/src/main.ts',
    'packages/core/src/migrations/0001-accounts.sql',
    'deploy/image/greenroom',
  ]
  for (const path of [...sent, 'pnpm-lock.yaml', 'apps/web/index.html', 'e2e/package.json']) {
    expect({ path, isSent: isInBuildContext(path) }).toEqual({ path, isSent: true })
  }
  for (const path of [
    '.env',
    'apps/api/.env',
    '.greenroom/secrets.json',
    '.git/config',
    'docs/scale.md',
    'e2e/README.md',
  ]) {
    expect({ path, isSent: isInBuildContext(path) }).toEqual({ path, isSent: false })
  }
  for (const path of [
    'node_modules/zod/package.json',
    'apps/web/dist/index.html',
    'apps/api/src/env.test.ts',
  ]) {
    expect({ path, isSent: isInBuildContext(path) }).toEqual({ path, isSent: false })
  }
})

test('the commands of the image start the processes as npm start does', () => {
  const script = join(root, 'deploy/image/greenroom')
  expect(statSync(script).mode & 0o111).toBe(0o111)
  const commands = readFileSync(script, 'utf8')
  const single = [...commands.matchAll(/^ {2}(\w+)\) exec node (.+) ;;$/gm)]
  const told = new Map(single.map(([, name = '', args = '']) => [name, args.split(' ')]))
  for (const [name, args] of Object.entries(appCommands)) {
    expect(told.get(name)).toEqual(args.map((arg) => arg.replace(`${repositoryRoot}/`, '')))
  }
  for (const name of ['migrate', 'seed']) {
    expect(existsSync(join(root, told.get(name)?.at(-1) ?? '-'))).toBe(true)
  }
  const [, operator = '-'] = /^ {2}operator\)\s+shift\s+exec node (\S+) "\$@"\s+;;$/m.exec(commands) ?? []
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  expect(scripts['operator']).toMatch(new RegExp(` ${operator}$`))
})
