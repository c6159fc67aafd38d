import { CircleAlert, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A sentence that stays on the page; `bad` ones are announced. */
export function Notice(props: {
  tone?: 'plain' | 'bad' | 'lamp'
  className?: string
  children: ReactNode
  action?: ReactNode
}) {
  const tone = props.tone ?? 'plain'
  const Icon = tone === 'bad' ? CircleAlert : Info
  return (
    <div
      role={tone === 'bad' ? 'alert' : undefined}
      className={classNames(
        'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control border px-4 py-3 text-[0.9375rem]',
        tone === 'bad' && 'border-bad/50 bg-bad/10',
        tone === 'lamp' && 'border-lamp/50 bg-lamp/12',
        tone === 'plain' && 'border-rule/70 bg-raised/50',
        props.className,
      )}
    >
      <div className="flex min-w-0 flex-1 basis-48 items-center gap-x-3">
        <Icon
          aria-hidden="true"
          className={classNames(
            'size-5 shrink-0',
            tone === 'bad' ? 'text-bad' : tone === 'lamp' ? 'text-lamp-text' : 'text-faint',
          )}
        />
        <div className="min-w-0 flex-1">{props.children}</div>
      </div>
      {props.action}
    </div>
  )
}
