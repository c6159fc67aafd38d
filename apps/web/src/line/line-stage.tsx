import type { ConcertId, ConcertPage } from '@greenroom/contract'
import type { ReactNode } from 'react'
import { Button } from '../design/button.tsx'
import { LampBar } from '../design/lamp-bar.tsx'
import { useHeadingFocus } from '../design/use-heading-focus.ts'
import { m } from '../paraglide/messages.js'
import { useServerNow } from '../clock/use-server-now.ts'
import { formatCountdown } from '../text/durations.ts'
import { tellCount } from '../text/money.ts'
import { CodeEntry } from './code-entry.tsx'
import { InsideCall } from './inside-call.tsx'
import { JoinCall } from './join-call.tsx'
import { LeaveButton } from './leave-button.tsx'
import { lineClient } from './line-client.ts'
import { leaveLine, useMissedTurn } from './missed-turn.ts'
import { ownProgress } from './own-progress.ts'
import type { LineView } from './use-line.ts'
import { PhaseLine } from './phase-line.tsx'

/** The picture of the wait: a stage that gets lighter as one's turn comes nearer, with the place in its light. */
export function LineStage(props: {
  line: LineView & { refresh: () => void }
  concertId: ConcertId
  concert: ConcertPage | undefined
}) {
  const { line, concertId } = props
  const share = shareOf(line, concertId)
  const { entry } = line
  // a turn has a dialog of its own, which takes the focus
  const stage = useHeadingFocus<HTMLElement>(entry?.state === 'offered' ? 'waiting' : entry?.state)
  return (
    <section
      ref={stage}
      aria-label={m.your_place()}
      className="night relative isolate mt-3 overflow-hidden rounded-panel border border-rule/40 bg-stage text-cream"
    >
      <StageLight share={share} />
      <div className="px-5 pt-6 sm:px-10 sm:pt-8">
        <LampBar share={share} lamps={24} size="lg" />
      </div>
      <div className="flex min-h-[24rem] flex-col items-center justify-center px-5 pt-8 pb-6 text-center sm:min-h-[27rem] sm:px-10">
        <StageContent {...props} />
        {(entry?.state === 'none' || isKept(line)) && (
          <CodeEntry use={(code) => lineClient.line.useCode(concertId, code)} onFailure={line.refresh} />
        )}
      </div>
      {(line.entry === undefined || isKept(line)) && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-cream/10 px-5 py-3 sm:px-10">
          <p className="flex-1 basis-60 text-sm text-cream/75">
            {line.entry === undefined ? (
              <span aria-hidden="true" className="skeleton">
                {m.promise()}
              </span>
            ) : (
              m.promise()
            )}
          </p>
          {line.entry === undefined ? (
            <Button tone="quiet" size="sm" disabled className="invisible -mx-3">
              {m.leave_line()}
            </Button>
          ) : (
            <LeaveButton leave={() => leaveLine(lineClient.line, concertId)} onFailure={line.refresh} />
          )}
        </div>
      )}
    </section>
  )
}

/** Whoever waits keeps their place, until there is nothing to wait for. */
function isKept({ entry, progress }: Parameters<typeof LineStage>[0]['line']): boolean {
  return entry?.state === 'waiting' && progress?.phase !== 'closed'
}

