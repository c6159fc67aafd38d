import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const core = join(import.meta.dirname, '../../../core/src')

/** The Lua scripts of the product by the hash Redis knows them by, read from its files as they are. */
export function readScriptNames(): ReadonlyMap<string, string> {
  const files = globSync('**/lua/*.lua', { cwd: core }).map((file) => join(core, file))
  return new Map(files.map((file) => [hash(readSource(file)), basename(file, '.lua')]))
}

/** The named statements of the product's stores: each is a point at which a process can be cut off or killed. */
export function readStatementNames(): string[] {
  const stores = globSync('**/*-store.ts', { cwd: core }).map((file) =>
    readFileSync(join(core, file), 'utf8'),
  )
  const names = stores.flatMap((text) =>
    [...text.matchAll(/\bname: '([a-z][a-z-]+)'/g)].map(([, name]) => name),
  )
  return [...new Set(names.filter((name) => name !== undefined))].sort()
}

/** With what it includes, line by line, as the product loads it. */
function readSource(file: string): string {
  return readFileSync(file, 'utf8').replace(/^-- include (\S+\.lua)$/gm, (_line, path: string) =>
    readSource(join(dirname(file), path)),
  )
}

function hash(source: string): string {
  return createHash('sha1').update(source).digest('hex')
}
