/** Made by the build of the line page (`vite.line.config.ts`). */
declare module 'virtual:seats-page-files' {
  /** Addresses of all that the seats page loads before it shows; none while developing. */
  export const seatsPageFiles: readonly string[]
}
