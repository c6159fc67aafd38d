import { AsyncLocalStorage } from 'node:async_hooks'

/** What every line of the log says of the call, event or job that it was written for. */
type CallContext = { requestId: string }

const contexts = new AsyncLocalStorage<CallContext>()

/** Runs `work` for one call: whatever is logged meanwhile, however deep, carries its id. */
export function inCall<T>(requestId: string, work: () => T): T {
  return contexts.run({ requestId }, work)
}

/** Runs `work` for nobody in particular, such as a batch of many calls, which must not seem to be the first one's. */
export function outsideCalls<T>(work: () => T): T {
  return contexts.exit(work)
}

export function readCallContext(): CallContext | undefined {
  return contexts.getStore()
}
