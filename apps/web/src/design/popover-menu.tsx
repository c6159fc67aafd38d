import { type MouseEvent, type ReactNode, useId, useRef } from 'react'

/** The look of a line in a menu. */
export const menuItemLook =
  'flex min-h-11 w-full items-center gap-3 rounded-md px-3 text-left text-[0.9375rem] outline-offset-[-2.5px] hover:bg-raised'

/** For a line that was chosen. */
export function closeMenu({ currentTarget }: MouseEvent<HTMLElement>): void {
  currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
}

const gapPx = 8
const movedPx = 4

/**
 * A button and the choices it opens: the browser's own popover, which Escape, a press elsewhere, scrolling and a choice
 * close. It follows its button in the document, so Tab leads into it and it lies in the same landmark.
 */
export function PopoverMenu(props: {
  /** what the button says, when what it shows does not */
  label?: string
  look: string
  button: ReactNode
  widthPx: number
  align: 'center' | 'end'
  children: ReactNode
}) {
  const { align, widthPx } = props
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const openedAtPx = useRef(0)
  // a browser tells of a scroll a frame late: one that was over before the menu opened does not close it
  const closeWhenMoved = (): void => {
    if (Math.abs(scrollY - openedAtPx.current) > movedPx) menu.current?.hidePopover()
  }
  const place = (): void => {
    if (button.current === null || menu.current === null) return
    const { left, right, top, bottom } = button.current.getBoundingClientRect()
    const wish = align === 'end' ? right - widthPx : (left + right - widthPx) / 2
    const isLow = top > innerHeight * 0.6
    Object.assign(menu.current.style, {
      left: `${Math.max(gapPx, Math.min(wish, document.documentElement.clientWidth - widthPx - gapPx))}px`,
      top: isLow ? 'auto' : `${bottom + gapPx}px`,
      bottom: isLow ? `${innerHeight - top + gapPx}px` : 'auto',
    })
  }
  return (
    <>
      <button ref={button} type="button" popoverTarget={id} aria-label={props.label} className={props.look}>
        {props.button}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        onBeforeToggle={({ newState }) => {
          if (newState !== 'open') return removeEventListener('scroll', closeWhenMoved)
          place()
          openedAtPx.current = scrollY
          addEventListener('scroll', closeWhenMoved)
        }}
        style={{ width: widthPx }}
        className="fixed inset-auto m-0 rounded-panel border border-rule bg-surface p-1.5 text-left font-normal text-ink shadow-2xl"
      >
        {props.children}
      </div>
    </>
  )
}
