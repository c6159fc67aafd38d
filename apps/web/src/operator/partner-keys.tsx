import type { CreatedPartnerKey } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { Panel } from '../design/panel.tsx'
import { m } from '../paraglide/messages.js'
import { CreatePartnerKey } from './create-partner-key.tsx'
import { PartnerKeyRow } from './partner-key-row.tsx'
import { SecretOnce } from './secret-once.tsx'

/** The keys of other systems: who has one, what it opens, when it was used; new ones are made and old ones ended here. */
export function PartnerKeys() {
  const keys = useQuery({ ...api.partners.listKeys.queryOptions(), refetchInterval: 10_000 }).data
  const concerts = useQuery(api.catalogue.concerts.queryOptions()).data
  const [unkept, setUnkept] = useState<CreatedPartnerKey[]>([])
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.partner_keys()}</h2>
      <p className="mt-1 text-soft">{m.partner_keys_text()}</p>
      {unkept.map((made) => (
        <SecretOnce
          key={made.partnerKey.partnerKeyId}
          title={m.key_created_title({ name: made.partnerKey.name })}
          text={m.key_created_text()}
          label={m.key_secret()}
          secret={made.secret}
          onKept={() => setUnkept((all) => all.filter((each) => each !== made))}
        />
      ))}
      <div className="mt-6 grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
        <div>
          {keys?.length === 0 && <p className="text-soft">{m.partner_keys_empty()}</p>}
          <ul className="divide-y divide-rule/60">
            {keys?.map((key) => (
              <PartnerKeyRow key={key.partnerKeyId} partnerKey={key} concerts={concerts} />
            ))}
          </ul>
        </div>
        <CreatePartnerKey concerts={concerts} onMade={(made) => setUnkept((all) => [...all, made])} />
      </div>
    </Panel>
  )
}
