import { AlertDialog as BaseAlert } from '@base-ui/react/alert-dialog'
import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { m } from '../paraglide/messages.js'

const backdrop =
  'fixed inset-0 z-40 bg-black/60 backdrop-blur-[2px] transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0'
const popup =
  'fixed inset-x-0 bottom-0 z-50 mx-auto max-h-[92dvh] w-full max-w-md overflow-y-auto rounded-t-panel border border-rule bg-surface p-6 pb-[max(1.5rem,env(safe-area-inset-bottom))] text-ink shadow-2xl transition-[opacity,translate] duration-250 ease-out outline-none data-ending-style:translate-y-6 data-ending-style:opacity-0 data-starting-style:translate-y-6 data-starting-style:opacity-0 sm:top-1/2 sm:bottom-auto sm:-translate-y-1/2 sm:rounded-panel sm:pb-6 sm:data-ending-style:-translate-y-[46%] sm:data-starting-style:-translate-y-[46%]'

/** A sheet from below on a phone, a card in the middle elsewhere. */
export function Dialog(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children: ReactNode
}) {
  return (
    <BaseDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdrop} />
        <BaseDialog.Popup className={popup}>
          <BaseDialog.Title className="text-xl">{props.title}</BaseDialog.Title>
          {props.description !== undefined && (
            <BaseDialog.Description className="mt-2 text-soft">{props.description}</BaseDialog.Description>
          )}
          {props.children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

/** Asks before what cannot be taken back. It stays open while `busy`, so a slow answer is not a lost one. */
export function ConfirmDialog(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description: ReactNode
  confirm: ReactNode
  tone?: 'lamp' | 'bad'
  busy?: boolean
  onConfirm: () => void
}) {
  return (
    <BaseAlert.Root
      open={props.open}
      onOpenChange={(open) => props.busy !== true && props.onOpenChange(open)}
    >
      <BaseAlert.Portal>
        <BaseAlert.Backdrop className={backdrop} />
        <BaseAlert.Popup className={popup}>
          <BaseAlert.Title className="text-xl">{props.title}</BaseAlert.Title>
          <BaseAlert.Description className="mt-2 text-soft">{props.description}</BaseAlert.Description>
          <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <BaseAlert.Close render={<Button tone="outline" />}>{m.back()}</BaseAlert.Close>
            <Button tone={props.tone ?? 'bad'} busy={props.busy ?? false} onClick={props.onConfirm}>
              {props.confirm}
            </Button>
          </div>
        </BaseAlert.Popup>
      </BaseAlert.Portal>
    </BaseAlert.Root>
  )
}
