import * as routers from './routers.ts'
import { trpc } from './trpc.ts'

/**
 * Everything the product does, typed. `AppRouter` is all a client needs to know of the server. The routers come as one
 * module, because its type is a name: declarations refer to each router, with what it says of its procedures, where a
 * list written here would be spelled out again without a word of it.
 */
export const appRouter = trpc.router(routers)

export type AppRouter = typeof appRouter
