import { openServers, type Servers } from './open-servers.ts'

/** Opens servers for a command and removes them with their data when it is done, fails or is told to stop. */
export async function withServers(work: (servers: Servers) => Promise<void>): Promise<void> {
  const servers = await openServers()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void servers.stop().finally(() => process.exit(130)))
  try {
    await work(servers)
  } finally {
    await servers.stop()
  }
}
