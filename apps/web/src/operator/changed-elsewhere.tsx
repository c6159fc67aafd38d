import type { ReactNode } from 'react'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { m } from '../paraglide/messages.js'

/** Says that somebody else changed what one is typing a change of; theirs is filled in when asked for. See `useFormBase`. */
export function ChangedElsewhere(props: { isShown: boolean; onTake: () => void; children?: ReactNode }) {
  return (
    // there before it says anything: what comes with its text is not read out everywhere
    <div aria-live="polite" className={props.isShown ? undefined : 'sr-only'}>
      {props.isShown && (
        <Notice
          tone="lamp"
          action={
            <Button tone="outline" size="sm" onClick={props.onTake}>
              {m.form_take_theirs()}
            </Button>
          }
        >
          {m.form_changed_elsewhere()}
          {props.children}
        </Notice>
      )}
    </div>
  )
}
