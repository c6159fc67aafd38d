import type { z } from 'zod'
import { DomainError } from './domain-error.ts'
import type { ErrorDetails } from './errors.ts'
import { type FaultReason, faultReason } from './fault-reason.ts'

/** What is wrong and where: `prices[0].categoryCode` is what one would type to get there. */
export type Fault = ErrorDetails<'BAD_INPUT'>['faults'][number]

/** As many as somebody reads; a hostile input could name thousands. */
const maxFaults = 20

/** The input as its schema makes it. Refuses with BAD_INPUT and the path of each fault. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw badInput(parsed.error)
  return parsed.data
}

/** A failure to parse as the refusal that every edge sends for it: the first 20 faults. */
export function badInput(error: z.ZodError): DomainError<'BAD_INPUT'> {
  return new DomainError('BAD_INPUT', { faults: listFaults(error).slice(0, maxFaults) })
}

/** Every fault of something that does not fit its schema. */
export function listFaults(error: z.ZodError): Fault[] {
  return error.issues.flatMap(faultsOf)
}

/** An unknown property is a fault at its own path, not at its owner's. */
function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') {
    const reason = reasonOf(issue)
    const fault = { path: formatPath(issue.path), message: issue.message }
    return [reason === undefined ? fault : { ...fault, reason }]
  }
  return issue.keys.map((key) => ({
    path: formatPath([...issue.path, key]),
    message: 'the format has no such property',
  }))
}

/** In the words of forms; `undefined` for what no form can send. */
function reasonOf(issue: z.core.$ZodIssue): FaultReason | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'notWhole' : 'wrongForm'
    case 'too_small':
      if (isNumber(issue.origin)) return 'tooSmall'
      return issue.minimum === 1 ? 'empty' : 'tooShort'
    case 'too_big':
      return isNumber(issue.origin) ? 'tooLarge' : 'tooLong'
    case 'custom':
      return faultReason.safeParse(issue.params?.['reason']).data
    case 'invalid_format':
    case 'invalid_value':
      return 'wrongForm'
    default:
      return undefined
  }
}

function isNumber(origin: string): boolean {
  return origin === 'number' || origin === 'int'
}

function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}
