import type { ConcertId } from '@greenroom/contract'
import type { Line } from './line-source.ts'
import type { LiveDeps } from './live-deps.ts'
import { fansAhead, isSameWait, nextPlace } from './place-in-line.ts'
import type { TabChannel, Tabs } from './tabs.ts'
import {
  isOlder,
  type KnownLine,
  type LineHandlers,
  type LineWatch,
  type OwnAnswer,
  watchLine,
} from './watch-line.ts'

/** One call of a handler, as the tab that leads passes it on. A refusal is for the tab that got it. */
type News = {
  [Event in keyof Required<Omit<LineHandlers, 'onRefused'>>]: {
    event: Event
    value: Parameters<Required<LineHandlers>[Event]>[0]
  }
}[keyof Omit<LineHandlers, 'onRefused'>]

/**
 * `hello`: a tab that follows asks for what is known. `alive`: the leader is there, with nothing new to say. `answer`: what a
 * tab that follows was answered when its fan joined, went in or left.
 */
type TabMessage =
  | { kind: 'news'; news: News }
  | { kind: 'answer'; answer: OwnAnswer }
  | { kind: 'hello' | 'alive' | 'refresh' }

/**
 * `watchLine` for all tabs of a browser together: one leads, which asks the server and owns the socket, the others show
 * what it tells. When the leader closes another takes over, going on where the first was. A tab that is looked at and hears
 * nothing takes the lead by force: the leader may be frozen. Each tab stops and refreshes for itself, and what the fan does
 * in one is shown by all at once, whoever leads.
 */
export function shareLine(
  deps: LiveDeps & { lineSource: Line; tabs: Tabs },
  input: { concertId: ConcertId },
  handlers: LineHandlers,
): LineWatch {
  const { settings, lineSource, tabs } = deps
  const { concertId } = input
  const name = nameOf(concertId)
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

  /** Asks something of the leader, which says within moments that it is there. */
  const ask = (message: TabMessage): void => {
    overdueAtMs = Math.min(overdueAtMs, performance.now() + settings.helloMs)
    say(message)
  }
  const tellAnswer = (answer: OwnAnswer): void => {
    const known = knownFrom(latest)
    if (!isOlder(answer.entry, known.entry)) for (const news of newsOf(answer, known)) tell(news)
  }
  /** The leader's own watch hears of it by itself. */
  const onAnswer = (answer: OwnAnswer): void => {
    if (leading !== undefined) return
    tellAnswer(answer)
    ask({ kind: 'answer', answer })
  }

  const hear = (message: TabMessage): void => {
    if (leading !== undefined) return obey(leading.watch, message)
    if (message.kind === 'answer') tellAnswer(message.answer)
    // only the leader says these
    if (message.kind === 'news' || message.kind === 'alive')
      overdueAtMs = performance.now() + settings.silenceMs
    if (message.kind === 'news') tell(message.news)
  }
  const obey = (watch: LineWatch, message: TabMessage): void => {
    if (message.kind === 'news' || message.kind === 'alive') return
    say({ kind: 'alive' })
    if (message.kind === 'hello') for (const news of latest.values()) say({ kind: 'news', news })
    if (message.kind === 'answer') lineSource.noteChange(concertId, message.answer)
    if (message.kind === 'refresh') {
      lineSource.noteChange(concertId)
      watch.refresh()
    }
  }
  const lookRound = (): void => {
    const nowMs = performance.now()
    if (leading !== undefined && nowMs - saidAtMs >= settings.silenceMs / 3) say({ kind: 'alive' })
    if (leading === undefined && nowMs >= overdueAtMs && tabs.isVisible()) takeOver()
  }

  listen(channel, hear)
  const endAnswers = lineSource.onAnswer(concertId, onAnswer)
  say({ kind: 'hello' })
  const looking = setInterval(lookRound, settings.helloMs / 2)
  const stop = (): void => {
    isStopped = true
    endAnswers()
    clearInterval(looking)
    queueing.abort()
    endLead()
    channel.close()
  }
  void campaign()
  return {
    stop,
    refresh: () => (leading === undefined ? ask({ kind: 'refresh' }) : leading.watch.refresh()),
  }
}

/** From a page that does not share its watches, to the tabs that do: what its fan was answered. */
export function tellTabs(openChannel: Tabs['openChannel'], concertId: ConcertId, answer: OwnAnswer): void {
  const channel = openChannel(nameOf(concertId))
  const message: TabMessage = { kind: 'answer', answer }
  channel.postMessage(message)
  channel.close()
}

/** Of the lock and of the channel. */
function nameOf(concertId: ConcertId): string {
  return `greenroom:line:${concertId}`
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

/** What a tab that follows makes of an answer of its own, or of another's, as the leader's watch does. */
function newsOf({ entry, status }: OwnAnswer, known: KnownLine): News[] {
  const progress = status?.progress ?? known.progress
  const shown = isSameWait(known.entry, entry) ? (known.place ?? null) : null
  return [
    ...(status === undefined ? [] : [{ event: 'onProgress', value: status.progress } as const]),
    { event: 'onEntry', value: entry },
    { event: 'onPlace', value: nextPlace(shown, fansAhead(entry, progress)) },
    ...(status === undefined ? [] : [{ event: 'onStatus', value: status } as const]),
  ]
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
