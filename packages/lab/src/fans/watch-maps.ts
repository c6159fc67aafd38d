import { setTimeout as sleep } from 'node:timers/promises'
import type { SeatState } from '@greenroom/client'
import { seatStatusOf } from '@greenroom/contract'
import { nowMs } from '@greenroom/crowd'
import type { MapEvent } from '@greenroom/oracles'
import type { Sale, SaleShow } from '../world/open-sale.ts'
import type { LabFan } from './lab-fan.ts'
import type { Stage } from './stage.ts'
import { takeTurn } from './take-turn.ts'

/** A fan who only looks, by socket. */
export type Watcher = {
  /** What the map shows now; `undefined` while there is none to be trusted: no pass at the moment, or the first one on its way. */
  readMap: () => MapEvent | undefined
}

/**
 * Lets a fan watch one show, for as long as the season and the run last: goes in, looks until the pass ends, goes in again.
 * Does not stand at the gate: maps must become right while everybody else stands still.
 */
export function watchMaps(
  stage: Stage,
  fan: LabFan,
  sale: Sale,
  show: SaleShow,
): { watcher: Watcher; ended: Promise<void> } {
  let seats: SeatState | undefined
  const isOn = (): boolean => !stage.isOver && stage.sales.includes(sale)
  const lookOnce = async (pass: string): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const watch = fan.greenroom.live.watchShow(show.showId, pass, {
      onSnapshot: (state) => {
        seats = state
        stage.maps.set(show.showId, state)
      },
      onFrame: () => undefined,
      onRefused: () => resolve(undefined),
    })
    const season = setInterval(() => {
      if (!isOn()) resolve(undefined)
    }, 100)
    await promise
    clearInterval(season)
    watch.stop()
    seats = undefined
    stage.maps.delete(show.showId)
  }
  const look = async (): Promise<void> => {
    while (isOn()) {
      const pass = stage.gate.isOpen() ? await takeTurn(stage, fan, sale) : undefined
      if (pass !== undefined) await lookOnce(pass)
      else await sleep(100)
    }
  }
  const readMap = (): MapEvent | undefined => {
    if (seats === undefined) return undefined
    const atMs = nowMs()
    const call = { actor: fan.actor, fanId: fan.fanId, startMs: atMs, endMs: atMs, outcome: 'ok' as const }
    return { op: 'map', ...call, showId: show.showId, statuses: Array.from(seats.codes, seatStatusOf) }
  }
  return { watcher: { readMap }, ended: look() }
}
