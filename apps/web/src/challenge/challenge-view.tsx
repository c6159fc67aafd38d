import { useId } from 'react'
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
      <output id={id} className={challenge.kind === 'work' ? 'mt-5 block text-sm' : 'sr-only'}>
        {challenge.kind === 'work' ? m.challenge_working() : ''}
      </output>
      {challenge.kind === 'work' && (
        <progress
          aria-labelledby={id}
          value={challenge.done}
          max={challenge.all}
          className="mt-2 h-2 w-56 max-w-full accent-lamp"
        />
      )}
    </>
  )
}
