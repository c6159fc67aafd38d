import type { ReactNode } from 'react'
import { m } from '../paraglide/messages.js'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'
import { Notice } from './notice.tsx'

/**
 * Asks before what cannot be taken back. It stays open while `busy`, so a slow answer is not a lost one, and tells why when
 * it did not work: a toast would lie below it.
 */
export function ConfirmDialog(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description: ReactNode
  confirm: ReactNode
  busy: boolean
  failure: string | undefined
  tone?: 'lamp' | 'bad'
  onConfirm: () => void
}) {
  if (!props.open) return null
  const close = (): void => {
    if (!props.busy) props.onOpenChange(false)
  }
  return (
    <Modal role="alertdialog" title={props.title} description={props.description} onClose={close}>
      {props.failure !== undefined && (
        <Notice tone="bad" className="mt-5">
          {props.failure}
        </Notice>
      )}
      <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <Button tone="outline" onClick={close}>
          {m.back()}
        </Button>
        <Button tone={props.tone ?? 'bad'} busy={props.busy} onClick={props.onConfirm}>
          {props.confirm}
        </Button>
      </div>
    </Modal>
  )
}
