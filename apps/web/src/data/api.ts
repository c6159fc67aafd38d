import { createGreenroom } from '@greenroom/client'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { solveChallenge } from '../challenge/solve-challenge.ts'
import { isRefusal, mayPass } from './wire-error.ts'

/**
 * Answers stay fresh for a few seconds, so that going back does not ask again; a refusal by rule is never retried. What is
 * asked is asked at once, also when the browser believes that it is offline: it may be wrong, and a press on `pay` that
 * waits for the network unseen would be a surprise later.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: tellSignedOut }),
  mutationCache: new MutationCache({ onError: tellSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      networkMode: 'always',
      retry: (failures, error) => failures < 4 && mayPass(error) && navigator.onLine,
      retryDelay: (failures) => Math.random() * Math.min(8_000, 400 * 2 ** failures),
    },
    mutations: { networkMode: 'always' },
  },
})

/** The page's one client: calls, the line, what is live. The session is the cookie's. */
export const greenroom = createGreenroom({
  apiUrl: location.origin,
  storage: localStorage,
  // the line page may be open in another tab
  openChannel: (name) => new BroadcastChannel(name),
  solveChallenge,
})

/** Query and mutation options of every procedure, typed by the router. */
export const api = createTRPCOptionsProxy({ client: greenroom.api, queryClient })

const signedOutListeners = new Set<() => void>()

/** Calls back when the server says that nobody is signed in any more: signed out elsewhere, or the session ended. */
export function onSignedOut(listener: () => void): void {
  signedOutListeners.add(listener)
}

/** For refusals that arrive outside queries and mutations. */
export function noteSignedOut(): void {
  for (const listener of signedOutListeners) listener()
}

function tellSignedOut(error: Error): void {
  if (isRefusal(error, 'SIGN_IN_REQUIRED')) noteSignedOut()
}
