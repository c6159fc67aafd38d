import { z } from 'zod'

// A page's content security policy forbids making code of text. zod would try, see it refused and parse without, but
// every try is a reported violation. Servers keep the compiled parsers. Must run before any schema is made.
if ('document' in globalThis) z.config({ jitless: true })
