import { useId } from 'react'
import { LampBar } from '../design/lamp-bar.tsx'
import { m } from '../paraglide/messages.js'
import { useChallenge } from './challenge-state.ts'
import { WidgetDialog } from './widget-dialog.tsx'

/** How far the work is that a line asks of newcomers, or the widget that it wants them to use. Nothing when nothing is asked. */
export function ChallengeView() {
  const challenge = useChallenge()
  const id = useId()
  if (challenge.kind === 'provider') {
    return <WidgetDialog url={challenge.widgetUrl} onProof={challenge.take} onClose={challenge.giveUp} />
  }
  return (
    <>
      {/* there before it says anything: what comes with its text is not read out everywhere */}
      <output className={challenge.kind === 'work' ? 'mt-5 block text-center text-sm' : 'sr-only'}>
        {/* not of the output itself: by that not everybody names the bar */}
        <span id={id}>{challenge.kind === 'work' ? m.challenge_working() : ''}</span>
      </output>
      {challenge.kind === 'work' && (
        <>
          {/* what is seen is the lamps: a browser's own bar is grey on grey, and another in each */}
          <progress aria-labelledby={id} value={challenge.done} max={challenge.all} className="sr-only" />
          <LampBar
            share={challenge.done / challenge.all}
            lamps={20}
            className="mx-auto mt-3 w-56 max-w-full"
          />
        </>
      )}
      <output className="block text-center text-sm">
        {challenge.kind === 'work' ? tellShare(challenge) : ''}
      </output>
    </>
  )
}

/** In quarters: a slow device takes half a minute, in which a number a second would drown everything else. */
function tellShare({ done, all }: { done: number; all: number }): string {
  const percent = Math.floor((done / all) * 4) * 25
  return percent === 0 ? '' : m.challenge_share({ percent })
}
