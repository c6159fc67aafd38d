import { readFile, stat } from 'node:fs/promises'
import { importSeatPlan, maxSeatPlanBytes, parseSeatPlan } from '../catalogue/index.ts'
import { withDatabase } from '../platform/with-database.ts'

export async function importPlan(
  file: string,
  options: { name?: string; roundAreaSizes?: boolean },
): Promise<void> {
  const { size } = await stat(file)
  if (size > maxSeatPlanBytes) throw new Error(`${file} is larger than ${maxSeatPlanBytes / 1024 / 1024} MiB`)
  const document = parseSeatPlan(await readFile(file, 'utf8'), options)
  const plan = await withDatabase((deps) => importSeatPlan(deps, document, options))
  const state = plan.isNew ? 'imported' : 'was there already'
  process.stdout.write(
    [
      `${plan.name}: ${state} as seat plan ${plan.seatPlanId}`,
      `  ${plan.seatCount} seats in ${plan.sectionNames.length} sections, geometry ${plan.geometryHash.slice(0, 12)}`,
      `  categories: ${plan.categories.map((category) => category.name).join(', ')}`,
      `  sell it: pnpm seat-plan sell ${plan.seatPlanId} --title "..." --price 50000`,
      '',
    ].join('\n'),
  )
}
