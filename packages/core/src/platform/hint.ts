import type { Deps } from './deps.ts'

/** Does what is worth trying and not worth failing for: a failure is logged as `failure`, and the caller goes on. */
export async function hint(
  deps: Pick<Deps, 'log'>,
  failure: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    deps.log.warn({ err: error }, failure)
  }
}
