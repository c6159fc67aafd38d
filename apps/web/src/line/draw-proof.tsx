import type { LineStatus } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { m } from '../paraglide/messages.js'

/** The lottery's proof: the promise published before the draw, the seed after it, and this browser's own check. */
export function DrawProof({ draw }: { draw: LineStatus['draw'] }) {
  if (draw === null) return null
  return (
    <section aria-labelledby="draw" className="mt-10">
      <h2 id="draw" className="text-lg">
        {m.draw_title()}
      </h2>
      <p className="mt-2 max-w-[65ch] text-[0.9375rem] text-soft">{m.draw_text()}</p>
      <dl className="mt-4 grid gap-3 text-sm">
        <div>
          <dt className="font-semibold">{m.draw_commitment()}</dt>
          <dd className="mt-0.5 font-mono text-[0.8125rem] break-all text-soft">{draw.commitment}</dd>
        </div>
        <div>
          <dt className="font-semibold">{m.draw_seed()}</dt>
          <dd className="mt-0.5 font-mono text-[0.8125rem] break-all text-soft">
            {draw.seed ?? m.draw_seed_later()}
          </dd>
        </div>
      </dl>
      {draw.seed !== null && <SeedCheck seed={draw.seed} commitment={draw.commitment} />}
    </section>
  )
}

function SeedCheck({ seed, commitment }: { seed: string; commitment: string }) {
  const { data: matches } = useQuery({
    queryKey: ['draw', seed, commitment],
    queryFn: async () => (await sha256Hex(seed)) === commitment,
    staleTime: Infinity,
  })
  if (matches === undefined) return null
  return (
    <p className={`mt-3 flex items-center gap-2 font-semibold ${matches ? 'text-good' : 'text-bad'}`}>
      {matches && <Check aria-hidden="true" className="size-5" />}
      {matches ? m.draw_matches() : m.draw_differs()}
    </p>
  )
}

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
