import { writeFile } from 'node:fs/promises'
import type { VenuePreset } from '@greenroom/contract'
import { generateSeatPlan } from '../catalogue/index.ts'

export async function generatePlan(preset: VenuePreset, { out }: { out: string }): Promise<void> {
  const plan = generateSeatPlan(preset)
  await writeFile(out, `${JSON.stringify(plan)}\n`)
  const seats = plan.zones.flatMap((zone) => zone.rows.flatMap((row) => row.seats)).length
  process.stdout.write(`${plan.name}: ${seats} seats written to ${out}\n`)
}
