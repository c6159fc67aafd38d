import { closeDatabase, openDatabase } from '../platform/database.ts'
import { readSeedDatabaseUrl } from '../platform/env.ts'
import { endWhenAsked, readOrEnd } from '../platform/read-or-end.ts'
import { type SeedResult, seedDemo } from './seed-demo.ts'

const messages: Record<SeedResult, string> = {
  seeded: 'the demo is ready: 100 fans, an operator, three concerts',
  hasConcerts: 'there are concerts already, nothing to do',
  hasAccounts:
    'there are accounts already, and the demo wants to be the first: use an empty DATA_DIR, or SEED=none',
}

endWhenAsked()
const db = openDatabase(await readOrEnd('seed', readSeedDatabaseUrl), 2)
try {
  process.stdout.write(`seeding: ${messages[await seedDemo({ db })]}\n`)
} finally {
  await closeDatabase(db)
}
