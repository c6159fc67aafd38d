import type { AppRouter } from '@greenroom/router'
import {
  createTRPCClient,
  createWSClient,
  httpBatchLink,
  splitLink,
  type TRPCClient,
  wsLink,
} from '@trpc/client'
import { fetchInTime } from './fetch-in-time.ts'

/** Every procedure of the server, typed by its router. */
export type Api = TRPCClient<AppRouter>

export type ApiOptions = {
  /** Where the api answers, such as `https://tickets.example`. */
  apiUrl: string
  token: () => string | undefined
}

/** A URL the server's 404 for over-long lines never sees: longer batches go out in parts. */
const maxUrlLength = 8_000

/**
 * Queries and mutations go over HTTP, those of one tick in one request; subscriptions over one WebSocket, opened when
 * the first begins and closed when the last has ended.
 */
export function createApi(options: ApiOptions): Api {
  const base = options.apiUrl.replace(/\/$/, '')
  const authorization = (): Record<string, string> => {
    const token = options.token()
    return token === undefined ? {} : { authorization: `Bearer ${token}` }
  }
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
            url: `${base.replace(/^http/, 'ws')}/trpc`,
            connectionParams: tokenParam,
            lazy: { enabled: true, closeMs: 1_000 },
          }),
        }),
        false: httpBatchLink({
          url: `${base}/trpc`,
          maxURLLength: maxUrlLength,
          maxItems: 20,
          headers: authorization,
          fetch: fetchInTime,
        }),
      }),
    ],
  })
}
