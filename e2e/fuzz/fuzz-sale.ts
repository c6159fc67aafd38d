import { readFileSync } from 'node:fs'
import { findBrokenRules } from '../support/check-books.ts'
import type { OnSale } from '../support/on-sale.ts'
import { fuzzServer, type FuzzServerOptions } from './fuzz-server.ts'
import type { FuzzReport } from './run-fuzz.ts'

export type SaleReport = FuzzReport & {
  /** What the processes and the books must be afterwards and are not. */
  harm: string[]
  /** Resident memory of the api, in MB. */
  memory: { beforeMb: number; afterMb: number }
}

/** Fuzzes a whole product, then looks whether it still stands: same processes, healthy, nothing logged as failed, books right. */
export async function fuzzSale(sale: OnSale, options: Omit<FuzzServerOptions, 'url'>): Promise<SaleReport> {
  const before = pidsOf(sale)
  const beforeMb = memoryOf(sale.api.pid())
  const report = await fuzzServer({ ...options, url: sale.url })
  const harm = [
    ...before.filter((pid) => !isAlive(pid)).map((pid) => `process ${pid} has ended`),
    ...pidsOf(sale)
      .filter((pid) => !before.includes(pid))
      .map((pid) => `process ${pid} is new`),
    ...(await findUnhealthy([`${sale.url}/healthz`, `${sale.url}/readyz`, `${sale.gatewayUrl}/readyz`])),
    ...sale.api
      .logs()
      .filter((line) => /"level":(50|60)|request failed/.test(line))
      .slice(0, 20),
    ...(await findBrokenRules(sale.databaseUrl)),
  ]
  return { ...report, harm, memory: { beforeMb, afterMb: memoryOf(sale.api.pid()) } }
}

function pidsOf({ api, gateway, worker }: OnSale): number[] {
  return [api, gateway, worker].map((each) => each.pid())
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

async function findUnhealthy(urls: string[]): Promise<string[]> {
  const statuses = await Promise.all(urls.map(async (url) => ({ url, status: (await fetch(url)).status })))
  return statuses.filter(({ status }) => status !== 200).map(({ url, status }) => `${url} answers ${status}`)
}

/** As Linux tells it; 0 elsewhere. */
function memoryOf(pid: number): number {
  if (process.platform !== 'linux') return 0
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
