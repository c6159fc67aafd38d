import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Plugin, Rolldown } from 'vite'

const worker = fileURLToPath(new URL('../src/offline/worker.ts', import.meta.url))

/**
 * Builds `src/offline/worker.ts` into `/sw.js` and tells it the files to keep: those of the first page and of the given
 * modules that it loads later, with all they import.
 */
export function serviceWorker(options: { entry: string; lazy: readonly string[] }): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: worker, fileName: 'sw.js' })
    },
    generateBundle: {
      order: 'post',
      handler(_output, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        const wanted = [options.entry, ...options.lazy].map((module) => {
          const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module))
          if (chunk === undefined)
            throw new Error(`${module} is no chunk of the build: the worker cannot keep it`)
          return chunk
        })
        const sw = chunks.find(({ fileName }) => fileName === 'sw.js')
        if (sw === undefined || sw.imports.length > 0) throw new Error('sw.js must be one whole file')
        const files = [...filesOf(wanted, bundle)].map((file) => `/${file}`).toSorted()
        const page = bundle['index.html']
        if (page?.type !== 'asset') throw new Error('there is no index.html to keep')
        const release = createHash('sha256')
          .update(page.source)
          .update(files.join())
          .digest('hex')
          .slice(0, 12)
        sw.code = `const release='${release}',precached=${JSON.stringify(files)};\n${sw.code}`
      },
    },
  }
}

/** The chunks, their styles, and whatever they import at once. */
function filesOf(chunks: readonly Rolldown.OutputChunk[], bundle: Rolldown.OutputBundle): Set<string> {
  const files = new Set<string>()
  const visit = (chunk: Rolldown.OutputChunk): void => {
    if (files.has(chunk.fileName)) return
    files.add(chunk.fileName)
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style)
    for (const name of chunk.imports) {
      const imported = bundle[name]
      if (imported?.type === 'chunk') visit(imported)
    }
  }
  for (const chunk of chunks) visit(chunk)
  return files
}
