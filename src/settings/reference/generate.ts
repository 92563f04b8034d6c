// Writes the generated parts of package.json and README.md. With --check it writes nothing and fails
// if they are out of date.
import { readFile, writeFile } from 'node:fs/promises'
import { generatedManifest, generatedReadme } from './generated.ts'

const root = new URL('../../../', import.meta.url)
const isCheck = process.argv.includes('--check')

const manifest = await update('package.json', generatedManifest)
await update('README.md', (text) => generatedReadme(text, manifest))

/** Returns the new text. */
async function update(name: string, generate: (text: string) => string): Promise<string> {
  const file = new URL(name, root)
  const text = await readFile(file, 'utf8')
  const generated = generate(text)
  if (generated === text) return text
  if (isCheck) {
    console.error(`${name} is out of date. Run: npm run generate`)
    process.exitCode = 1
  } else {
    await writeFile(file, generated)
    console.log(`${name} updated`)
  }
  return generated
}
