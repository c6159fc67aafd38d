import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import { parseJson } from './parse-json.ts'
import { endProcess } from './process-identity.ts'

const identitySchema = z.object({ pid: z.number().int().positive(), startedAt: z.string() })

const runningSchema = z.object({
  launcher: identitySchema,
  origin: z.string(),
  databaseUrl: z.string(),
  /** for programs that do what the processes' own login may not */
  databaseOwnerUrl: z.string().optional(),
  redisUrl: z.string(),
  apps: z.array(identitySchema),
})

/** What runs in a data folder now, or ran when its launcher was killed. */
export type Running = z.infer<typeof runningSchema>

const fileIn = (folder: string): string => join(folder, 'running.json')

/** Undefined when nothing was recorded, or the record is damaged: it only ever helps, so nothing depends on it. */
export function readRunning(folder: string): Running | undefined {
  if (!existsSync(fileIn(folder))) return undefined
  const text = readFileSync(fileIn(folder), 'utf8')
  const parsed = z.preprocess((value) => parseJson(String(value)), runningSchema).safeParse(text)
  return parsed.success ? parsed.data : undefined
}

/** Holds passwords, so it is for its owner's eyes only. */
export function writeRunning(folder: string, running: Running): void {
  writeFileSync(`${fileIn(folder)}.new`, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${fileIn(folder)}.new`, fileIn(folder))
}

export function removeRunning(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

/** Ends the api, gateway and worker that a killed launcher left behind. Only under the instance lock. */
export async function endLeftoverApps(folder: string): Promise<void> {
  const apps = readRunning(folder)?.apps ?? []
  await Promise.all(apps.map((app) => endProcess(app, 'SIGTERM', 10_000)))
}
