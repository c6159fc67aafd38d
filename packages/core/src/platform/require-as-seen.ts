import { isDeepStrictEqual } from 'node:util'
import { DomainError, type Fault } from '@greenroom/contract'

type Parts<T> = { [Name in keyof T]?: T[Name] | undefined }

/**
 * Two operators who change the same settings: refuses with BAD_INPUT each part of `change` that is not as its operator saw it
 * (`seen`) any more. A part that they said nothing of is not compared, and one that is as they wish by now is no fault, so that a
 * repeat is taken. `now` must be read with its row locked, else both were first.
 */
export function requireAsSeen<T extends object>(now: T, seen: Parts<T> | undefined, change: Parts<T>): void {
  if (seen === undefined) return
  const faults: Fault[] = []
  for (const name in change) {
    const [was, wish] = [seen[name], change[name]]
    if (was === undefined || wish === undefined) continue
    if (!isDeepStrictEqual(now[name], was) && !isDeepStrictEqual(now[name], wish))
      faults.push(changedMeanwhile(name))
  }
  if (faults.length > 0) throw new DomainError('BAD_INPUT', { faults })
}

/** The fault of a part that is not as its operator saw it any more. */
export function changedMeanwhile(path: string): Fault {
  return { path, message: 'another operator changed it meanwhile', reason: 'changedMeanwhile' }
}
