import { buildWeb } from '../build-web.ts'

/** Vitest's global set-up for the project that drives browsers: the pages they open are the present ones. */
export async function setup(): Promise<void> {
  await buildWeb((line) => process.stderr.write(`${line}\n`))
}
