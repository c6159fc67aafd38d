import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import dockerignore from '@balena/dockerignore'
import { root } from './env-example.ts'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is CommonJS that is its own default, and its types say that it has one
const makeIgnore = dockerignore as unknown as typeof dockerignore.default

/** Whether `docker build` would be sent that file, as `.dockerignore` has it. */
export function isInBuildContext(path: string): boolean {
  return !rules.ignores(path)
}

const rules = makeIgnore().add(readFileSync(join(root, '.dockerignore'), 'utf8'))
