import type { Plugin } from 'vite'

/** While developing: `line.html` at the addresses where the api serves it. */
export function serveLinePage(): Plugin {
  return {
    name: 'serve-line-page',
    apply: 'serve',
    configureServer: (server) => {
      server.middlewares.use((request, _response, next) => {
        if (/^\/concerts\/[^/]+\/line\/?(\?|$)/.test(request.url ?? '')) request.url = '/line.html'
        next()
      })
    },
  }
}
