import type { LineStatus } from '@greenroom/contract'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { m } from '../paraglide/messages.js'
import { tellCount } from '../text/money.ts'
import { checkDraw, type DrawFinding } from './check-draw.ts'
import { useAction } from './use-action.ts'

/** The lottery's proof: the promise published before the draw, the seed after it, and this browser's own check. */
export function DrawProof({ status }: { status: LineStatus | undefined }) {
  const draw = status?.draw ?? null
  if (status === undefined || draw === null) return null
  return (
    <section aria-labelledby="draw" className="mt-10">
      <h2 id="draw" className="text-lg">
        {m.draw_title()}
      </h2>
      <p className="mt-2 max-w-[65ch] text-[0.9375rem] text-soft">{m.draw_text()}</p>
      <dl className="mt-4 grid gap-3 text-sm">
        <Published term={m.draw_commitment()} value={draw.commitment} />
        <Published term={m.draw_seed()} value={draw.seed ?? m.draw_seed_later()} />
      </dl>
      {draw.seed !== null && <OwnCheck status={status} draw={{ ...draw, seed: draw.seed }} />}
    </section>
  )
}

function Published({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="font-semibold">{term}</dt>
      <dd className="mt-0.5 font-mono text-[0.8125rem] break-all text-soft">{value}</dd>
    </div>
  )
}

function OwnCheck({ status, draw }: { status: LineStatus; draw: { commitment: string; seed: string } }) {
  const [finding, setFinding] = useState<DrawFinding>()
  const checking = useAction(async () =>
    setFinding(await checkDraw(draw, { fanId: status.fanId, entry: status.entry })),
  )
  // a browser computes no SHA-256 for a page that came unprotected
  if (!isSecureContext) return <p className="mt-4 text-sm text-faint">{m.draw_needs_https()}</p>
  return (
    <>
      <Button tone="outline" size="sm" className="mt-4" busy={checking.isBusy} onClick={checking.run}>
        {m.check_draw()}
      </Button>
      <div aria-live="polite">
        {finding !== undefined && (
          <>
            <Found isGood={finding.isSeed}>{finding.isSeed ? m.draw_matches() : m.draw_differs()}</Found>
            {finding.isSeed && <Found isGood={finding.place !== 'differs'}>{tellPlace(finding)}</Found>}
          </>
        )}
      </div>
    </>
  )
}

function tellPlace(finding: DrawFinding & { isSeed: true }): string {
  const number = tellCount(finding.number)
  if (finding.place === 'right') return m.draw_mine_right({ number })
  return finding.place === 'differs' ? m.draw_mine_differs() : m.draw_mine_number({ number })
}

function Found({ isGood, children }: { isGood: boolean; children: string }) {
  return (
    <p className={`mt-3 flex items-start gap-2 font-semibold ${isGood ? 'text-good' : 'text-bad'}`}>
      {isGood && <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0" />}
      {children}
    </p>
  )
}
