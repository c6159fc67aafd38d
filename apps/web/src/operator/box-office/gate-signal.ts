import type { GateTone } from './gate-answer.ts'

/** Hz and seconds, one after another: up for yes, one low for no, two for a look. */
const tunes: Record<GateTone, readonly [number, number][]> = {
  good: [
    [880, 0.09],
    [1_320, 0.14],
  ],
  warn: [
    [520, 0.12],
    [520, 0.12],
  ],
  bad: [[196, 0.4]],
}
const shakes: Record<GateTone, number[]> = { good: [60], warn: [80, 60, 80], bad: [350] }

let audio: AudioContext | undefined

/** Heard and felt, for somebody who looks at people and not at a screen. A browser that lets a page do neither stays silent. */
export function signalAnswer(tone: GateTone): void {
  if ('vibrate' in navigator) navigator.vibrate(shakes[tone])
  audio ??= new AudioContext()
  let at = audio.currentTime
  for (const [hz, seconds] of tunes[tone]) {
    const [note, loudness] = [audio.createOscillator(), audio.createGain()]
    note.frequency.value = hz
    loudness.gain.setValueAtTime(0.25, at)
    loudness.gain.exponentialRampToValueAtTime(0.001, at + seconds)
    note.connect(loudness).connect(audio.destination)
    note.start(at)
    note.stop(at + seconds)
    at += seconds + 0.04
  }
}
