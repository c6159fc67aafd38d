import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type DemoConcert, theatre } from '../support/on-sale.ts'
import { until } from '../support/until.ts'
import type { House } from './house.ts'

/** A sale with a crowd at it. */
export type BusySale = {
  concert: DemoConcert
  /** lets whoever types it in past the crowd */
  code: string
  end: () => Promise<void>
}

const crowdMain = join(import.meta.dirname, '../../packages/crowd/src/main.ts')

/**
 * A theatre that so many virtual fans want to go to, 90 a minute let in: who has gone home is followed by somebody else, until
 * the end. Resolves when a third of them wait.
 */
export async function openBusySale(house: House, fans: number): Promise<BusySale> {
  const { operator, sale } = house
  const concert = await house.newConcert({
    of: theatre.concertId,
    title: { ko: '밤의 관현악: 유리 정원 앙코르', en: 'Night Orchestra: The Glass Garden, Encore' },
    capacity: 60,
    ratePerMinute: 90,
  })
  const { concertId } = concert
  const { code } = await operator.api.operator.createBypassCode.mutate({
    concertId,
    label: 'House guests',
    maxUses: null,
  })
  let isOver = false
  let crowd: ChildProcess | undefined
  const flags = { url: sale.url, concert: concertId, fans, observers: 0, 'think-ms': 40_000, abandon: 0.2 }
  const come = async (): Promise<void> => {
    while (!isOver) {
      const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)])
      crowd = spawn(process.execPath, [crowdMain, ...args], { stdio: 'ignore' })
      await once(crowd, 'exit')
    }
  }
  const coming = come()
  await until(
    'a crowd',
    async () => {
      const { waiting } = await operator.api.waitingRoom.progress.query({ concertId })
      return waiting > fans / 3 ? waiting : undefined
    },
    120_000,
  )
  return {
    concert,
    code,
    end: async () => {
      isOver = true
      crowd?.kill()
      await coming
    },
  }
}
