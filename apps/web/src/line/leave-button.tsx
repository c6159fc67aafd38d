import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Modal } from '../design/modal.tsx'
import { Notice } from '../design/notice.tsx'
import { m } from '../paraglide/messages.js'
import { useAction } from './use-action.ts'

/** Gives the place up, after asking: it cannot be had back. */
export function LeaveButton(props: { leave: () => Promise<unknown>; onFailure: () => void }) {
  const [isAsking, setAsking] = useState(false)
  const leaving = useAction(props.leave, props.onFailure)
  const close = (): void => {
    if (!leaving.isBusy) setAsking(false)
  }
  return (
    <>
      <Button tone="quiet" size="sm" className="-mx-3" onClick={() => setAsking(true)}>
        {m.leave_line()}
      </Button>
      {isAsking && (
        <Modal title={m.leave_title()} description={m.leave_text()} onClose={close}>
          {leaving.failure !== undefined && (
            <Notice tone="bad" className="mt-5">
              {leaving.failure}
            </Notice>
          )}
          <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button tone="outline" onClick={close}>
              {m.back()}
            </Button>
            <Button tone="bad" busy={leaving.isBusy} onClick={leaving.run}>
              {m.leave_line()}
            </Button>
          </div>
        </Modal>
      )}
    </>
  )
}
