import { m } from '../paraglide/messages.js'
import type { SeatKind } from '@greenroom/contract'
import type { SeatPlan } from '../seat-map/index.ts'

export function tellKind(kind: SeatKind): string {
  return {
    accessible: m.kind_accessible,
    companion: m.kind_companion,
    restricted: m.kind_restricted,
    standing: m.kind_standing,
  }[kind]()
}

/**
 * A class as fans read it. A plan has its names in one language; what is special about seats is told in the page's instead, and
 * beside the name where the plan has several classes of that kind.
 */
export function tellCategory({ geometry, kinds }: SeatPlan, code: number): string {
  const name = geometry.categories[code]?.name ?? ''
  const kind = kinds[code]
  if (kind === undefined) return name
  const isOnly = kinds.filter((other) => other === kind).length === 1
  return isOnly ? tellKind(kind) : `${name} (${tellKind(kind)})`
}
