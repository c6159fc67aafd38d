import { cutAtCommit } from './cut-at-commit.ts'
import { cutAtStatement } from './cut-at-statement.ts'
import type { Fault } from './fault.ts'
import { killAtCommand } from './kill-at-command.ts'
import { killAtStatement } from './kill-at-statement.ts'
import { killProcess } from './kill-process.ts'
import { jobFaults } from './mistreat-jobs.ts'
import { messageFaults } from './mistreat-messages.ts'
import {
  backendsTerminated,
  diskFull,
  logDiskFull,
  postgresFrozen,
  postgresSlow,
  postgresStopped,
} from './postgres-down.ts'
import {
  redisEmptied,
  redisFlushed,
  redisFrozen,
  redisFull,
  redisKilled,
  redisPartlyLost,
  redisSlow,
} from './redis-down.ts'
import { resetConnections } from './reset-connections.ts'
import { rollingRestart } from './rolling-restart.ts'
import { shiftClock } from './shift-clock.ts'
import { stopProcess } from './stop-process.ts'
import { lineTroubles } from './trouble-line.ts'
import { workersDead } from './workers-dead.ts'

/** Every fault the lab knows. */
export const allFaults: readonly Fault[] = [
  killProcess,
  killAtStatement,
  killAtCommand,
  cutAtCommit,
  cutAtStatement,
  resetConnections,
  ...lineTroubles,
  workersDead,
  stopProcess,
  rollingRestart,
  shiftClock,
  redisKilled,
  redisEmptied,
  redisFlushed,
  redisPartlyLost,
  redisFrozen,
  redisFull,
  redisSlow,
  postgresStopped,
  postgresFrozen,
  postgresSlow,
  backendsTerminated,
  diskFull,
  logDiskFull,
  ...jobFaults,
  ...messageFaults,
]
