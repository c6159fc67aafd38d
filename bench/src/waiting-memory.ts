import { crowdedLine } from './crowded-line.ts'
import { observed } from './finding.ts'
import type { ObservedOperation } from './operation.ts'

const goalBytes = 120

/** What Redis keeps for a fan who waits. */
export const waitingMemory: ObservedOperation = {
  name: 'waiting-memory',
  observe: async (stage, effort) => {
    const { tick, waiting, usedBytes } = await crowdedLine(stage, effort)
    const { redis } = stage.deps
    const sizes = await Promise.all(tick.keys.map((key) => redis.memory('USAGE', key, 'SAMPLES', 0)))
    const bytes = sizes.reduce((sum: number, size) => sum + Number(size ?? 0), 0)
    return [
      observed({
        operation: `waiting fan, memory in Redis, ${waiting.toLocaleString('en')} waiting`,
        value: bytes / waiting,
        unit: 'B',
        goal: { of: 'value', atMost: goalBytes },
        success: 1,
        details: { usedMemoryBytesEach: usedBytes / waiting },
      }),
    ]
  },
}
