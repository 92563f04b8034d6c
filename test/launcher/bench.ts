// `npm run bench -- model`: the figures of one part, measured anew.
const jobs = ['model']

const [job = ''] = process.argv.slice(2)
if (!jobs.includes(job)) {
  console.error(`npm run bench -- ${jobs.join(' | ')}`)
  process.exit(2)
}
await import(`../bench/${job}.ts`)
