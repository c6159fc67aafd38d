import { type CheckAnswer, openChecker } from './check-answer.ts'
import { drawRequests, type FuzzRequest } from './draw-request.ts'
import type { ApiDocument } from './read-document.ts'
import type { Answer, Send } from './send-request.ts'

export type FuzzOptions = {
  document: ApiDocument
  send: Send
  fill: (text: string) => string
  /** Called between requests, after each so many. */
  refresh: { every: number; run: () => Promise<void> }
  url: string
  seed: number
  /** The first request's place in the seed, and how many. */
  first: number
  count: number
  /** So many places more are gone through for operations that were never done; of the others nothing is sent then. */
  extraPlaces: number
  concurrency: number
  /** Stops drawing after so long; what was sent is answered. */
  timeLimitMs: number
  onProgress?: (done: number) => void
}

type FuzzFault = { place: number; operationId: string; what: string; curl: string }
export type FuzzReport = {
  seed: number
  sent: number
  tookMs: number
  byStatus: Map<number, number>
  /** Of each operation: how many were answered with what was asked, and how many refused. */
  byOperation: Map<string, { done: number; refused: number }>
  faults: FuzzFault[]
}

const maxFaults = 50

/**
 * Sends the requests of a seed, a bounded number at once, and holds each answer to the document. What all of them together
 * never got done is asked on: the fans meddle with each other's holds and passes, so no seed promises that each comes to be.
 */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { document, seed, first, count, refresh } = options
  const startMs = performance.now()
  const check = openChecker(document)
  const report: FuzzReport = {
    seed,
    sent: 0,
    tookMs: 0,
    byStatus: new Map(),
    byOperation: new Map(
      document.operations.map(({ operationId }) => [operationId, { done: 0, refused: 0 }]),
    ),
    faults: [],
  }
  const requests = drawRequests(document, seed, first)
  let places = 0
  const isWanted = ({ operation }: FuzzRequest): boolean =>
    places <= count || report.byOperation.get(operation.operationId)?.done === 0
  const isOver = (): boolean =>
    places >= count + options.extraPlaces ||
    (places >= count && [...report.byOperation.values()].every(({ done }) => done > 0)) ||
    report.faults.length >= maxFaults ||
    performance.now() - startMs > options.timeLimitMs
  while (!isOver()) {
    const until = report.sent + refresh.every
    const sendInTurn = async (): Promise<void> => {
      while (report.sent < until && !isOver()) {
        const place = first + places
        places += 1
        const { value: request } = requests.next()
        if (!isWanted(request)) continue
        report.sent += 1
        await tryOne(options, check, report, place, request)
      }
    }
    await Promise.all(Array.from({ length: options.concurrency }, sendInTurn))
    options.onProgress?.(report.sent)
    if (!isOver()) await refresh.run()
  }
  report.tookMs = performance.now() - startMs
  return report
}

async function tryOne(
  { send, fill, url }: FuzzOptions,
  check: CheckAnswer,
  report: FuzzReport,
  place: number,
  request: FuzzRequest,
): Promise<void> {
  const { operation } = request
  const curl = asCurl(url, fill, request)
  const blame = (what: string): void => {
    report.faults.push({ place, operationId: operation.operationId, what, curl })
  }
  const answer = await send(request).catch((error: unknown) => {
    blame(`no answer: ${String(error)}`)
  })
  if (answer === undefined) return
  count(report, request, answer)
  const fault = check(operation, answer)
  if (fault !== undefined) blame(fault)
}

function count(report: FuzzReport, { operation }: FuzzRequest, { status }: Answer): void {
  report.byStatus.set(status, (report.byStatus.get(status) ?? 0) + 1)
  const counts = report.byOperation.get(operation.operationId)
  if (counts === undefined) return
  if (status < 400) counts.done += 1
  else counts.refused += 1
}

/** The request as a line for a shell, long bodies cut. */
function asCurl(url: string, fill: (text: string) => string, request: FuzzRequest): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `-H ${quote(`${name}: ${fill(value)}`)}`,
  )
  const body =
    request.body === undefined ? [] : [`--data-binary ${quote(fill(request.body).slice(0, 4_000))}`]
  const { method } = request.operation
  return ['curl -i -X', method, ...headers, ...body, quote(`${url}${fill(request.path)}`)].join(' ')
}
