import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Notice } from '../../design/notice.tsx'
import { m } from '../../paraglide/messages.js'
import { makeFrameReader } from './read-frame.ts'

/** Eight looks a second: a ticket that is held out is seen at once, and a phone stays cool. */
const lookEveryMs = 125

type Trouble = 'refused' | 'none'

/** Looks for codes with the device's camera, the one at its back where it has two. */
export function GateCamera({ onCode }: { onCode: (code: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [trouble, setTrouble] = useState<Trouble>()
  const tell = useEffectEvent(onCode)
  useEffect(() => {
    const whole = new AbortController()
    let stream: MediaStream | undefined
    const watch = async (): Promise<void> => {
      const screen = video.current
      if (screen === null) return
      const readFrame = await makeFrameReader()
      stream = await openCamera()
      if (whole.signal.aborted) return stopAll(stream)
      screen.srcObject = stream
      await screen.play()
      while (!whole.signal.aborted) {
        const code = await readFrame(screen)
        if (code !== undefined && !whole.signal.aborted) tell(code)
        await new Promise((done) => setTimeout(done, lookEveryMs))
      }
    }
    watch().catch((error: unknown) => {
      if (!whole.signal.aborted) setTrouble(troubleOf(error))
    })
    return () => {
      whole.abort()
      stopAll(stream)
    }
  }, [])
  if (trouble !== undefined) {
    return (
      <Notice tone="bad">{trouble === 'refused' ? m.gate_camera_refused() : m.gate_camera_none()}</Notice>
    )
  }
  return (
    <figure className="relative overflow-hidden rounded-panel bg-black">
      <video
        ref={video}
        muted
        playsInline
        aria-label={m.gate_camera_view()}
        className="aspect-square w-full object-cover sm:aspect-video"
      />
      <figcaption className="absolute inset-x-0 bottom-0 bg-black/70 px-4 py-2 text-center text-sm text-white">
        {m.gate_camera_hint()}
      </figcaption>
    </figure>
  )
}

async function openCamera(): Promise<MediaStream> {
  const { mediaDevices } = navigator
  // missing on plain http, but for this machine's own
  if (!('mediaDevices' in navigator) || mediaDevices === undefined) throw new Error('no camera here')
  return await mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1_280 } },
    audio: false,
  })
}

function stopAll(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

function troubleOf(error: unknown): Trouble {
  return error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError')
    ? 'refused'
    : 'none'
}
