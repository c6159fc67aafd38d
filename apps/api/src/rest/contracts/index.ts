import type { Route } from '../route.ts'
import { apiV1Routes } from './api-v1.ts'
import { bookingRoutes } from './booking.ts'
import { customersRoutes } from './customers.ts'
import { reservationRoutes } from './reservation.ts'

/** Every route of the contracts. `flow` is `/v1` itself. */
export const contractRoutes: Route[] = [
  ...apiV1Routes,
  ...bookingRoutes,
  ...reservationRoutes,
  ...customersRoutes,
]
