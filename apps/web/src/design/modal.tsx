import { type ReactNode, useEffect, useId, useRef } from 'react'

/**
 * A sheet from below on a phone, a card in the middle elsewhere: the browser's own dialog, which keeps the focus inside; it
 * goes back to where it was. Without `onClose` it cannot be put aside, not with Escape either.
 */
export function Modal(props: {
  /** `alertdialog` for a question that must be answered */
  role?: 'alertdialog'
  title: ReactNode
  description?: ReactNode
  onClose?: () => void
  children: ReactNode
}) {
  const { onClose } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const opener = document.activeElement
    dialog.current?.showModal()
    // one that is taken out of the page gives the focus back to nobody by itself
    return () => {
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      role={props.role}
      closedby={onClose === undefined ? 'none' : 'closerequest'}
      aria-labelledby={`${id}-title`}
      aria-describedby={props.description === undefined ? undefined : `${id}-text`}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      // browsers that do not know `closedby` close at a second Escape whatever is said to the first
      onClose={() => onClose === undefined && dialog.current?.isConnected && dialog.current.showModal()}
      // also where it is called from a centred page
      className="fixed inset-x-0 top-auto bottom-0 mx-auto max-h-[92dvh] w-full max-w-md overflow-y-auto rounded-t-panel border border-rule bg-surface p-6 pb-[max(1.5rem,env(safe-area-inset-bottom))] text-left text-ink shadow-2xl transition-[opacity,translate] duration-250 ease-out outline-none backdrop:bg-black/60 sm:inset-y-0 sm:my-auto sm:h-fit sm:rounded-panel sm:pb-6 starting:translate-y-6 starting:opacity-0"
    >
      <h2 id={`${id}-title`} className="text-xl">
        {props.title}
      </h2>
      {props.description !== undefined && (
        <p id={`${id}-text`} className="mt-2 text-soft">
          {props.description}
        </p>
      )}
      {props.children}
    </dialog>
  )
}
