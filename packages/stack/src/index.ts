export { buildWeb } from './build-web.ts'
export { fetchPgbench } from './fetch-pgbench.ts'
export { findChromium } from './find-chromium.ts'
export { pickPort } from './ports.ts'
export {
  forgetProofPart,
  joinCommits,
  type ProofPart,
  type ProofPartName,
  proofFolder,
  readCommit,
  writeProofPart,
} from './proof-part.ts'
export { type AppName, type AppSettings } from './start-app.ts'
export type { Child } from './spawn-child.ts'
export { testLogFolder } from './testing/keep-logs.ts'
export {
  type PrivatePostgres,
  type PrivateServer,
  startPrivatePostgres,
  startPrivateRedis,
} from './testing/private-servers.ts'
export { backUpRedis, type RedisBackup } from './testing/back-up-redis.ts'
export { backUpPostgres, type PostgresBackup, type Replica, startReplica } from './testing/start-replica.ts'
export { type PrivateRedisCluster, startPrivateRedisCluster } from './testing/start-redis-cluster.ts'
export { type FakeChallengeProvider, startFakeChallengeProvider } from './testing/fake-challenge-provider.ts'
export { seedDemo } from './testing/seed-demo.ts'
export { type Balancer, startBalancer } from './testing/start-balancer.ts'
export { spawnApp } from './testing/spawn-app.ts'
export { type Fleet, type FleetOptions, startFleet } from './testing/start-fleet.ts'
export {
  startProcesses,
  type TestProcess,
  type TestProcesses,
  type TestProcessesOptions,
} from './testing/start-processes.ts'
export { createDemoDatabase, createTestDatabase, type TestDatabase } from './testing/test-database.ts'
export { createTestRedis, type TestRedis } from './testing/test-redis.ts'
