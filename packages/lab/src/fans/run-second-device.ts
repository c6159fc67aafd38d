import { setTimeout as sleep } from 'node:timers/promises'
import type { Sale } from '../world/open-sale.ts'
import type { LabFan } from './lab-fan.ts'
import type { Stage } from './stage.ts'
import { takeTurn } from './take-turn.ts'
import { readOwnPlace } from './wait-in-line.ts'

const pauseMs = { min: 20, max: 300 }
const mostLooks = 4

/**
 * The second device of a fan goes wherever the fan is, at the same time, until the run is over: joins, waits, enters and
 * looks, and buys nothing. Both must have one place. Stands at the gate in between.
 */
export async function runSecondDevice(stage: Stage, device: LabFan): Promise<void> {
  while (!stage.isOver) {
    await stage.gate.pass()
    if (stage.isOver) return
    const { sale } = device.shared
    if (sale !== undefined && stage.sales.includes(sale)) await comeAlong(stage, device, sale)
    await pause(device)
  }
}

async function comeAlong(stage: Stage, device: LabFan, sale: Sale): Promise<void> {
  const pass = await takeTurn(stage, device, sale)
  if (pass === undefined) return
  for (let looks = device.random.between(1, mostLooks); looks > 0 && stage.gate.isOpen(); looks--) {
    await readOwnPlace(stage, device, sale.concertId)
    await pause(device)
  }
}

async function pause({ random }: LabFan): Promise<void> {
  await sleep(random.between(pauseMs.min, pauseMs.max))
}
