import { buildPages } from './build/build-pages.ts'

await buildPages({ dist: 'dist' })
// The message compiler's engine leaves timers of 30 s behind when it compiles for the first time: `vite build` would have
// its pages after 3 s and go on living for 28 more, which everybody's first `npm start` would wait for.
process.exit(0)
