import assert from 'node:assert/strict'
import manifest from '../../package.json' with { type: 'json' }
import { COMMANDS, LENS_COMMANDS } from '../../src/commands.ts'

suite('commands', () => {
  const { commands, keybindings, menus } = manifest.contributes
  const declared: string[] = commands.map(({ command }) => command)

  test('are the ones that package.json declares, in the same order', () => {
    assert.deepEqual(declared, [...COMMANDS])
  })

  test('of code lenses are not in the Command Palette', () => {
    for (const id of LENS_COMMANDS) assert.ok(!declared.includes(id), id)
  })

  test('have the category Infill', () => {
    for (const { command, category } of commands) assert.equal(category, 'Infill', command)
  })

  test('in keybindings and menus are declared', () => {
    for (const { command } of [...keybindings, ...Object.values(menus).flat()]) {
      assert.ok(declared.includes(command), command)
    }
  })
})
