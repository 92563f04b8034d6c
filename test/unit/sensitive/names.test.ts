import assert from 'node:assert/strict'
import { hasSensitiveName } from '../../../src/sensitive/names.ts'
import { HARMLESS_PATHS, SENSITIVE_PATHS } from './paths.ts'

suite('sensitive file names', () => {
  for (const path of SENSITIVE_PATHS) {
    test(`${path} is sensitive`, () => assert.ok(hasSensitiveName(path)))
  }
  for (const path of HARMLESS_PATHS) {
    test(`${JSON.stringify(path)} is not sensitive`, () => assert.ok(!hasSensitiveName(path)))
  }
})
