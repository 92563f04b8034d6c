// `npm run bench [-- JOB [--json]]`: runs one of the measurements in test/bench, or those of the client,
// the editor and the window. The exit code is 1 when a bound is missed.
import process from 'node:process'

const jobs = [
  'client',
  'editor',
  'window',
  'connection',
  'memory',
  'builtin',
  'typing',
  'model',
  'restore',
  'context',
]
const [job] = process.argv.slice(2)
if (job === undefined) for (const each of jobs.slice(0, 4)) await import(`../bench/${each}.ts`)
else if (jobs.includes(job)) await import(`../bench/${job}.ts`)
else {
  console.error(`npm run bench -- ${jobs.join(' | ')}`)
  process.exitCode = 2
}