function StageContent({ line, concertId, concert }: Parameters<typeof LineStage>[0]): ReactNode {
  const { entry, progress } = line
  const missedAtMs = useMissedTurn(concertId, entry)
  if (entry === undefined || progress === undefined) return <StageSkeleton />
  if (entry.state === 'none')
    return (
      <JoinCall
        phase={progress.phase}
        status={line.status}
        missedAtMs={missedAtMs}
        timeZone={concert?.timeZone}
        join={() => lineClient.line.join(concertId)}
        onFailure={line.refresh}
      />
    )
  if (entry.state === 'active') return <InsideCall entry={entry} concert={concert} />
  if (entry.state === 'offered') return <BigWord title={m.turn_title()}>{m.turn_text()}</BigWord>
  if (progress.phase === 'closed') return <BigWord title={m.phase_closed()}>{m.line_closed()}</BigWord>
  if (line.ahead === null) return <Lobby opensAtMs={line.status?.opensAtMs} />
  return (
    <>
      <h1 className="text-base font-medium text-cream/80">{m.your_place()}</h1>
      <p className="mt-1 text-[clamp(4.5rem,22vw,11rem)] leading-none font-extrabold tracking-[-0.055em]">
        {tellCount(line.ahead + 1)}
      </p>
      <p className="mt-4 text-lg">
        {line.ahead === 0 ? m.you_are_next() : m.fans_ahead({ count: tellCount(line.ahead) })}
      </p>
      <PhaseLine phase={progress.phase} />
    </>
  )
}

/** Before the draw there is no place yet: the time until it is drawn. */
function Lobby({ opensAtMs }: { opensAtMs: number | undefined }) {
  const nowMs = useServerNow()
  const isDrawn = opensAtMs !== undefined && opensAtMs <= nowMs
  return (
    <>
      <h1 className="text-base font-medium text-cream/80">{isDrawn ? m.drawing() : m.draw_in()}</h1>
      <p className="mt-1 text-[clamp(3.75rem,18vw,8.5rem)] leading-none font-extrabold tracking-[-0.05em]">
        {opensAtMs === undefined ? '–' : formatCountdown(opensAtMs - nowMs)}
      </p>
      <p className="mt-5 max-w-[36ch] text-lg">{m.lobby_text()}</p>
    </>
  )
}

function BigWord({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h1 className="text-[clamp(2.25rem,9vw,4.5rem)] font-extrabold">{title}</h1>
      <p className="mt-4 max-w-[36ch] text-lg text-cream/85">{children}</p>
    </>
  )
}

function StageSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col items-center">
      <h1 className="skeleton text-base font-medium">{m.loading()}</h1>
      <span className="skeleton mt-3 h-[clamp(4rem,20vw,10rem)] w-52 sm:w-80" />
      <span aria-hidden="true" className="skeleton mt-5">
        {m.fans_ahead({ count: '1,000' })}
      </span>
    </div>
  )
}

/** Three beams from above whose light is the share of the way that is done. */
function StageLight({ share }: { share: number }) {
  return (
    <svg
      viewBox="0 0 1000 500"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="absolute inset-0 -z-10 size-full transition-opacity duration-1000"
      style={{ opacity: 0.16 + 0.84 * share }}
    >
      <defs>
        <linearGradient id="stage-beam" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--lamp)" stopOpacity=".5" />
          <stop offset="1" stopColor="var(--lamp)" stopOpacity="0" />
        </linearGradient>
        <radialGradient id="stage-pool" cx=".5" cy="1" r=".75">
          <stop offset="0" stopColor="var(--lamp)" stopOpacity=".34" />
          <stop offset="1" stopColor="var(--lamp)" stopOpacity="0" />
        </radialGradient>
      </defs>
      <path d="M470 0 L230 500 H770 L530 0Z" fill="url(#stage-beam)" />
      <path d="M120 0 L330 500 H700 L170 0Z" fill="url(#stage-beam)" opacity=".5" />
      <path d="M880 0 L670 500 H300 L830 0Z" fill="url(#stage-beam)" opacity=".5" />
      <rect width="1000" height="500" fill="url(#stage-pool)" />
    </svg>
  )
}

function shareOf({ entry, ahead, progress }: LineView, concertId: ConcertId): number {
  if (entry === undefined || entry.state === 'none') return 0
  // the lamps of who waits go out with the sale
  if (entry.state === 'waiting' && progress?.phase === 'closed') return 0
  if (entry.state !== 'waiting') return 1
  return ahead === null ? 0.02 : ownProgress(localStorage, { concertId, receipt: entry.receipt }, ahead)
}
