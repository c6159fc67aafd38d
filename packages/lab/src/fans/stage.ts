import type { SeatState } from '@greenroom/client'
import type { ShowId } from '@greenroom/contract'
import type { History } from '@greenroom/crowd'
import type { Violation } from '@greenroom/oracles'
import type { Sale } from '../world/open-sale.ts'
import type { Gate } from './gate.ts'

/** What all fans of a run share. */
export type Stage = {
  gate: Gate
  history: History
  /** What is on sale now; replaced as a whole from one season to the next. */
  sales: readonly Sale[]
  /** A live map of each show that somebody watches: where fans look for free seats. */
  maps: Map<ShowId, SeatState>
  /** What fans themselves found wrong. */
  complaints: Violation[]
  isOver: boolean
}
