/** The texts of package.json by their keys: the contents of package.nls.json */
export type Texts = Readonly<Record<string, string>>

/** The part of package.json that VS Code shows */
export interface ShownManifest {
  description: string
  contributes: {
    commands: { command: string; title: string }[]
    configuration: { title: string; properties: Record<string, { markdownDescription: string }> }[]
    colors: { id: string; description: string }[]
    walkthroughs: (Titled & { steps: (Titled & { media: { altText: string } })[] })[]
  }
  capabilities: {
    untrustedWorkspaces: { description: string }
    virtualWorkspaces: { description: string }
  }
}

interface Titled {
  id: string
  title: string
  description: string
}

/** Replaces each text by a reference to its key: `Regenerate` → `%command.regenerate%`. */
export function withKeys<T extends ShownManifest>(manifest: T): { manifest: T; texts: Texts } {
  const texts: Record<string, string> = {}
  const changed = mapTexts(manifest, (key, text) => {
    texts[key] = text
    return `%${key}%`
  })
  return { manifest: changed, texts }
}

/** Replaces each reference to a key by its text. A text that has no key yet stays. */
export function withTexts<T extends ShownManifest>(manifest: T, texts: Texts): T {
  return mapTexts(manifest, (key, text) => (text === `%${key}%` ? (texts[key] ?? text) : text))
}

/**
 * Changes every text of the manifest that VS Code shows. Categories are the name of the product.
 *
 * @param change gets the key of the text, such as `command.regenerate`
 */
function mapTexts<T extends ShownManifest>(
  manifest: T,
  change: (key: string, text: string) => string,
): T {
  const { contributes, capabilities } = manifest
  const described = <Each extends { description: string }>(prefix: string, each: Each): Each => ({
    ...each,
    description: change(prefix, each.description),
  })
  const titled = <Each extends Titled>(prefix: string, each: Each): Each => ({
    ...each,
    title: change(`${prefix}.title`, each.title),
    description: change(`${prefix}.description`, each.description),
  })
  return {
    ...described('description', manifest),
    contributes: {
      ...contributes,
      commands: contributes.commands.map((each) => ({
        ...each,
        title: change(`command.${short(each.command)}`, each.title),
      })),
      configuration: contributes.configuration.map(({ title, properties }) => ({
        title: change(`settings.${keyOf(title)}`, title),
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, property]) => {
            const markdownDescription = change(
              `setting.${short(name)}`,
              property.markdownDescription,
            )
            return [name, { ...property, markdownDescription }]
          }),
        ),
      })),
      colors: contributes.colors.map((each) => described(`color.${short(each.id)}`, each)),
      walkthroughs: contributes.walkthroughs.map((each) => ({
        ...titled(`walkthrough.${each.id}`, each),
        steps: each.steps.map((step) => {
          const prefix = `walkthrough.${each.id}.${step.id}`
          const altText = change(`${prefix}.altText`, step.media.altText)
          return { ...titled(prefix, step), media: { ...step.media, altText } }
        }),
      })),
    },
    capabilities: {
      ...capabilities,
      untrustedWorkspaces: described('untrustedWorkspaces', capabilities.untrustedWorkspaces),
      virtualWorkspaces: described('virtualWorkspaces', capabilities.virtualWorkspaces),
    },
  }
}

/** `infill.maxTokens` → `maxTokens` */
function short(name: string): string {
  return name.replace(/^infill\./, '')
}

/** The title of a group, or the key that already stands in its place */
function keyOf(title: string): string {
  return /^%settings\.(.+)%$/.exec(title)?.[1] ?? title
}
