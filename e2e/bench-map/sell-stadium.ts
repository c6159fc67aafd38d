import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type ConcertId, concertId, type ShowSummary } from '@greenroom/contract'
import { createGreenroom } from '@greenroom/client'
import type { OnSale } from '../support/on-sale.ts'

const command = join(import.meta.dirname, '../../packages/core/src/seat-plan-cli/main.ts')
const run = promisify(execFile)

export type Stadium = { name: string; concertId: ConcertId; show: ShowSummary }

/** Generates the plan and puts it on sale, as an operator would from the shell. */
export async function sellStadium(sale: OnSale, preset: string): Promise<Stadium> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-map-'))
  const seatPlan = async (...args: string[]): Promise<string> => {
    const env = { ...process.env, DATABASE_URL: sale.databaseUrl }
    return (await run(process.execPath, [command, ...args], { env })).stdout
  }
  try {
    const file = join(folder, 'plan.json')
    await seatPlan('generate', preset, '--out', file)
    const planId = numberIn(/as seat plan (\d+)/, await seatPlan('import', file))
    const sold = await seatPlan('sell', String(planId), '--title', preset, '--price', '99000')
    const id = concertId.parse(numberIn(/^concert (\d+)/, sold))
    const { shows } = await createGreenroom({ apiUrl: sale.url }).api.catalogue.concert.query({
      concertId: id,
    })
    const [show] = shows
    if (show === undefined) throw new Error(`concert ${id} has no show`)
    return { name: preset, concertId: id, show }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function numberIn(pattern: RegExp, text: string): number {
  const [, found] = pattern.exec(text) ?? []
  if (found === undefined) throw new Error(`no ${pattern} in: ${text}`)
  return Number(found)
}
