import { classNames } from './class-names.ts'

/** Holds the place of text that is on its way: give it the size the text will have. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={classNames('skeleton block', className)} />
}
