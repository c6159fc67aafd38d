import type { Account } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import { api, greenroom, queryClient } from '../data/api.ts'
import { forgetTurns } from '../line/missed-turn.ts'
import { forgetTickets } from '../tickets/tickets-place.ts'

const meQuery = { ...api.accounts.me.queryOptions(), staleTime: 60_000 }

/** Who is signed in: `null` for nobody, `undefined` while unknown. */
export function useMe(): Account | null | undefined {
  return useQuery(meQuery).data
}

/** The same for what cannot wait to be drawn: asked for when it is not known yet. */
export function readMe(): Promise<Account | null> {
  return queryClient.ensureQueryData(meQuery)
}

/** What the caller changed about themselves, for every place that shows it. */
export function keepMe(me: Account): void {
  queryClient.setQueryData(meQuery.queryKey, me)
}

/** For a route's `beforeLoad`: sends a stranger to sign in, and back here afterwards. */
export async function requireFan({ location }: { location: { href: string } }): Promise<void> {
  const me = await readMe()
  if (me === null) redirect({ to: '/sign-in', search: { to: location.href }, throw: true })
}

/** After signing in or out: what was read as somebody else is forgotten, here and on the device; the socket says who we are. */
export function becomeFan(me: Account | null): void {
  queryClient.clear()
  forgetTickets(localStorage)
  forgetTurns(localStorage)
  queryClient.setQueryData(meQuery.queryKey, me)
  if (me !== null) greenroom.line.belongTo(me.accountId)
  greenroom.live.reconnect()
}
