import { useEffect, useRef } from 'react'
import { Button } from '../design/button.tsx'
import { Modal } from '../design/modal.tsx'
import { m } from '../paraglide/messages.js'
import { readWidgetProof } from './read-widget-proof.ts'

/** The provider's page in a frame, which reads nothing of ours and may tell us one thing: its proof. */
export function WidgetDialog(props: { url: string; onProof: (proof: string) => void; onClose: () => void }) {
  const { url, onProof } = props
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => {
    const take = (event: MessageEvent<unknown>): void => {
      if (event.source !== frame.current?.contentWindow) return
      const proof = readWidgetProof(event, url)
      if (proof !== undefined) onProof(proof)
    }
    addEventListener('message', take)
    return () => removeEventListener('message', take)
  }, [url, onProof])
  return (
    <Modal title={m.challenge_widget_title()} description={m.challenge_widget_text()} onClose={props.onClose}>
      <iframe
        ref={frame}
        src={url}
        title={m.challenge_widget_title()}
        sandbox="allow-scripts allow-same-origin allow-forms"
        referrerPolicy="origin"
        // most providers write in black and leave the ground to the page
        className="mt-4 h-80 w-full rounded-control border border-rule bg-white scheme-light"
      />
      <Button tone="quiet" className="mt-4 w-full" onClick={props.onClose}>
        {m.back()}
      </Button>
    </Modal>
  )
}
