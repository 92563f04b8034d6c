import type { Rule } from '../rules.ts'
import { GROUPS, RULES } from '../settings.ts'
import { DESCRIPTIONS, fullText } from './descriptions.ts'
import { jsonSchema } from './jsonSchema.ts'
import type { ShownManifest } from './manifestTexts.ts'

/** `contributes.configuration` of package.json */
export function manifestConfiguration(): ShownManifest['contributes']['configuration'] {
  return Object.entries(GROUPS).map(([title, rules]) => ({
    title,
    properties: Object.fromEntries(
      ruleEntries(rules).map(([name, rule], index) => [
        `infill.${name}`,
        {
          order: index + 1,
          ...jsonSchema(rule.expected),
          default: rule.default,
          scope: rule.scope,
          markdownDescription: markdownDescription(name, rule),
        },
      ]),
    ),
  }))
}

/** `capabilities.untrustedWorkspaces.restrictedConfigurations` of package.json */
export function restrictedConfigurations(): string[] {
  return ruleEntries(RULES)
    .filter(([, rule]) => rule.restricted)
    .map(([name]) => `infill.${name}`)
}

/** The rules of a group, or of all settings, in their order. */
export function ruleEntries(
  rules: Partial<typeof RULES>,
): readonly (readonly [keyof typeof RULES, Rule<unknown>])[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys are names of settings
  return Object.entries<Rule<unknown>>(rules) as [keyof typeof RULES, Rule<unknown>][]
}

function markdownDescription(name: keyof typeof RULES, { expected }: Rule<unknown>): string {
  const text = fullText(DESCRIPTIONS[name])
  return expected.type === 'nullable' ? `${text} Not sent when \`null\`.` : text
}
