import type { ConcertId } from '@greenroom/contract'
import type { Line } from './line-source.ts'
import type { LiveDeps } from './live-deps.ts'
import type { TabChannel, Tabs } from './tabs.ts'
import { type KnownLine, type LineHandlers, type LineWatch, watchLine } from './watch-line.ts'

/** One call of a handler, as the tab that leads passes it on. A refusal is for the tab that got it. */
type News = {
  [Event in keyof Required<Omit<LineHandlers, 'onRefused'>>]: {
    event: Event
    value: Parameters<Required<LineHandlers>[Event]>[0]
  }
}[keyof Omit<LineHandlers, 'onRefused'>]

/** `hello`: a tab that follows asks for what is known. `alive`: the leader is there, with nothing new to say. */
type TabMessage = { kind: 'news'; news: News } | { kind: 'hello' | 'alive' | 'refresh' }

/**
 * `watchLine` for all tabs of a browser together: one leads, which asks the server and owns the socket, the others show
 * what it tells. When the leader closes another takes over, going on where the first was. A tab that is looked at and hears
 * nothing takes the lead by force: the leader may be frozen. Each tab stops and refreshes for itself.
 */
export function shareLine(
  deps: LiveDeps & { lineSource: Line; tabs: Tabs },
  input: { concertId: ConcertId },
  handlers: LineHandlers,
): LineWatch {
  const { settings, lineSource, tabs } = deps
  const { concertId } = input
  const name = `greenroom:line:${concertId}`
  const channel = tabs.openChannel(name)
  const latest = new Map<News['event'], News>()
  let leading: { watch: LineWatch; end: () => void } | undefined
  let isStopped = false
  let isUrgent = false
  let queueing = new AbortController()
  let saidAtMs = 0
  // a leader that is there answers within moments
  let overdueAtMs = performance.now() + settings.helloMs

  const say = (message: TabMessage): void => {
    saidAtMs = performance.now()
    channel.postMessage(message)
  }
  const tell = (news: News): void => {
    latest.set(news.event, news)
    callHandler(handlers, news)
  }
  const lead = (): Promise<void> =>
    new Promise((end) => {
      if (isStopped) return end()
      const spread = (news: News): void => {
        say({ kind: 'news', news })
        tell(news)
      }
      const watch = watchLine(
        deps,
        { concertId, known: knownFrom(latest) },
        {
          onProgress: (value) => spread({ event: 'onProgress', value }),
          onEntry: (value) => spread({ event: 'onEntry', value }),
          onPlace: (value) => spread({ event: 'onPlace', value }),
          onStatus: (value) => spread({ event: 'onStatus', value }),
          onState: (value) => spread({ event: 'onState', value }),
          onRefused: (refusal) => {
            stop()
            handlers.onRefused?.(refusal)
          },
        },
      )
      leading = { watch, end }
      say({ kind: 'alive' })
    })
  const endLead = (): void => {
    leading?.watch.stop()
    leading?.end()
    leading = undefined
  }
  /** Waits for the lead, or takes it; until another takes it from us, and then waits again. */
  const campaign = async (): Promise<void> => {
    while (!isStopped) {
      queueing = new AbortController()
      const how = isUrgent ? { steal: true } : { signal: queueing.signal }
      isUrgent = false
      await tabs.locks.request(name, how, lead).catch(async (error: unknown) => {
        // a browser that grants no locks to this page: each tab for itself
        if (!isTakenAway(error)) await lead()
      })
      endLead()
      overdueAtMs = performance.now() + settings.silenceMs
    }
  }
  const takeOver = (): void => {
    isUrgent = true
    queueing.abort()
  }

  const hear = (message: TabMessage): void => {
    overdueAtMs = performance.now() + settings.silenceMs
    if (message.kind === 'news' && leading === undefined) tell(message.news)
    if (leading === undefined) return
    if (message.kind === 'hello') {
      say({ kind: 'alive' })
      for (const news of latest.values()) say({ kind: 'news', news })
    }
    if (message.kind === 'refresh') {
      lineSource.noteChange(concertId)
      leading.watch.refresh()
    }
  }
  const lookRound = (): void => {
    const nowMs = performance.now()
    if (leading !== undefined && nowMs - saidAtMs >= settings.silenceMs / 3) say({ kind: 'alive' })
    if (leading === undefined && nowMs >= overdueAtMs && tabs.isVisible()) takeOver()
  }

  listen(channel, hear)
  say({ kind: 'hello' })
  const looking = setInterval(lookRound, settings.helloMs / 2)
  const stop = (): void => {
    isStopped = true
    clearInterval(looking)
    queueing.abort()
    endLead()
    channel.close()
  }
  void campaign()
  return {
    stop,
    refresh: () => (leading === undefined ? say({ kind: 'refresh' }) : leading.watch.refresh()),
  }
}

function callHandler(handlers: LineHandlers, { event, value }: News): void {
  const handler: ((value: never) => void) | undefined = handlers[event]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- event and value are one pair of `News`
  handler?.(value as never)
}

function knownFrom(latest: ReadonlyMap<News['event'], News>): KnownLine {
  const known: KnownLine = {}
  for (const { event, value } of latest.values()) {
    if (event === 'onEntry') known.entry = value
    if (event === 'onProgress') known.progress = value
    if (event === 'onPlace') known.place = value
  }
  return known
}

/** Tabs of one origin speak to each other alone; one that is older than a release may say what we do not know. */
function listen(channel: TabChannel, hear: (message: TabMessage) => void): void {
  channel.addEventListener('message', ({ data }) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own tabs' words, as typed where they are said
    if (data instanceof Object && 'kind' in data) hear(data as TabMessage)
  })
}

/** Another tab took the lead, or we no longer wait for it. */
function isTakenAway(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
