import type { Verdict } from './check-reply.ts'
import { type Call, type CaseKind, drawCalls } from './draw-call.ts'
import { drawEvents, type EventCase, type EventName } from './draw-event.ts'
import type { Procedure } from './list-procedures.ts'

/** How many cases of each kind every procedure and every event gets. */
export type CaseCounts = Record<CaseKind, number>
type Case = { target: string; kind: CaseKind; at: number; what: string; send: () => Promise<Verdict> }
type Tally = { near: number; hostile: number; done: number }

export type ProcedureReport = {
  seed: number
  sent: number
  tookMs: number
  byTarget: Map<string, Tally>
  faults: { target: string; kind: CaseKind; at: number; what: string; fault: string }[]
  /** The run was cut by its time limit. */
  isCut: boolean
}

export type ProcedureRun = {
  procedures: Procedure[]
  events: EventName[]
  sendCall: (call: Call) => Promise<Verdict>
  sendEvent: (event: EventCase) => Promise<Verdict>
  counts: CaseCounts
  seed: number
  concurrency: number
  timeLimitMs: number
  /** Called with nothing under way, after each so many. */
  refresh: { every: number; run: () => Promise<void> }
  onProgress?: ((done: number) => void) | undefined
}

const maxFaults = 50

/** Sends every procedure and every event its cases, the targets in turn, a bounded number at once. */
export async function runProcedures(run: ProcedureRun): Promise<ProcedureReport> {
  const startMs = performance.now()
  const targets = [...run.procedures.map(({ path }) => path), ...run.events]
  const report: ProcedureReport = {
    seed: run.seed,
    sent: 0,
    tookMs: 0,
    byTarget: new Map(targets.map((target) => [target, { near: 0, hostile: 0, done: 0 }])),
    faults: [],
    isCut: false,
  }
  const cases = drawCases(run)
  let isOver = false
  while (!isOver) {
    const until = report.sent + run.refresh.every
    const sendInTurn = async (): Promise<void> => {
      while (report.sent < until && !isOver) {
        report.isCut = performance.now() - startMs > run.timeLimitMs
        const next = cases.next()
        if (next.done === true || report.isCut || report.faults.length >= maxFaults) isOver = true
        else {
          report.sent += 1
          await tryCase(report, next.value)
        }
      }
    }
    await Promise.all(Array.from({ length: run.concurrency }, sendInTurn))
    run.onProgress?.(report.sent)
    if (!isOver) await run.refresh.run()
  }
  report.tookMs = performance.now() - startMs
  return report
}

async function tryCase(report: ProcedureReport, { target, kind, at, what, send }: Case): Promise<void> {
  const { outcome, fault } = await send().catch((error: unknown) => ({
    outcome: 'refused' as const,
    fault: `no answer: ${String(error)}`,
  }))
  const tally = report.byTarget.get(target)
  if (tally !== undefined) {
    tally[kind] += 1
    if (outcome === 'done') tally.done += 1
  }
  if (fault !== undefined) report.faults.push({ target, kind, at, what: what.slice(0, 2_000), fault })
}

/** One case of each target in turn, until each has had its share of both kinds. */
function* drawCases(run: ProcedureRun): Generator<Case, undefined> {
  const kinds: CaseKind[] = ['near', 'hostile']
  const sources = kinds.flatMap((kind) => [
    ...run.procedures.map((procedure) => ({
      target: procedure.path,
      kind,
      source: mapOf(drawCalls(procedure, kind, run.seed), (call) => ({
        what: `${JSON.stringify(call.headers)} ${call.input ?? ''}`,
        send: () => run.sendCall(call),
      })),
    })),
    ...run.events.map((name) => ({
      target: name,
      kind,
      source: mapOf(drawEvents(name, kind, run.seed), (event) => ({
        what: event.input,
        send: () => run.sendEvent(event),
      })),
    })),
  ])
  for (let at = 0; at < Math.max(run.counts.near, run.counts.hostile); at += 1) {
    for (const { target, kind, source } of sources) {
      if (at >= run.counts[kind]) continue
      const { value } = source.next()
      yield { target, kind, at, ...value }
    }
  }
}

function* mapOf<One, Other>(
  items: Generator<One, never>,
  change: (item: One) => Other,
): Generator<Other, never> {
  for (;;) yield change(items.next().value)
}
