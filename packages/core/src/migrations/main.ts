import { migrate } from '../platform/migrate.ts'
import { readDatabaseUrl } from '../platform/env.ts'

const applied = await migrate(readDatabaseUrl())
process.stdout.write(`migrations: ${applied.length === 0 ? 'up to date' : applied.join(', ')}\n`)
