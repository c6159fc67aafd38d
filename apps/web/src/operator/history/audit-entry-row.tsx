import type { AuditEntry } from '@greenroom/contract'
import { m } from '../../paraglide/messages.js'
import { tellSecond, tellWhen } from '../tell-when.ts'
import { type Change, listChanges } from './list-changes.ts'
import { TargetLink } from './target-link.tsx'

/** As it arrives: what was not written down is left out. */
type Told = Omit<AuditEntry, 'before' | 'after'> & Partial<Pick<AuditEntry, 'before' | 'after'>>

/** Who did what to what and when, and what is other since. */
export function AuditEntryRow({ entry }: { entry: Told }) {
  const changes = listChanges(entry.before, entry.after)
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-[0.9375rem]">
        <span className="min-w-0 break-words">
          <span className="font-semibold">{entry.action}</span> <TargetLink target={entry.target} />
        </span>
        <span className="text-sm text-faint">
          {entry.partnerName !== null && `${entry.partnerName} → `}
          {entry.command === null ? entry.actorEmail : m.audit_command({ command: entry.command })} ·{' '}
          {tellSecond(entry.atMs)}
        </span>
      </div>
      {changes.length > 0 && <Changes changes={changes} />}
    </li>
  )
}

function Changes({ changes }: { changes: Change[] }) {
  return (
    <dl className="mt-1.5 grid grid-cols-[fit-content(45%)_1fr] gap-x-4 gap-y-0.5 text-sm sm:grid-cols-[minmax(8rem,14rem)_1fr]">
      {changes.map(({ path, before, after }) => (
        <div key={path} className="contents">
          <dt className="break-words text-faint">{path}</dt>
          <dd className="min-w-0 break-words">
            {before !== undefined && (
              <>
                <span className="sr-only">{m.audit_before()} </span>
                <del className="text-soft decoration-bad">{tellValue(path, before)}</del>{' '}
              </>
            )}
            {after !== undefined && (
              <>
                <span className="sr-only">{m.audit_after()} </span>
                {before !== undefined && <span aria-hidden="true">→ </span>}
                <ins className="font-medium no-underline">{tellValue(path, after)}</ins>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** An instant, which is written down in milliseconds, as people read one. */
function tellValue(path: string, value: string): string {
  return /(?:At|Until)Ms$/.test(path) && /^\d+$/.test(value) ? tellWhen(Number(value)) : value
}
