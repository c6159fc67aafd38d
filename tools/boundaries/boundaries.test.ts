import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type PackageRule, packageTable } from './package-table.ts'
import { plantedCode } from './planted-code.ts'
import { plantedImports } from './planted-imports.ts'
import type { PlantedViolation } from './planted-violation.ts'

const plantedViolations = [...plantedImports, ...plantedCode]
const root = resolve(import.meta.dirname, '../..')
const temporaryFolders: string[] = []
afterAll(() => temporaryFolders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

describe('the linter refuses each planted violation and passes its clean twin', () => {
  const found = lintTree(plantedViolations.map((violation) => violation.bad))
  const foundInTwins = lintTree(plantedViolations.map((violation) => violation.good))

  test.for(plantedViolations)('$rule: $breaks', ({ rule, bad, good }: PlantedViolation) => {
    expect(found.filter((diagnostic) => diagnostic.path === bad.path).map(({ code }) => code)).toContain(rule)
    expect(foundInTwins.filter((diagnostic) => diagnostic.path === good.path)).toEqual([])
  })

  test('each of our own messages says why, not only what', () => {
    const ours = found.filter(({ code }) => code.startsWith('greenroom('))
    expect(ours.filter(({ message }) => !/[:;] /.test(message))).toEqual([])
  })
})

describe('the package table', () => {
  const packagePaths = globSync(['apps/*', 'packages/*', 'bench', 'e2e'], { cwd: root }).filter((path) =>
    existsSync(join(root, path, 'package.json')),
  )

  test('has a row for every package of the repository', () => {
    expect(Object.keys(packageTable).sort()).toEqual([...packagePaths].sort())
  })

  test.for(packagePaths)('%s: package.json depends on nothing its row refuses', (path) => {
    const rule = packageTable[path]
    const manifest: unknown = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
    expect(rule && refusedDependencies(rule, manifest)).toEqual([])
  })
})

type Diagnostic = { path: string; code: string; message: string }

/** Lints files written into a copy of the repository's shape, with the real settings and plugin. */
function lintTree(files: readonly { path: string; code: string }[]): Diagnostic[] {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-boundaries-'))
  temporaryFolders.push(folder)
  for (const path of ['.oxlintrc.json', 'tsconfig.base.json', 'tools/boundaries']) {
    cpSync(join(root, path), join(folder, path), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'tsconfig.json'), tsconfigWithEverything)
  for (const { path, code } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), code)
  }
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
  const run = spawnSync(process.execPath, [oxlint, '--format', 'json', 'apps', 'packages'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const report: unknown = JSON.parse(run.stdout)
  return diagnosticsOf(report, run.stderr)
}

function diagnosticsOf(report: unknown, stderr: string): Diagnostic[] {
  if (typeof report !== 'object' || report === null || !('diagnostics' in report)) throw new Error(stderr)
  if (!Array.isArray(report.diagnostics)) throw new Error(stderr)
  return report.diagnostics.map(({ filename, code, message }) => ({ path: filename, code, message }))
}

// The planted files import packages that do not resolve in the copy; the linter needs only their syntax and local types.
const tsconfigWithEverything = JSON.stringify({
  extends: './tsconfig.base.json',
  compilerOptions: { lib: ['ES2024', 'DOM'] },
  include: ['apps', 'packages'],
})

function refusedDependencies(rule: PackageRule, manifest: unknown): string[] {
  const shipped = namesIn(manifest, 'dependencies')
  const forTests = namesIn(manifest, 'devDependencies')
  const allowed = rule.imports.map((name) => `@greenroom/${name}`)
  const allowedInTests = [...(rule.typesFrom ?? []), ...(rule.testImports ?? [])].map(
    (name) => `@greenroom/${name}`,
  )
  const isOurs = (name: string) => name.startsWith('@greenroom/')
  return [
    ...shipped.filter((name) => isOurs(name) && !allowed.includes(name)),
    ...shipped.filter((name) => !isOurs(name) && rule.libraries && !rule.libraries.includes(name)),
    ...forTests.filter((name) => isOurs(name) && !allowed.includes(name) && !allowedInTests.includes(name)),
  ]
}

function namesIn(manifest: unknown, field: 'dependencies' | 'devDependencies'): string[] {
  if (typeof manifest !== 'object' || manifest === null) return []
  return Object.keys(Reflect.get(manifest, field) ?? {})
}
