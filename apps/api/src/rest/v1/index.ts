import type { Route } from '../route.ts'
import { accountRoutes } from './accounts.ts'
import { concertRoutes } from './concerts.ts'
import { holdRoutes } from './holds.ts'
import { paymentRoutes } from './payments.ts'
import { queueRoutes } from './queue.ts'
import { reservationRoutes } from './reservations.ts'
import { seatRoutes } from './seats.ts'
import { ticketRoutes } from './tickets.ts'
import { walletRoutes } from './wallet.ts'

/** Every route of `/v1`, in the order of the document. */
export const v1Routes: Route[] = [
  ...accountRoutes,
  ...concertRoutes,
  ...queueRoutes,
  ...seatRoutes,
  ...holdRoutes,
  ...reservationRoutes,
  ...walletRoutes,
  ...paymentRoutes,
  ...ticketRoutes,
]
