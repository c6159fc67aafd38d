import type { Deps } from '../platform/deps.ts'
import { mastersOf } from './masters-of.ts'

/** The keys of this test's Redis that fit: of a cluster, those on every master, where one server alone would be asked otherwise. */
export async function findKeys(deps: Pick<Deps, 'redis'>, pattern: string): Promise<string[]> {
  return (await Promise.all(mastersOf(deps.redis).map((node) => node.keys(pattern)))).flat()
}
