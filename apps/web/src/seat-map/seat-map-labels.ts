import type { SeatGeometry } from '@greenroom/contract'
import type { SeatLook } from './seat-look.ts'
import type { SeatView } from './view-from.ts'

/** Every word of the map and the list, in the page's language. Amounts are in minor units of the concert's currency. */
export type SeatMapLabels = {
  /** Names the map and the list for those who do not see them. */
  map: string
  list: string
  /** How to use the map by keyboard, in one sentence. */
  mapKeys: string
  stage: string
  zoomIn: string
  zoomOut: string
  overview: string
  soldOut: string
  /** `132 left` */
  left: (count: number) => string
  /** `from ₩99,000` */
  from: (priceMinor: number) => string
  /** The same where there is hardly room: `₩99K+` */
  fromBrief: (priceMinor: number) => string
  price: (priceMinor: number) => string
  /** `Row C` */
  row: (row: string) => string
  /** `1F C · Row 3, Seat 12`; a club's section or row may be empty. */
  seat: (name: { section: string; row: string; number: string }) => string
  /** `Facing the stage, about 15 m` */
  view: (view: SeatView) => string
  /** A class as fans read it: its name, or what is special about its seats. */
  category: (geometry: SeatGeometry, code: number) => string
  /** `Choose places here` */
  choosePlaces: string
  /** What the fan sees of a seat: `Available`, `Selected`, `Yours`, `Someone is deciding`, `Sold`, `Not for sale`. */
  looks: Record<SeatLook, string>
  /** Of a free seat: `Not among the chosen prices`, and `Offered to you`. */
  muted: string
  offered: string
}
