import type { Plugin } from 'vite'

/**
 * Scripts that the document names come after its style sheet: what can be painted without them is, on a slow network a
 * second before they are there.
 */
export function paintFirst(): Plugin {
  return {
    name: 'paint-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.replaceAll(/<(?:script type="module"|link rel="modulepreload")/g, '$& fetchpriority="low"'),
    },
  }
}
