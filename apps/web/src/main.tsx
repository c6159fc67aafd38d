import './design/app.css'
import './design/theme.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { router } from './app/router.tsx'
import { api, onSignedOut, queryClient } from './data/api.ts'
import { registerWorker } from './offline/register-worker.ts'

onSignedOut(() => {
  // the front pages ask nobody to sign in: there the header simply shows that nobody is
  queryClient.setQueryData(api.accounts.me.queryKey(), null)
  void router.invalidate()
})

// After a new release the old page's chunks are gone: load the new page, once. Offline they are not gone, only far.
addEventListener('vite:preloadError', () => {
  if (!navigator.onLine || sessionStorage.getItem('greenroom.reloaded') === location.href) return
  sessionStorage.setItem('greenroom.reloaded', location.href)
  location.reload()
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
registerWorker()
