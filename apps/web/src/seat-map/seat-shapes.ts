import type { SeatKind } from '@greenroom/contract'

/**
 * A seat that can be had, as an SVG path of radius 1: a disc, and for what is special a shape of its own, so that nobody
 * need tell colours apart. Canvas, list and legend draw the same.
 */
export function seatShape(kind: SeatKind | undefined): string {
  return kind === undefined ? disc : shapes[kind]
}

const disc = 'M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z'
const shapes: Record<SeatKind, string> = {
  /** A rounded square: the room a wheelchair takes. */
  accessible:
    'M-.58 -.88H.58A.3 .3 0 0 1 .88 -.58V.58A.3 .3 0 0 1 .58 .88H-.58A.3 .3 0 0 1 -.88 .58V-.58A.3 .3 0 0 1 -.58 -.88Z',
  /** A diamond. */
  companion: 'M0 -1.1L1.1 0L0 1.1L-1.1 0Z',
  /** A disc with a part cut out of its view. */
  restricted: 'M.62 -.79A1 1 0 1 1 -.62 -.79L0 -.2Z',
  /** Many in one place. */
  standing:
    'M-.1 -.45A.45 .45 0 1 1 -1 -.45A.45 .45 0 1 1 -.1 -.45ZM1 -.45A.45 .45 0 1 1 .1 -.45A.45 .45 0 1 1 1 -.45ZM.45 .5A.45 .45 0 1 1 -.45 .5A.45 .45 0 1 1 .45 .5Z',
}
