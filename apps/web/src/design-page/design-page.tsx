import { type ReactNode, useState } from 'react'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Poster } from '../design/poster/poster.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { tellCount, tellMoney } from '../text/money.ts'
import { BothLights } from './both-lights.tsx'
import { Colours } from './colours.tsx'
import { Buttons, Fields, Measures, Messages, States, Surfaces } from './components.tsx'

/** The design system, shown with the pages' own parts: what is changed there is changed here. For those who build. */
export function DesignPage() {
  useTitle(m.design_title())
  return (
    <div className="page py-10">
      <h1 className="text-4xl font-extrabold">{m.design_title()}</h1>
      <p className="mt-3 max-w-[60ch] text-lg text-soft">{m.design_text()}</p>
      <Part title={m.design_colours()} rule={m.design_colours_rule()}>
        <Colours />
      </Part>
      <Part title={m.design_type()} rule={m.design_type_rule()}>
        <Type />
      </Part>
      <Part title={m.design_measure()} rule={m.design_measure_rule()}>
        <Measures />
      </Part>
      <Part title={m.design_buttons()} rule={m.design_buttons_rule()}>
        <Buttons />
      </Part>
      <Part title={m.design_fields()} rule={m.design_fields_rule()}>
        <Fields />
      </Part>
      <Part title={m.design_states()} rule={m.design_states_rule()}>
        <States />
      </Part>
      <Part title={m.design_messages()} rule={m.design_messages_rule()}>
        <Messages />
        <Question />
      </Part>
      <Part title={m.design_surfaces()} rule={m.design_surfaces_rule()}>
        <Surfaces />
      </Part>
      <section className="mt-16">
        <h2 className="text-2xl">{m.design_posters()}</h2>
        <p className="mt-1.5 max-w-[60ch] text-soft">{m.design_posters_rule()}</p>
        <ul className="mt-5 grid grid-cols-2 gap-4 sm:grid-cols-4">
          {['#7dbb8a', '#3aa0d8', '#e0559b', '#d8a33a'].map((accent, index) => (
            <li key={accent}>
              <Poster concertId={index + 1} accent={accent} className="aspect-[4/5] rounded-control" />
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Part({ title, rule, children }: { title: string; rule: string; children: ReactNode }) {
  return (
    <section className="mt-16">
      <h2 className="text-2xl">{title}</h2>
      <p className="mt-1.5 max-w-[60ch] text-soft">{rule}</p>
      <BothLights>{children}</BothLights>
    </section>
  )
}

function Type() {
  return (
    <div className="grid gap-4">
      <p className="text-5xl leading-none font-extrabold tracking-[-0.04em]">{tellCount(1_204)}</p>
      <p className="text-3xl leading-tight font-bold tracking-[-0.03em]">{m.sign_in_title()}</p>
      <p className="text-xl leading-snug font-bold tracking-[-0.02em]">{m.good_to_know()}</p>
      <p>{m.rule_one_line()}</p>
      <p className="text-sm text-soft">{m.join_line_hint()}</p>
      <p className="text-sm text-faint">{m.estimate_note()}</p>
      <ul className="w-fit text-right text-lg font-semibold">
        {[111_111, 88_000, 7_770].map((amount) => (
          <li key={amount}>{tellMoney(amount, 'KRW')}</li>
        ))}
      </ul>
    </div>
  )
}

function Question() {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button tone="outline" className="mt-4" onClick={() => setAsking(true)}>
        {m.release()}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.release_title()}
        description={m.release_text()}
        confirm={m.release()}
        busy={false}
        failure={undefined}
        onConfirm={() => setAsking(false)}
      />
    </>
  )
}
