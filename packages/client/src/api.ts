import type { AppRouter } from '@greenroom/router'
import {
  createTRPCClient,
  createWSClient,
  type getFetch,
  httpBatchLink,
  splitLink,
  type TRPCClient,
  wsLink,
} from '@trpc/client'

/** Every procedure of the server, typed by its router. */
export type Api = TRPCClient<AppRouter>

export type ApiOptions = {
  /** Where the api answers, such as `https://tickets.example`. */
  apiUrl: string
  token: () => string | undefined
}

/** A call is given up after this long: a connection that died in somebody's pocket never answers. */
const callTimeoutMs = 15_000

/** A URL the server's 404 for over-long lines never sees: longer batches go out in parts. */
const maxUrlLength = 8_000

/**
 * Queries and mutations go over HTTP, those of one tick in one request; subscriptions over one WebSocket, opened when
 * the first begins and closed when the last has ended.
 */
export function createApi(options: ApiOptions): Api {
  const tokenParam = (): { token?: string } => {
    const token = options.token()
    return token === undefined ? {} : { token }
  }
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: wsLink({
          client: createWSClient({
            url: trpcUrl(options).replace(/^http/, 'ws'),
            connectionParams: tokenParam,
            lazy: { enabled: true, closeMs: 1_000 },
          }),
        }),
        false: callLink(options),
      }),
    ],
  })
}

/** Queries and mutations alone: a page that needs no subscription does not load what makes them. */
export function createCalls(options: ApiOptions): Api {
  return createTRPCClient<AppRouter>({ links: [callLink(options)] })
}

function callLink(options: ApiOptions) {
  return httpBatchLink<AppRouter>({
    url: trpcUrl(options),
    maxURLLength: maxUrlLength,
    maxItems: 20,
    headers: () => {
      const token = options.token()
      return token === undefined ? {} : { authorization: `Bearer ${token}` }
    },
    fetch: fetchInTime,
  })
}

function trpcUrl({ apiUrl }: ApiOptions): string {
  return `${apiUrl.replace(/\/$/, '')}/trpc`
}

const fetchInTime: ReturnType<typeof getFetch> = (input, init) => {
  const timeout = AbortSignal.timeout(callTimeoutMs)
  const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout
  return fetch(input, { ...init, signal })
}
