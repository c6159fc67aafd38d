import { failureOf } from './failure-of.ts'

/** Does a part of the checks. What keeps it from being done is noted, and breaks the run as a fault does; the rest goes on. */
export async function tryToCheck<T>(
  unchecked: string[],
  what: string,
  check: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await check()
  } catch (error) {
    unchecked.push(`${what}: ${failureOf(error)}`)
    return undefined
  }
}
