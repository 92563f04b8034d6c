// Measures key presses in the window of a real editor, and the activation: npm run bench -- window [--json]
import process from 'node:process'
import { chooseEditor } from '../launcher/choose.ts'
import { root } from '../launcher/paths.ts'
import { run } from '../launcher/run.ts'
import { HEADER, isMet, rowOf } from './figure.ts'
import { activationFigures } from './window/activation.ts'
import { firstKeyFigure, keyFigures } from './window/keys.ts'

const ROUNDS = 10

await run(process.execPath, ['esbuild.js', '--production'], { cwd: root, timeout: 120_000 })
const chosen = await chooseEditor()
const figures = [
  ...(await keyFigures(chosen, ROUNDS)),
  await firstKeyFigure(chosen, ROUNDS),
  ...(await activationFigures(chosen, ROUNDS)),
]
const all = figures.every((each) => isMet(each))
if (process.argv.includes('--json')) console.log(JSON.stringify({ figures, isMet: all }, null, 2))
else console.log([HEADER, ...figures.map(rowOf)].join('\n'))
if (!all) process.exitCode = 1
