import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Sample } from './in-flight.ts'
import type { RecordedScript } from './recorded-scripts.ts'

const run = promisify(execFile)
const timeoutMs = 60_000

/** Out of a number range in which the same fan hardly comes twice. */
const fanRange = 100_000_000_000

/**
 * The script as `redis-benchmark` sends it, each time for another fan. It comes with Debian's redis-server, so where that was
 * installed it is there. It counts what it sent and asks for no reply in particular.
 */
export async function runRedisBenchmark(
  redisUrl: string,
  script: RecordedScript,
  { clients, requests }: { clients: number; requests: number },
): Promise<Sample> {
  const { stdout } = await run(
    'redis-benchmark',
    [
      ...addressOf(redisUrl),
      '-c',
      `${clients}`,
      '-n',
      `${requests}`,
      '-r',
      `${fanRange}`,
      '--csv',
      'EVALSHA',
      script.sha,
      `${script.keys.length}`,
      ...script.keys,
      '__rand_int__',
      ...script.args.slice(1),
    ],
    { timeout: timeoutMs },
  )
  // the last line: what was run, requests a second, latencies
  const perSecond = Number(/","([\d.]+)",.*$/.exec(stdout.trim().split('\n').at(-1) ?? '')?.[1])
  if (!(perSecond > 0)) throw new Error(`redis-benchmark gave no rate:\n${stdout}`)
  return {
    attempted: requests,
    succeeded: requests,
    elapsedMs: (requests * 1_000) / perSecond,
    latenciesMs: [],
  }
}

function addressOf(redisUrl: string): string[] {
  const { hostname, port, password, pathname } = new URL(redisUrl)
  const secret = password === '' ? [] : ['-a', password]
  return ['-h', hostname, '-p', port, '--dbnum', pathname.slice(1) || '0', ...secret]
}
