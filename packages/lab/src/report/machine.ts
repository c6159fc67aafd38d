import { cpus, release, totalmem } from 'node:os'

export type Machine = { cpu: string; cores: number; memoryGb: number; system: string; node: string }

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
  }
}
