import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '../design/button.tsx'
import { fieldLook } from '../design/field-look.ts'
import { m } from '../paraglide/messages.js'

/** A secret that the server tells once: it stays until the reader says that it is kept. */
export function SecretOnce(props: {
  title: string
  text: string
  label: string
  secret: string
  onKept: () => void
}) {
  const [isCopied, setCopied] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  // on a phone the button that made it is a screen further down
  useEffect(() => box.current?.scrollIntoView({ block: 'center' }), [])
  const copy = async (): Promise<void> => {
    try {
      // there is no clipboard where the page did not come encrypted or from this machine
      await navigator.clipboard.writeText(props.secret)
      setCopied(true)
    } catch {
      toast.error(m.copy_failed())
    }
  }
  return (
    <div ref={box} className="mt-5 rounded-control border border-lamp/50 bg-lamp/12 p-4">
      <output className="block font-semibold break-words">{props.title}</output>
      <p className="mt-1 text-[0.9375rem] text-soft">{props.text}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <input
          readOnly
          aria-label={props.label}
          value={props.secret}
          className={`${fieldLook} min-w-0 flex-1 basis-64 font-mono text-sm`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => void copy()}>
          {isCopied ? (
            <Check aria-hidden="true" className="size-5" />
          ) : (
            <Copy aria-hidden="true" className="size-5" />
          )}
          {isCopied ? m.copied() : m.copy()}
        </Button>
        <Button tone="outline" onClick={props.onKept}>
          {m.secret_kept()}
        </Button>
      </div>
    </div>
  )
}
