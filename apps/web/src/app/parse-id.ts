import { notFound } from '@tanstack/react-router'
import { readId } from './read-id.ts'

/** An address that names no possible id names no page. */
export function parseId<Id extends number>(raw: string): Id {
  const id = readId<Id>(raw)
  // oxlint-disable-next-line typescript/only-throw-error -- how the router is told; it catches it
  if (id === undefined) throw notFound()
  return id
}
