import { observed } from './finding.ts'
import { countReplyBytes } from './http-load.ts'
import type { ObservedOperation } from './operation.ts'
import { openScatteredMap, seatCount } from './scattered-map.ts'

/** What the worst of maps weighs on the wire, the reply's head included. */
export const snapshotBytes: ObservedOperation = {
  name: 'snapshot-bytes',
  observe: async (stage, effort) => {
    const { api, call } = await openScatteredMap(stage, effort)
    try {
      const { 'accept-encoding': _packed, ...plain } = call.headers ?? {}
      return [
        observed({
          operation: `seat-map snapshot, ${seatCount} seats, on the wire`,
          value: (await countReplyBytes(api.port, call)) / 1_000,
          unit: 'kB',
          floor: seatCount / 4 / 1_000,
          floorName: 'two bits a seat',
          goal: { of: 'value', atMost: 15 },
          success: 1,
          details: {
            notCompressedKb: (await countReplyBytes(api.port, { ...call, headers: plain })) / 1_000,
          },
        }),
      ]
    } finally {
      await api.close()
    }
  },
}
