export { createTestDatabase, type TestDatabase } from './testing/test-database.ts'
export { createTestRedis, type TestRedis } from './testing/test-redis.ts'
