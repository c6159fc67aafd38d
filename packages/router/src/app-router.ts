import { accountsRouter } from './accounts-router.ts'
import { catalogueRouter } from './catalogue-router.ts'
import { operatorRouter } from './operator-router.ts'
import { paymentsRouter } from './payments-router.ts'
import { reservationsRouter } from './reservations-router.ts'
import { seatsRouter } from './seats-router.ts'
import { ticketsRouter } from './tickets-router.ts'
import { trpc } from './trpc.ts'
import { waitingRoomRouter } from './waiting-room-router.ts'
import { walletRouter } from './wallet-router.ts'

/** Everything the product does, typed. `AppRouter` is all a client needs to know of the server. */
export const appRouter = trpc.router({
  accounts: accountsRouter,
  catalogue: catalogueRouter,
  waitingRoom: waitingRoomRouter,
  seats: seatsRouter,
  reservations: reservationsRouter,
  wallet: walletRouter,
  payments: paymentsRouter,
  tickets: ticketsRouter,
  operator: operatorRouter,
})

export type AppRouter = typeof appRouter
