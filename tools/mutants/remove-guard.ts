import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vitest/config'
import type { Mutant } from '../../packages/core/src/testing/mutants/mutant.ts'
import { textWithout } from '../../packages/core/src/testing/text-without.ts'

const repositoryRoot = resolve(import.meta.dirname, '../..')
const luaReader = join(repositoryRoot, 'packages/core/src/platform/lua-script.ts')

/**
 * Vite's part of a mutant: the source is read without its guard. A Lua script is read at run time, so its reader is told;
 * a guard of the database goes when a test opens its own (testing/test-deps.ts).
 */
export function removeGuard(mutant: Mutant | undefined): Plugin {
  return {
    name: 'greenroom-remove-guard',
    enforce: 'pre',
    transform: (code, id) => {
      if (mutant === undefined || mutant.drop !== undefined) return undefined
      const file = join(repositoryRoot, mutant.file)
      if (id === file) return { code: textWithout(code, mutant.without), map: null }
      if (id !== luaReader || !file.endsWith('.lua')) return undefined
      const script = textWithout(readFileSync(file, 'utf8'), mutant.without)
      const reads = "readFileSync(file, 'utf8')"
      const instead = `(file.href === ${JSON.stringify(pathToFileURL(file).href)} ? ${JSON.stringify(script)} : ${reads})`
      return { code: textWithout(code, { [reads]: instead }), map: null }
    },
  }
}
