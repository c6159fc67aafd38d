import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The bench's own page: the product's build knows nothing of it. `e2e/bench-map` builds it into a folder it names. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/bench-map/',
  plugins: [react(), tailwindcss()],
})
