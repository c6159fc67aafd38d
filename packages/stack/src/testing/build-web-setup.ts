import { buildWeb } from '../build-web.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

/**
 * Vitest's global set-up for the project that drives browsers: the pages they open are the present ones. Pages that do
 * not build fail the tests that open them, and are no reason to run none of the others; `npm test` is stricter.
 */
export async function setup(): Promise<void> {
  await buildWeb(say).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error))
  })
}
