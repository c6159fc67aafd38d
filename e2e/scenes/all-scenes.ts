import { buyingScenes } from './buying-scenes.ts'
import { lineScenes } from './line-scenes.ts'
import { operatorScenes } from './operator-scenes.ts'
import { outsideScenes } from './outside-scenes.ts'
import { ownScenes } from './own-scenes.ts'
import type { Scene } from './scene.ts'
import { seatScenes } from './seat-scenes.ts'

/** Every page in every state that it has. The front page comes first: the others put concerts on it. */
export const allScenes: Scene[] = [
  ...outsideScenes,
  ...lineScenes,
  ...seatScenes,
  ...buyingScenes,
  ...ownScenes,
  ...operatorScenes,
]
