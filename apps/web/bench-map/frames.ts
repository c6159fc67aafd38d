/** Milliseconds between one animation frame and the next, since they were last taken. */
export type Frames = { readonly take: () => number[] }

export function watchFrames(): Frames {
  let gapsMs: number[] = []
  let lastMs: number | undefined
  const look = (nowMs: number): void => {
    if (lastMs !== undefined) gapsMs.push(nowMs - lastMs)
    lastMs = nowMs
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  return {
    take: () => {
      const taken = gapsMs
      gapsMs = []
      return taken
    },
  }
}
