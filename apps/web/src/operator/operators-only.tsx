import type { ReactNode } from 'react'
import { EmptyState } from '../design/empty-state.tsx'
import { m } from '../paraglide/messages.js'
import { useMe } from '../session/me.ts'

/** Spares others a page whose every call would be refused. The server decides for itself. */
export function OperatorsOnly({ children }: { children: ReactNode }) {
  const me = useMe()
  if (me === undefined || me === null) return null
  if (me.role === 'operator') return children
  return <EmptyState title={m.operators_only()}>{m.error_forbidden()}</EmptyState>
}
