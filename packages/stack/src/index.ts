export { buildWeb } from './build-web.ts'
export { findChromium } from './find-chromium.ts'
export { type PrivateServer, startPrivatePostgres, startPrivateRedis } from './testing/private-servers.ts'
export {
  startProcesses,
  type TestProcess,
  type TestProcesses,
  type TestProcessesOptions,
} from './testing/start-processes.ts'
export { createTestDatabase, type TestDatabase } from './testing/test-database.ts'
export { createTestRedis, type TestRedis } from './testing/test-redis.ts'
