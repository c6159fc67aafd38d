import { buttonLook } from '../design/button.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { AuditList } from './audit-list.tsx'
import { PartnerKeys } from './partner-keys.tsx'
import { WebhooksPanel } from './webhooks-panel.tsx'

/** Everything that connects other systems to this one, a panel each. */
export function IntegrationsPage() {
  useTitle(m.integrations())
  return (
    <div className="page py-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-3xl">{m.integrations()}</h1>
          <p className="mt-2 text-soft">{m.integrations_text()}</p>
        </div>
        <a href="/docs" className={buttonLook({ tone: 'outline', size: 'sm' })}>
          {m.api_docs()}
        </a>
      </div>
      <div className="mt-8 grid items-start gap-6">
        <PartnerKeys />
        <WebhooksPanel />
        <AuditList by="partners" title={m.partner_audit_title()} />
      </div>
    </div>
  )
}
