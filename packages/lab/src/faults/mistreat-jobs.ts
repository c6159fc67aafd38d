import type { Redis } from 'ioredis'
import type { Fault } from './fault.ts'
import { doubleJobs, type JobMischief, loseJobs, replayJobs } from './job-mischief.ts'

/** What becomes of jobs, all there are while it lasts. */
export const jobFaults: Fault[] = [
  jobFault('jobs-doubled', 'every job that waits or is added runs once more, at once', doubleJobs, {
    isGentle: true,
  }),
  // nobody has a job meanwhile, so nobody is let in
  jobFault('jobs-dropped', 'every job that waits or is added vanishes before a worker has it', loseJobs, {
    isGentle: false,
  }),
  jobFault('jobs-replayed', 'every job that is done is done again', replayJobs, { isGentle: true }),
]

function jobFault(
  name: string,
  says: string,
  begin: (client: Redis) => Promise<JobMischief>,
  { isGentle }: { isGentle: boolean },
): Fault {
  return {
    name,
    says,
    weight: 3,
    isGentle,
    start: async ({ redis }) => {
      const mischief = await begin(redis.client).catch(whenRefused)
      if (mischief === undefined) return undefined
      const { count, stop } = mischief
      return { says, isFelt: () => count.met > 0, jobs: count, stop }
    },
  }
}

/** A Redis that another fault has just started again says so instead of answering. */
function whenRefused(error: unknown): undefined {
  if (!(error instanceof Error && error.name === 'ReplyError')) throw error
}
