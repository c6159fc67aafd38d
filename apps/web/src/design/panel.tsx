import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A surface that groups what belongs together. */
export function Panel({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={classNames('rounded-panel border border-rule/60 bg-surface shadow-panel', className)}>
      {children}
    </div>
  )
}
