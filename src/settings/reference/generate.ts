// Writes the generated parts of package.json, package.nls.json and README.md. With --check it writes
// nothing and fails if they are out of date.
import { readFile, writeFile } from 'node:fs/promises'
import { generatedManifest, generatedReadme } from './generated.ts'

const root = new URL('../../../', import.meta.url)
const isCheck = process.argv.includes('--check')
const read = (name: string): Promise<string> => readFile(new URL(name, root), 'utf8')

const { manifest, nls, contributes } = generatedManifest(
  await read('package.json'),
  await read('package.nls.json'),
)
await update('package.json', manifest)
await update('package.nls.json', nls)
await update('README.md', generatedReadme(await read('README.md'), contributes))

async function update(name: string, generated: string): Promise<void> {
  if (generated === (await read(name))) return
  if (isCheck) {
    console.error(`${name} is out of date. Run: npm run generate`)
    process.exitCode = 1
    return
  }
  await writeFile(new URL(name, root), generated)
  console.log(`${name} updated`)
}
