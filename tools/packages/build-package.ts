// `node build-package.ts client`: what `pnpm build` runs in each of the packages that others install.
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { takeRouterTypes } from './take-router-types.ts'

const root = resolve(import.meta.dirname, '../..')
const [name = ''] = process.argv.slice(2)
const folder = join(root, 'packages', name)
const dist = join(folder, 'dist')

rmSync(dist, { recursive: true, force: true })
const tsc = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: folder, stdio: 'inherit' })
if (tsc.status !== 0) process.exit(tsc.status ?? 1)
copyScripts()
if (name === 'client') takeRouterTypes({ routerDist: join(root, 'packages/router/dist'), clientDist: dist })
nameBuiltFiles()

/** Lua and SQL are read beside the file that asks for them. */
function copyScripts(): void {
  for (const file of globSync('**/*.{lua,sql}', { cwd: join(folder, 'src') })) {
    cpSync(join(folder, 'src', file), join(dist, file))
  }
}

/** tsc renames `./x.ts` to `./x.js` in the code it writes, but leaves declarations naming files that are not there. */
function nameBuiltFiles(): void {
  for (const file of globSync('**/*.d.ts', { cwd: dist })) {
    const path = join(dist, file)
    writeFileSync(path, readFileSync(path, 'utf8').replace(/(['"])(\.{1,2}\/[^'"]+)\.ts\1/g, '$1$2.js$1'))
  }
}
