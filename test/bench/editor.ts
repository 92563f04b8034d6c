// Measures commands in the extension host of a real editor: npm run bench -- editor [--json]
import process from 'node:process'
import { HEADER, isMet, rowOf } from './figure.ts'
import type { Figures } from './inHost/figures.ts'
import { measureInHost } from './inHost.ts'
import { isLagMet, lagRow } from './lag.ts'

const { figures, lags } = (await measureInHost('speed is near')) as Figures
const all = figures.every((each) => isMet(each)) && lags.every((each) => isLagMet(each))
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ figures, lags, isMet: all }, null, 2))
} else {
  console.log([HEADER, ...figures.map(rowOf), ...lags.map(lagRow)].join('\n'))
}
if (!all) process.exitCode = 1
