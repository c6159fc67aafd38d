import type { ConcertId, LineMessage } from '@greenroom/contract'
import { useState } from 'react'
import { Panel } from '../design/panel.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { m } from '../paraglide/messages.js'
import { TellLineForm } from './tell-line-form.tsx'

/** What everybody in the line is told, in both languages, until it is cleared. `undefined`: not known at the moment. */
export function TellLinePanel(props: { concertId: ConcertId; message: LineMessage | null | undefined }) {
  const { concertId, message } = props
  const [known, setKnown] = useState(message)
  // a line that Redis lost for a moment has the message that it had
  if (message !== undefined && message !== known) setKnown(message)
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.tell_line()}</h2>
      <p className="mt-1.5 text-sm text-faint">{m.tell_line_text()}</p>
      {known === undefined ? (
        <Skeleton className="mt-4 h-56 w-full" />
      ) : (
        <TellLineForm concertId={concertId} message={known} />
      )}
    </Panel>
  )
}
