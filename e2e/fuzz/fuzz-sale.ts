import type { OnSale } from '../support/on-sale.ts'
import { fuzzServer, type FuzzServerOptions } from './fuzz-server.ts'
import { looksAt } from './look-at-sale.ts'
import type { FuzzReport } from './run-fuzz.ts'

export type SaleReport = FuzzReport & {
  /** What the processes and the books must be afterwards and are not. */
  harm: string[]
  /** Resident memory of the api, in MB. */
  memory: { beforeMb: number; afterMb: number }
}

/** Fuzzes a whole product, then looks whether it still stands: same processes, healthy, nothing logged as failed, books right. */
export async function fuzzSale(sale: OnSale, options: Omit<FuzzServerOptions, 'url'>): Promise<SaleReport> {
  const look = looksAt(sale)
  look.noteMemory()
  const report = await fuzzServer({ ...options, url: sale.url })
  const { harm, memory } = await look.findHarm()
  const [beforeMb = 0, afterMb = 0] = memory.api
  return { ...report, harm, memory: { beforeMb, afterMb } }
}
