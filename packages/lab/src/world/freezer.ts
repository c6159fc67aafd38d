export type Freezer = {
  /** It stands still until `thaw`, or what this answers. `undefined`: it does already. */
  freeze: (pid: number) => (() => void) | undefined
  /** Nothing happens to what is not frozen: one that was started anew is another. */
  thaw: (pid: number) => void
}

/** Stops one thing at a time and lets it go on; `signal` reaches all of its processes. */
export function createFreezer(signal: (pid: number, name: 'SIGSTOP' | 'SIGCONT') => void): Freezer {
  let frozenPid: number | undefined
  const thaw = (pid: number): void => {
    if (pid !== frozenPid) return
    frozenPid = undefined
    signal(pid, 'SIGCONT')
  }
  return {
    freeze: (pid) => {
      if (pid === frozenPid) return undefined
      frozenPid = pid
      signal(pid, 'SIGSTOP')
      return () => thaw(pid)
    },
    thaw,
  }
}
