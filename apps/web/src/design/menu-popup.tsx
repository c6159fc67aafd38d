import { Menu } from '@base-ui/react/menu'
import { type ReactNode, useRef } from 'react'
import { classNames } from './class-names.ts'

/** The look of a line in a menu. */
export const menuItemLook =
  'flex min-h-11 w-full items-center gap-3 rounded-md px-3 text-[0.9375rem] outline-none select-none data-highlighted:bg-raised'

/** What a menu's button opens: beside the button in the document too, so that it lies in the same landmark. */
export function MenuPopup(props: { align: 'center' | 'end'; className?: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  return (
    <>
      <div ref={place} className="absolute" />
      <Menu.Portal container={place}>
        <Menu.Positioner align={props.align} sideOffset={8} className="z-40">
          <Menu.Popup
            className={classNames(
              'min-w-56 rounded-panel border border-rule bg-surface p-1.5 text-ink shadow-2xl outline-none',
              props.className,
            )}
          >
            {props.children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </>
  )
}
