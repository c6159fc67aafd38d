/** Draws once for each animation frame in which something is to be drawn, and not at all while the tab is hidden. */
export type FrameLoop = { readonly request: () => void; readonly stop: () => void }

/** `draw` says whether the next frame is wanted too. */
export function startFrameLoop(draw: (nowMs: number) => boolean): FrameLoop {
  let handle: number | undefined
  let isStopped = false
  const run = (nowMs: number): void => {
    handle = undefined
    if (draw(nowMs)) request()
  }
  const request = (): void => {
    if (handle === undefined && !isStopped) handle = requestAnimationFrame(run)
  }
  return {
    request,
    stop: () => {
      isStopped = true
      if (handle !== undefined) cancelAnimationFrame(handle)
    },
  }
}

/** For what is dear and changes slowly: `draw` in a frame, at most once in `everyMs`, and not at all while the tab is hidden. */
export function startSlowLoop(draw: () => void, everyMs: number): FrameLoop {
  let timer: ReturnType<typeof setTimeout> | undefined
  const loop = startFrameLoop(() => {
    timer = undefined
    draw()
    return false
  })
  return {
    request: () => {
      timer ??= setTimeout(loop.request, everyMs)
    },
    stop: () => {
      clearTimeout(timer)
      loop.stop()
    },
  }
}
