import type { Random } from '../seeded-random.ts'
import type { World } from '../world/start-world.ts'

/** A way to break the world, and to mend what was broken. */
export type Fault = {
  /** In kebab-case: what `--only` takes and the report counts. */
  name: string
  says: string
  /** How often it is drawn, beside the others. */
  weight: number
  /** Much goes on while it lasts: good company for other faults. */
  isGentle?: boolean
  /** Whether this machine lets the lab do it; absent: every machine does. */
  isPossible?: (world: World) => boolean
  /** Its mending starts processes again, also such as another fault wants dead. */
  startsProcesses?: boolean
  /**
   * Breaks something. What it answers mends it again, and is called once; everything of it lives again when that resolves.
   * `undefined`: what it waits for did not come, or was broken already, so that it broke nothing.
   */
  start: (world: World, random: Random) => Promise<Running | undefined>
}

export type Running = {
  /** What exactly was broken. */
  says: string
  /** Whether it has met anything to break yet; absent: at once. One that never met anything is not counted. */
  isFelt?: () => boolean
  /** Of one that goes on with jobs. */
  jobs?: JobCount
  stop: () => Promise<void>
}

/** `missed`: jobs that were there while a fault lasted that is for all of them, and that it had no part in. */
export type JobCount = { met: number; missed: number }

/** Nothing to mend: it was over in a moment. */
export async function overAtOnce(): Promise<void> {}
