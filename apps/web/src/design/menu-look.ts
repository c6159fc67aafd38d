/** The look of a menu that opens from a button, and of a line in it. */
export const menuLook =
  'min-w-56 rounded-panel border border-rule bg-surface p-1.5 text-ink shadow-2xl outline-none'
export const menuItemLook =
  'flex min-h-11 w-full items-center gap-3 rounded-md px-3 text-[0.9375rem] outline-none select-none data-highlighted:bg-raised'
