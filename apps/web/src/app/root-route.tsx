import { createRootRoute } from '@tanstack/react-router'
import { RootLayout } from './root-layout.tsx'

/** What every page is in. */
export const root = createRootRoute({ component: RootLayout })
