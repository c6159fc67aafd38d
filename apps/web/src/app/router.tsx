import type { ConcertId, ReservationId, ShowId, TicketId } from '@greenroom/contract'
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { requireFan } from '../session/me.ts'
import { parseReturnPath } from '../session/return-path.ts'
import { ConcertListPage } from '../concerts/concert-list-page.tsx'
import { api, queryClient } from '../data/api.ts'
import type { requireTickets as RequireTickets } from '../tickets/require-tickets.ts'
import { currentLocale } from '../text/locale.ts'
import { prepareDates } from '../text/instants.ts'
import { consoleRoutes } from './console-routes.tsx'
import { ErrorPage } from './error-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { PageSkeleton } from './page-skeleton.tsx'
import { parseId } from './parse-id.ts'
import { retold } from './retold.tsx'
import { root } from './root-route.tsx'

declare module '@tanstack/react-router' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- adds to the library's own interface
  interface Register {
    router: typeof router
  }
  // oxlint-disable-next-line typescript/consistent-type-definitions -- as above
  interface StaticDataRouteOption {
    /** the page has exactly the window's height and scrolls inside */
    fillsWindow?: boolean
  }
}

/** This document was loaded at the line's address. */
let isArriving = /^\/concerts\/[^/]+\/line\/?$/.test(location.pathname)

const home = createRoute({ getParentRoute: () => root, path: '/', component: retold(ConcertListPage) })

const concert = createRoute({
  getParentRoute: () => root,
  path: '/concerts/$concertId',
  params: { parse: (raw) => ({ concertId: parseId<ConcertId>(raw.concertId) }) },
  loader: ({ params }) => queryClient.ensureQueryData(api.catalogue.concert.queryOptions(params)),
  component: retold(lazyRouteComponent(() => import('../concerts/concert-page.tsx'), 'ConcertPage')),
})

const line = createRoute({
  getParentRoute: () => root,
  path: '/concerts/$concertId/line',
  params: { parse: (raw) => ({ concertId: parseId<ConcertId>(raw.concertId) }) },
  // `join`: the fan asked to stand in line before signing in
  validateSearch: (search): { join?: boolean } => (search['join'] === true ? { join: true } : {}),
  beforeLoad: leaveForLinePage,
})

const SeatsPage = retold(lazyRouteComponent(() => import('../seats/seats-page.tsx'), 'SeatsPage'))

const seats = createRoute({
  getParentRoute: () => root,
  path: '/concerts/$concertId/shows/$showId',
  params: {
    parse: (raw) => ({ concertId: parseId<ConcertId>(raw.concertId), showId: parseId<ShowId>(raw.showId) }),
  },
  // page, concert and fan are asked for at once, not one after another: everybody who is let in waits for these
  beforeLoad: async ({ params: { concertId: id }, location }) => {
    void queryClient.prefetchQuery(api.catalogue.concert.queryOptions({ concertId: id }))
    void SeatsPage.preload?.()
    prepareDates(currentLocale())
    await requireFan({ location })
  },
  loader: ({ params: { concertId: id } }) =>
    queryClient.ensureQueryData(api.catalogue.concert.queryOptions({ concertId: id })),
  staticData: { fillsWindow: true },
  component: SeatsPage,
})

const checkout = createRoute({
  getParentRoute: () => root,
  path: '/checkout/$reservationIds',
  params: {
    parse: (raw) => ({
      reservationIds: raw.reservationIds.split(',').map((each) => parseId<ReservationId>(each)),
    }),
    stringify: ({ reservationIds }) => ({ reservationIds: reservationIds.join(',') }),
  },
  beforeLoad: requireFan,
  loader: ({ params }) =>
    Promise.all(
      params.reservationIds.map((id) =>
        queryClient.ensureQueryData(api.reservations.get.queryOptions({ reservationId: id })),
      ),
    ),
  component: retold(lazyRouteComponent(() => import('../checkout/checkout-page.tsx'), 'CheckoutPage')),
})

const reservations = createRoute({
  getParentRoute: () => root,
  path: '/reservations',
  beforeLoad: requireFan,
  component: retold(
    lazyRouteComponent(() => import('../reservations/reservations-page.tsx'), 'ReservationsPage'),
  ),
})

/** What the device keeps of tickets is read by their schema, which the other pages do without. */
const requireTickets: typeof RequireTickets = async (input) =>
  await (await import('../tickets/require-tickets.ts')).requireTickets(input)

const tickets = createRoute({
  getParentRoute: () => root,
  path: '/tickets',
  beforeLoad: requireTickets,
  component: retold(lazyRouteComponent(() => import('../tickets/tickets-page.tsx'), 'TicketsPage')),
})

const ticket = createRoute({
  getParentRoute: () => root,
  path: '/tickets/$ticketId',
  params: { parse: (raw) => ({ ticketId: parseId<TicketId>(raw.ticketId) }) },
  beforeLoad: requireTickets,
  loader: async ({ params }) => {
    const { ticketQuery } = await import('../tickets/use-tickets.ts')
    return await queryClient.ensureQueryData(ticketQuery(params.ticketId))
  },
  component: retold(lazyRouteComponent(() => import('../tickets/ticket-page.tsx'), 'TicketPage')),
})

const wallet = createRoute({
  getParentRoute: () => root,
  path: '/wallet',
  beforeLoad: requireFan,
  component: retold(lazyRouteComponent(() => import('../wallet/wallet-page.tsx'), 'WalletPage')),
})

const profile = createRoute({
  getParentRoute: () => root,
  path: '/profile',
  beforeLoad: requireFan,
  component: retold(lazyRouteComponent(() => import('../session/profile-page.tsx'), 'ProfilePage')),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseReturnPath,
  component: retold(lazyRouteComponent(() => import('../session/sign-in-page.tsx'), 'SignInPage')),
})

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  validateSearch: parseReturnPath,
  component: retold(lazyRouteComponent(() => import('../session/sign-up-page.tsx'), 'SignUpPage')),
})

/** For those who build these pages; nothing leads here. */
const design = createRoute({
  getParentRoute: () => root,
  path: '/design',
  component: retold(lazyRouteComponent(() => import('../design-page/design-page.tsx'), 'DesignPage')),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    concert,
    line,
    seats,
    checkout,
    reservations,
    tickets,
    ticket,
    wallet,
    profile,
    signIn,
    signUp,
    design,
    consoleRoutes,
  ]),
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 250,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

/**
 * The line page is a document of its own (`line.html`): going there leaves this one, whose address is the line's by now. Who
 * got this document at that address is offline and has it from the service worker: the error page says so and tries again.
 */
async function leaveForLinePage({ preload }: { preload: boolean }): Promise<void> {
  if (preload) return
  if (isArriving) {
    isArriving = false
    throw new Error('the line page did not arrive')
  }
  location.reload()
  await new Promise(() => undefined)
}
