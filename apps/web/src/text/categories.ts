import { type SeatKind, seatKindOf } from '@greenroom/contract/plain'
import { m } from '../paraglide/messages.js'

const kindNames: Record<SeatKind, () => string> = {
  accessible: m.kind_accessible,
  companion: m.kind_companion,
  restricted: m.kind_restricted,
  standing: m.kind_standing,
}

/** What is special about seats, in the page's language. */
export function tellKind(kind: SeatKind): string {
  return kindNames[kind]()
}

/**
 * A class as fans read it among the classes of its concert. A plan has its names in one language; what is special about
 * seats is told in the page's instead, and beside the name where several classes are of that kind.
 */
export function tellCategoryName(name: string, all: readonly { name: string }[] = [{ name }]): string {
  const kind = seatKindOf(name)
  if (kind === undefined) return name
  const isOnly = all.filter((other) => seatKindOf(other.name) === kind).length === 1
  return isOnly ? tellKind(kind) : `${name} (${tellKind(kind)})`
}
