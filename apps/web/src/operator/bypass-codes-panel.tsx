import type { ConcertId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Notice } from '../design/notice.tsx'
import { Panel } from '../design/panel.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { BypassCodeRow } from './bypass-code-row.tsx'
import { CreateBypassCode, type MadeBypassCode } from './create-bypass-code.tsx'
import { SecretOnce } from './secret-once.tsx'

/** The codes that let staff, press and guests in past the line: who has one, how often it was used; made and ended here. */
export function BypassCodesPanel({ concertId }: { concertId: ConcertId }) {
  const codes = useQuery({
    ...api.operator.bypassCodes.queryOptions({ concertId }),
    refetchInterval: 10_000,
  })
  const [unkept, setUnkept] = useState<MadeBypassCode[]>([])
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.bypass()}</h2>
      <p className="mt-1.5 text-sm text-faint">{m.bypass_text()}</p>
      {unkept.map((made) => (
        <SecretOnce
          key={made.bypassCodeId}
          title={m.bypass_code_made({ label: made.label })}
          text={m.bypass_code_made_text()}
          label={m.bypass_code()}
          secret={made.code}
          onKept={() => setUnkept((all) => all.filter((each) => each !== made))}
        />
      ))}
      {codes.isPending && <Skeleton className="mt-4 h-24 w-full" />}
      {codes.isError && (
        <Notice tone="bad" className="mt-4">
          {tellRefusal(refusalOf(codes.error))}
        </Notice>
      )}
      {codes.data?.length === 0 && <p className="mt-4 text-soft">{m.bypass_empty()}</p>}
      <ul className="mt-2 divide-y divide-rule/60">
        {codes.data?.map((code) => (
          <BypassCodeRow key={code.bypassCodeId} code={code} />
        ))}
      </ul>
      <CreateBypassCode concertId={concertId} onMade={(made) => setUnkept((all) => [...all, made])} />
    </Panel>
  )
}
