import { DomainError } from '@greenroom/contract'
import type { z } from 'zod'

/** What is wrong and where: `zones[0].rows[3].seat_label` is what one would type to get there. */
export type Fault = { path: string; message: string }

/** The faults of something that does not fit its schema. */
export function listFaults(error: z.ZodError): Fault[] {
  return error.issues.flatMap(faultsOf)
}

/** The input as its schema makes it; refuses with BAD_INPUT and the path of each fault. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new DomainError('BAD_INPUT', { faults: listFaults(parsed.error) })
  return parsed.data
}

/** An unknown property is a fault at its own path, not at its owner's. */
function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: formatPath(issue.path), message: issue.message }]
  return issue.keys.map((key) => ({
    path: formatPath([...issue.path, key]),
    message: 'the format has no such property',
  }))
}

function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}
