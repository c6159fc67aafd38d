import { readMigrationUrls } from '../platform/env.ts'
import { migrate } from '../platform/migrate.ts'
import { endWhenAsked, readOrEnd } from '../platform/read-or-end.ts'

endWhenAsked()
const applied = await migrate(await readOrEnd('migrate', readMigrationUrls))
process.stdout.write(`migrations: ${applied.length === 0 ? 'up to date' : applied.join(', ')}\n`)
