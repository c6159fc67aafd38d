import type { Route } from '../route.ts'
import { concertRoutes } from './concerts.ts'

/** Every route of `/v1`, in the order of the document. */
export const v1Routes: Route[] = [...concertRoutes]
