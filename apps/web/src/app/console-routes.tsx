import type { ConcertId } from '@greenroom/contract'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { parseConsoleSearch } from '../operator/console/parse-console-search.ts'
import { parseFansSearch } from '../operator/history/parse-fans-search.ts'
import { requireFan } from '../session/me.ts'
import { parseId } from './parse-id.ts'
import { retold } from './retold.tsx'
import { root } from './root-route.tsx'

/** This document was loaded at the gate's address. */
const isGateDocument = /^\/admin\/gate\/?$/.test(location.pathname)

/** The operator's console: each of its pages is a child of this, and a row in `operator/console/console-places.ts`. */
const admin = createRoute({
  getParentRoute: () => root,
  id: 'console',
  validateSearch: parseConsoleSearch,
  beforeLoad: requireFan,
  component: retold(lazyRouteComponent(() => import('../operator/console/console-page.tsx'), 'ConsolePage')),
})

const live = createRoute({
  getParentRoute: () => admin,
  path: '/admin',
  component: retold(lazyRouteComponent(() => import('../operator/live/live-page.tsx'), 'LivePage')),
})

const integrations = createRoute({
  getParentRoute: () => admin,
  path: '/admin/integrations',
  component: retold(
    lazyRouteComponent(() => import('../operator/integrations-page.tsx'), 'IntegrationsPage'),
  ),
})

const fans = createRoute({
  getParentRoute: () => admin,
  path: '/admin/fans',
  validateSearch: parseFansSearch,
  component: retold(lazyRouteComponent(() => import('../operator/history/fans-page.tsx'), 'FansPage')),
})

const failedJobs = createRoute({
  getParentRoute: () => admin,
  path: '/admin/jobs',
  component: retold(lazyRouteComponent(() => import('../operator/history/jobs-page.tsx'), 'JobsPage')),
})

const editor = createRoute({
  getParentRoute: () => admin,
  path: '/admin/concerts',
  component: retold(lazyRouteComponent(() => import('../operator/editor/editor-page.tsx'), 'EditorPage')),
})

const newConcert = createRoute({
  getParentRoute: () => admin,
  path: '/admin/concerts/new',
  component: retold(
    lazyRouteComponent(() => import('../operator/editor/new-concert-page.tsx'), 'NewConcertPage'),
  ),
})

const concertEditor = createRoute({
  getParentRoute: () => admin,
  path: '/admin/concerts/$concertId',
  params: { parse: (raw) => ({ concertId: parseId<ConcertId>(raw.concertId) }) },
  component: retold(
    lazyRouteComponent(() => import('../operator/editor/concert-editor-page.tsx'), 'ConcertEditorPage'),
  ),
})

const audit = createRoute({
  getParentRoute: () => admin,
  path: '/admin/audit',
  component: retold(lazyRouteComponent(() => import('../operator/history/audit-page.tsx'), 'AuditPage')),
})

const boxOffice = createRoute({
  getParentRoute: () => admin,
  path: '/admin/box-office',
  component: retold(
    lazyRouteComponent(() => import('../operator/box-office/box-office-page.tsx'), 'BoxOfficePage'),
  ),
})

const gate = createRoute({
  getParentRoute: () => admin,
  path: '/admin/gate',
  beforeLoad: leaveForGate,
  component: retold(lazyRouteComponent(() => import('../operator/box-office/gate-page.tsx'), 'GatePage')),
})

/** The console whole, as the router takes it. */
export const consoleRoutes = admin.addChildren([
  live,
  editor,
  newConcert,
  concertEditor,
  fans,
  boxOffice,
  gate,
  audit,
  failedJobs,
  integrations,
])

/** No document but the gate's own may use the camera: who comes from another page gets that one. */
async function leaveForGate({ preload }: { preload: boolean }): Promise<void> {
  if (preload || isGateDocument) return
  location.reload()
  await new Promise(() => undefined)
}
