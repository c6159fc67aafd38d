import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBrokenRules } from '../support/check-books.ts'
import type { OnSale } from '../support/on-sale.ts'

export type SaleHarm = {
  /** What the processes and the books must be afterwards and are not. */
  harm: string[]
  /** Resident memory in MB, each time it was noted. */
  memory: { api: number[]; gateway: number[] }
}

/** Once it has met every kind of call a process may grow by a half, and by what one heap's garbage is, before it is collected. */
const maxGrowth = 1.5
const maxGarbageMb = 96

/** Looks whether a product still stands: same processes, healthy, nothing logged as failed, books right, memory bounded. */
export function looksAt(sale: OnSale): { noteMemory: () => void; findHarm: () => Promise<SaleHarm> } {
  const before = pidsOf(sale)
  const memory: SaleHarm['memory'] = { api: [], gateway: [] }
  const noteMemory = (): void => {
    memory.api.push(memoryOf(sale.api.pid()))
    memory.gateway.push(memoryOf(sale.gateway.pid()))
  }
  return {
    noteMemory,
    findHarm: async () => {
      noteMemory()
      const harm = [
        ...before.filter((pid) => !isAlive(pid)).map((pid) => `process ${pid} has ended`),
        ...pidsOf(sale)
          .filter((pid) => !before.includes(pid))
          .map((pid) => `process ${pid} is new`),
        ...(await findUnhealthy([`${sale.url}/healthz`, `${sale.url}/readyz`, `${sale.gatewayUrl}/readyz`])),
        ...[sale.api, sale.gateway].flatMap((each) =>
          each
            .logs()
            .filter((line) => /"level":(50|60)|request failed/.test(line))
            .slice(0, 20),
        ),
        ...(await findBrokenRules(sale.databaseUrl)),
        ...findGrowth('api', memory.api),
        ...findGrowth('gateway', memory.gateway),
      ]
      return { harm, memory }
    },
  }
}

/** Against the first quarter of the run, in which everything was met once. */
function findGrowth(name: string, megabytes: number[]): string[] {
  const warm = Math.max(...megabytes.slice(0, Math.ceil(megabytes.length / 4)))
  const last = megabytes.at(-1) ?? 0
  return megabytes.length >= 8 && last > warm * maxGrowth + maxGarbageMb
    ? [`the ${name} took ${warm} MB in the first quarter and ${last} MB at the end`]
    : []
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
  const answers = await Promise.all(
    urls.map(async (url) => {
      const { status, body } = await readWell(url)
      return status === 200 ? [] : [`${url} answers ${status}: ${body}`]
    }),
  )
  return answers.flat()
}

/** A process may be behind for a moment after so much; one that is not well after ten seconds is harmed. */
async function readWell(url: string, tries = 20): Promise<{ status: number; body: string }> {
  const response = await fetch(url)
  const answer = { status: response.status, body: (await response.text()).slice(0, 300) }
  if (answer.status === 200 || tries <= 1) return answer
  await sleep(500)
  return await readWell(url, tries - 1)
}

/** As Linux tells it; 0 elsewhere. */
function memoryOf(pid: number): number {
  if (process.platform !== 'linux') return 0
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
