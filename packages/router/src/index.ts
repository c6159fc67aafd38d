export { type AppRouter, appRouter } from './app-router.ts'
export type { Context } from './context.ts'
