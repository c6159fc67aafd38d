import { createLineClient, type Tabs } from '@greenroom/client'
import { solveChallenge } from '../challenge/solve-challenge.ts'

/** Plain http addresses have no locks (`localhost` does): there each tab is for itself. */
function browserTabs(): Tabs | undefined {
  if (!('locks' in navigator && 'BroadcastChannel' in globalThis)) return undefined
  return {
    locks: navigator.locks,
    openChannel: (name) => new BroadcastChannel(name),
    isVisible: () => document.visibilityState === 'visible',
  }
}

/** This page's one client. The session is the cookie's. */
export const lineClient = createLineClient({
  apiUrl: location.origin,
  storage: localStorage,
  tabs: browserTabs(),
  solveChallenge,
})
