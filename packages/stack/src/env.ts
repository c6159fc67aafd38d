/** The settings of the environment, read in one place. Every field is absent when its variable is unset or empty. */
export type StackEnv = {
  path: string
  host: string | undefined
  port: string | undefined
  gatewayPort: string | undefined
  dataDir: string | undefined
  databaseUrl: string | undefined
  databaseOwnerUrl: string | undefined
  redisUrl: string | undefined
  publicOrigin: string | undefined
  secret: string | undefined
  contracts: string | undefined
  deployment: string | undefined
  seed: string | undefined
  testDatabaseUrl: string | undefined
  testRedisUrl: string | undefined
  /** a replica of the tests' Postgres that confirms each commit before it is acknowledged */
  testReplicaUrl: string | undefined
  /** where tests keep what the processes they start write */
  testLogDir: string | undefined
  /** all of it, for child processes */
  all: NodeJS.ProcessEnv
}

export function readStackEnv(source: NodeJS.ProcessEnv = process.env): StackEnv {
  const read = (name: string): string | undefined => (source[name] === '' ? undefined : source[name])
  return {
    path: read('PATH') ?? '/usr/local/bin:/usr/bin:/bin',
    host: read('LISTEN_HOST'),
    port: read('PORT'),
    gatewayPort: read('GATEWAY_PORT'),
    dataDir: read('DATA_DIR'),
    databaseUrl: read('DATABASE_URL'),
    databaseOwnerUrl: read('DATABASE_OWNER_URL'),
    redisUrl: read('REDIS_URL'),
    publicOrigin: read('PUBLIC_ORIGIN'),
    secret: read('SECRET'),
    contracts: read('CONTRACTS'),
    deployment: read('DEPLOYMENT'),
    seed: read('SEED'),
    testDatabaseUrl: read('TEST_DATABASE_URL'),
    testRedisUrl: read('TEST_REDIS_URL'),
    testReplicaUrl: read('TEST_REPLICA_URL'),
    testLogDir: read('TEST_LOG_DIR'),
    all: { ...source },
  }
}
