import { appUrlOf } from '../app-login.ts'
import { readStackEnv } from '../env.ts'
import { entryFiles } from '../repository.ts'
import { runScript } from '../run-script.ts'

/** Puts the demo into a migrated, empty database, as `npm start` does. Throws one sentence when it fails. */
export async function seedDemo({ databaseUrl }: { databaseUrl: string }): Promise<void> {
  await runScript({
    name: 'putting in the demo',
    file: entryFiles.seed,
    env: { ...readStackEnv().all, DATABASE_URL: appUrlOf(databaseUrl), SEED: 'demo' },
    onLine: () => undefined,
  })
}
