import type { Api } from './api.ts'
import { fetchInTime } from './fetch-in-time.ts'

/** What a page that only waits calls. */
export type PlainCalls = Pick<Api, 'accounts' | 'catalogue' | 'waitingRoom'>

/** A failure that the server told; `greenroomError` reads the refusal out of `data`, as of tRPC's own failures. */
class CallError extends Error {
  readonly data: unknown

  constructor(message: string, data: unknown) {
    super(message)
    this.name = 'CallError'
    this.data = data
  }
}

/**
 * Queries and mutations of a page with its cookie, typed by the router, each in a request of its own: tRPC's HTTP form
 * (https://trpc.io/docs/rpc) in 1 kB where its client, which also batches, cancels and subscribes, takes 14. For pages that
 * a whole crowd loads at once.
 */
export function createPlainCalls(apiUrl: string): PlainCalls {
  const base = `${apiUrl.replace(/\/$/, '')}/trpc`
  const procedure = (path: string) => ({
    query: (input?: unknown) => {
      const asked = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
      return call(`${base}/${path}${asked}`)
    },
    mutate: (input?: unknown) =>
      call(`${base}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      }),
  })
  const nested = (make: (name: string) => object): object =>
    new Proxy({}, { get: (_, name) => make(String(name)) })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server's own types, as its own client takes them
  return nested((router) => nested((name) => procedure(`${router}.${name}`))) as PlainCalls
}

async function call(url: string, init?: RequestInit): Promise<unknown> {
  const answer: unknown = await (await fetchInTime(url, init)).json()
  if (answer instanceof Object && 'result' in answer && answer.result instanceof Object) {
    return Reflect.get(answer.result, 'data')
  }
  const error: unknown = answer instanceof Object ? Reflect.get(answer, 'error') : undefined
  const told = error instanceof Object ? error : {}
  throw new CallError(String(Reflect.get(told, 'message')), Reflect.get(told, 'data'))
}
