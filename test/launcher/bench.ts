// `npm run bench -- restore`: runs one of the measurements in test/bench.
const jobs = ['client', 'model', 'restore']

const [job = ''] = process.argv.slice(2)
if (!jobs.includes(job)) {
  console.error(`npm run bench -- ${jobs.join(' | ')}`)
  process.exit(2)
}
await import(`../bench/${job}.ts`)
