import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Sequelize } from 'sequelize'
import { makeAppLogin } from './app-login.ts'

const folder = fileURLToPath(new URL('../migrations/', import.meta.url))

/** "greenroom" in hex: any number will do as long as every migrator asks for the same one. */
const migrationLock = 0x67726e72

/**
 * Brings the database up to the newest migration, lets the processes' own login in, and returns the names of the migrations
 * applied now. Each file runs in one transaction; an advisory lock makes two migrators take turns, so a repeat or a race is safe.
 */
export async function migrate(urls: { ownerUrl: string; appUrl: string }): Promise<string[]> {
  // here alone: its 260 modules, a command line among them, are a seventh of what a worker loads to start
  const { SequelizeStorage, Umzug } = await import('umzug')
  const sequelize = new Sequelize(urls.ownerUrl, { logging: false, pool: { max: 2 } })
  try {
    return await sequelize.transaction(async (lock) => {
      await sequelize.query('select pg_advisory_xact_lock($1)', { bind: [migrationLock], transaction: lock })
      const umzug = new Umzug({
        migrations: {
          glob: ['*.sql', { cwd: folder }],
          resolve: ({ name, path }) => ({ name, up: () => runFile(sequelize, path) }),
        },
        storage: new SequelizeStorage({ sequelize, tableName: 'migrations' }),
        logger: undefined,
      })
      const applied = await umzug.up()
      await makeAppLogin(urls)
      return applied.map((migration) => migration.name)
    })
  } finally {
    await sequelize.close()
  }
}

async function runFile(sequelize: Sequelize, path: string | undefined): Promise<void> {
  if (path === undefined) throw new Error('a migration has no file')
  const sql = await readFile(path, 'utf8')
  await sequelize.transaction((transaction) => sequelize.query(sql, { transaction }))
}
