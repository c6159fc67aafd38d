import { m } from '../../paraglide/messages.js'

/**
 * The pages of the console, in the order of its navigation. A page is a row here and a child of `admin` in `app/router.tsx`.
 * What lies outside this document is a plain link.
 */
export const consolePlaces = [
  { to: '/admin', name: m.console_live },
  { to: '/admin/concerts', name: m.editor_concerts },
  { to: '/admin/fans', name: m.fans_title },
  { to: '/admin/box-office', name: m.box_office },
  { to: '/admin/gate', name: m.gate },
  { to: '/admin/audit', name: m.audit_title },
  { to: '/admin/integrations', name: m.integrations },
  { to: '/admin/jobs', name: m.jobs_title },
] as const

export const outsidePlaces = [{ href: '/admin/queues', name: m.job_queues }] as const
