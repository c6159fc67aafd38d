import { defineConfig } from 'vitest/config'

const stack = './packages/stack/src/testing/global-setup.ts'
const web = './packages/stack/src/testing/build-web-setup.ts'

/**
 * `pnpm pictures:check`: apart from `npm test`, because glyphs are drawn otherwise by other fonts and browsers than those
 * that the pictures of `e2e/pictures/baseline` were taken with.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 1,
    include: ['e2e/pictures/*.check.ts'],
    globalSetup: [stack, web],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
})
