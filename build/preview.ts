/**
 * Draws every view in every situation of the renderer's fixtures, dark and light, usual and smallest size, as pictures
 * to be looked at after a change: `node build/preview.ts [FOLDER] [PATTERN]`, on a screen or under xvfb-run.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'

import { confirmationScenes, dashboardScenes, type Scene } from './preview/scenes.ts'
import { openStage } from './preview/stage.ts'

const [folder = 'demo-output/preview', pattern = '.'] = process.argv.slice(2)
const wanted = new RegExp(pattern)
/** The dashboard's usual and smallest size, and that of the confirmation window. */
const sizes: readonly { name: string; width: number; height: number; scenes: readonly Scene[] }[] = [
  { name: 'usual', width: 1180, height: 780, scenes: dashboardScenes },
  { name: 'small', width: 640, height: 480, scenes: dashboardScenes },
  { name: 'window', width: 600, height: 700, scenes: confirmationScenes },
]

mkdirSync(folder, { recursive: true })
const stage = await openStage()
let drawn = 0
try {
  for (const colorScheme of ['dark', 'light'] as const) {
    await stage.page.emulateMedia({ colorScheme })
    for (const { name: size, width, height, scenes } of sizes) {
      await stage.resize(width, height)
      for (const scene of scenes) {
        const name = `${scene.name}-${size}-${colorScheme}`
        if (!wanted.test(name)) continue
        await scene.play(stage)
        await stage.page.screenshot({ path: path.join(folder, `${name}.png`) })
        await stage.page.mouse.up()
        drawn++
      }
    }
  }
} finally {
  await stage.close()
}
process.stdout.write(`${drawn} pictures in ${folder}\n`)
