/** What the tabs of one browser need to act as one: `navigator.locks` and a `BroadcastChannel` in a page. */
export type Tabs = {
  locks: {
    request: (
      name: string,
      options: { steal?: boolean; signal?: AbortSignal },
      hold: () => Promise<void>,
    ) => Promise<unknown>
  }
  openChannel: (name: string) => TabChannel
  /** A hidden tab is slowed down by its browser, or frozen: one that is looked at may take the lead from it. */
  isVisible: () => boolean
}

/** The part of a `BroadcastChannel` that is needed: it tells all others of its name, never itself. */
export type TabChannel = {
  postMessage: (message: unknown) => void
  addEventListener: (event: 'message', listener: (message: { data: unknown }) => void) => void
  close: () => void
}
