/** Tokens that a service marks with a prefix of its own. */
export interface TokenRule {
  readonly topic: string
  readonly service: string
  readonly prefixes: readonly string[]
  /** Source of a regular expression for the characters after the prefix */
  readonly body: string
}

// Bounded, so that the cost of a search does not grow with the square of the text's length.
const ALPHANUMERIC = '[A-Za-z0-9]'
const alphanumeric = (min: number, max = 300): string => `${ALPHANUMERIC}{${min},${max}}`
const word = (min: number, max = 300): string => `[\\w-]{${min},${max}}`
const base64 = (min: number, max = 600): string => `[\\w+/-]{${min},${max}}`
const hex = (length: number): string => `[a-f0-9]{${length}}(?!${ALPHANUMERIC})`
const UUID = '[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}'

type Row = readonly [service: string, prefixes: string, body: string]

const CODE: readonly Row[] = [
  ['GitHub', 'ghp_ gho_ ghu_ ghs_ ghr_', '\\w{36,300}'],
  ['GitHub', 'github_pat_', '\\w{60,300}'],
  [
    'GitLab',
    'glpat- gldt- glrt- glrtr- glft- glimt- glagent- gloas- glptt- glsoat- glffct- glcbt- glwt- GR1348941',
    word(20),
  ],
  ['Bitbucket', 'ATBB', alphanumeric(32)],
  ['Atlassian', 'ATATT3 ATCTT3', '[\\w=-]{60,300}'],
  ['npm', 'npm_', alphanumeric(36)],
  ['PyPI', 'pypi-AgE', word(50, 1000)],
  ['RubyGems', 'rubygems_', hex(48)],
  ['NuGet', 'oy2', '[a-z0-9]{43}'],
  ['crates.io', 'cio', `${alphanumeric(32, 32)}(?!${ALPHANUMERIC})`],
  ['Clojars', 'CLOJARS_', '[a-z0-9]{60}'],
  ['Docker', 'dckr_pat_ dckr_oat_', word(27)],
  ['Artifactory', 'AKCp cmVmd', alphanumeric(56, 80)],
  ['Sourcegraph', 'sgp_', `(?:[a-f0-9]{16}_|local_)?${hex(40)}`],
  ['SonarQube', 'sqp_ sqa_ squ_', hex(40)],
  ['CircleCI', 'CCIPAT_ CCIPRJ_', '\\w{40,100}'],
  ['Buildkite', 'bkua_ bkaa_', alphanumeric(36)],
  ['Octopus Deploy', 'API-', '[A-Z0-9]{25,40}(?![A-Za-z0-9])'],
  ['Harness', 'pat. sat.', '[\\w-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}'],
  ['Prefect', 'pnu_ pnb_', alphanumeric(36)],
  ['Postman', 'PMAK-', '[a-f0-9]{24}-[a-f0-9]{34}'],
  ['Figma', 'figd_ figu_ figo_', word(30)],
  ['Linear', 'lin_api_ lin_oauth_ lin_wh_', alphanumeric(32)],
  ['Sentry', 'sntrys_ sntryu_', '[\\w+/=]{50,600}'],
]

const AI: readonly Row[] = [
  ['OpenAI', 'sk-proj- sk-svcacct- sk-admin- sk-None-', word(40)],
  ['OpenAI', 'sk-', `${alphanumeric(32)}(?![\\w-])`],
  ['Anthropic', 'sk-ant-', word(40)],
  ['OpenRouter', 'sk-or-', word(40)],
  ['Hugging Face', 'hf_ api_org_', alphanumeric(34)],
  ['Groq', 'gsk_', alphanumeric(40)],
  ['xAI', 'xai-', alphanumeric(60)],
  ['Perplexity', 'pplx-', alphanumeric(40)],
  ['Replicate', 'r8_', alphanumeric(37)],
  ['Fireworks', 'fw_', alphanumeric(22)],
  ['Together', 'tgp_v1_', word(40)],
  ['Cerebras', 'csk-', alphanumeric(40)],
  ['NVIDIA', 'nvapi-', word(60)],
  ['ElevenLabs', 'sk_', hex(48)],
  ['LangSmith', 'lsv2_pt_ lsv2_sk_', '\\w{40,100}'],
  ['Pinecone', 'pcsk_', '\\w{40,100}'],
  ['Databricks', 'dapi dkea', `[a-f0-9]{32}(?!${ALPHANUMERIC})`],
  ['Weights & Biases', 'wandb_v1_', '\\w{40,150}'],
  ['Tavily', 'tvly-', word(28)],
  ['Firecrawl', 'fc-', hex(32)],
  ['E2B', 'e2b_', hex(40)],
  ['Jina', 'jina_', alphanumeric(50)],
  ['Voyage', 'pa-', word(43, 43)],
  ['Google', 'AIza', `${word(35, 35)}(?![\\w-])`],
]

const CLOUD: readonly Row[] = [
  ['AWS', 'AKIA ASIA ABIA ACCA', '[A-Z0-9]{16}(?![A-Za-z0-9+/])'],
  ['AWS Bedrock', 'ABSK bedrock-api-key-', '[\\w+/=]{40,600}'],
  ['Google Cloud', 'GOCSPX-', word(24)],
  ['Google Cloud', 'ya29. 1//0', '[\\w.-]{30,600}'],
  ['DigitalOcean', 'dop_v1_ doo_v1_ dor_v1_', hex(64)],
  ['Alibaba Cloud', 'LTAI', `${alphanumeric(16, 26)}(?!${ALPHANUMERIC})`],
  ['Tencent Cloud', 'AKID', `${alphanumeric(32, 32)}(?!${ALPHANUMERIC})`],
  ['Yandex Cloud', 'AQVN', word(35, 40)],
  ['Heroku', 'HRKU-', word(36)],
  ['Fly.io', 'fo1_ fm1r_ fm1a_ fm2_', '[\\w+/=-]{40,600}'],
  ['Vercel', 'vcp_ vci_ vca_ vcr_ vck_', alphanumeric(24)],
  ['Cloudflare', 'cfk_ cfut_ cfat_', alphanumeric(40)],
  ['Cloudflare', 'v1.0-', '[a-f0-9]{24}-[a-f0-9]{146}'],
  ['Netlify', 'nfp_ nfc_ nfo_ nfu_', alphanumeric(36)],
  ['Render', 'rnd_', alphanumeric(28)],
  ['Supabase', 'sbp_ sb_secret_', '[\\w-]{28,100}'],
  ['PlanetScale', 'pscale_tkn_ pscale_pw_ pscale_oauth_', '[\\w.=-]{32,100}'],
  ['Neon', 'napi_', alphanumeric(40)],
  ['Pulumi', 'pul-', hex(40)],
  ['HashiCorp Vault', 'hvs. hvb. hvr.', word(24)],
  ['Scalingo', 'tk-us-', word(48)],
  ['OpenShift', 'sha256~', word(43, 43)],
  ['Tailscale', 'tskey-', '[a-z]{2,20}-[A-Za-z0-9]{8,40}-\\w{16,60}'],
  ['Doppler', 'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.', '[\\w.-]{40,100}'],
  ['1Password', 'ops_eyJ', base64(100, 2000)],
  ['1Password', 'A3-', '[A-Z0-9]{6}-[A-Z0-9-]{11,12}(?:-[A-Z0-9]{5}){3}'],
  ['Confluent', 'cflt', '[\\w/+]{60}'],
  ['ClickHouse', '4b1d', `${alphanumeric(38, 38)}(?!${ALPHANUMERIC})`],
  ['Grafana', 'glc_ glsa_ eyJrIjoi', '[\\w+/=]{40,400}'],
  ['New Relic', 'NRAK- NRII- NRIQ- NRAL-', '[\\w-]{27,40}'],
  ['Dynatrace', 'dt0c01. dt0s01. dt0s16.', '[A-Z0-9]{8,24}\\.[A-Z0-9]{64}'],
  ['Honeycomb', 'hcaik_ hcbik_ hcamk_', '[a-z0-9]{50,64}'],
  ['LaunchDarkly', 'sdk- api- mob-', UUID],
]

const SERVICES: readonly Row[] = [
  [
    'Slack',
    'xoxb- xoxp- xoxa- xoxo- xoxs- xoxr- xoxe- xoxe. xoxc- xoxd- xapp-',
    '[\\w%.-]{20,600}',
  ],
  ['Slack', 'hooks.slack.com/', '(?:services|workflows|triggers)/[\\w/+]{30,100}'],
  [
    'Discord',
    'discord.com/api/webhooks/ discordapp.com/api/webhooks/',
    '\\d{15,22}/[\\w-]{50,100}',
  ],
  [
    'Discord',
    'MD MT Mj Mz ND NT Nj Nz OD OT',
    '[A-Za-z0-9]{22,24}\\.[\\w-]{6}\\.[\\w-]{27,38}(?![\\w.-])',
  ],
  ['Twilio', 'SK', hex(32)],
  ['SendGrid', 'SG.', '[\\w-]{16,64}\\.[\\w-]{16,64}'],
  ['Mailgun', 'key-', `[a-z0-9]{32}(?![\\w-])`],
  ['Brevo', 'xkeysib- xsmtpsib-', '[a-f0-9]{64}-[A-Za-z0-9]{16}'],
  ['Resend', 're_', '[A-Za-z0-9]{8}_[A-Za-z0-9]{24}'],
  ['Stripe', 'sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_ sk_org_', alphanumeric(16)],
  ['Stripe', 'whsec_', '[A-Za-z0-9+/]{24,100}'],
  ['Square', 'sq0atp- sq0csp- EAAA', word(22)],
  ['PayPal', 'access_token$production$', '[a-z0-9]{16}\\$[a-f0-9]{32}'],
  ['Plaid', 'access-production- access-development- access-sandbox-', UUID],
  ['Flutterwave', 'FLWSECK-', '[\\w-]{32,60}'],
  ['Shopify', 'shpat_ shpca_ shppa_ shpss_', '[A-Fa-f0-9]{32}'],
  ['Shippo', 'shippo_live_ shippo_test_', hex(40)],
  ['EasyPost', 'EZAK EZTK', alphanumeric(54)],
  ['Duffel', 'duffel_live_ duffel_test_', word(40)],
  ['Airtable', 'pat', '[A-Za-z0-9]{14}\\.[a-f0-9]{64}'],
  ['Notion', 'ntn_', alphanumeric(40)],
  ['Notion', 'secret_', `${alphanumeric(43, 43)}(?!${ALPHANUMERIC})`],
  ['HubSpot', 'pat-na1- pat-na2- pat-eu1- pat-ap1-', UUID],
  ['Contentful', 'CFPAT-', word(43)],
  ['Mapbox', 'sk.eyJ', '[\\w.-]{40,300}'],
  ['Meta', 'EAACEdEose0cBA EAAM EAAC', alphanumeric(80, 600)],
  ['X', 'AAAAAAAAAAAAAAAAAAAA', '[\\w%]{70,200}'],
  ['Dropbox', 'sl.', word(120, 1500)],
  ['Typeform', 'tfp_', '[\\w.-]{40,100}'],
  ['Adobe', 'p8e-', word(32)],
  ['ReadMe', 'rdme_', '[a-z0-9]{70}'],
  ['WakaTime', 'waka_', UUID],
  ['Frame.io', 'fio-u-', word(64)],
]

const KEYS: readonly Row[] = [
  ['age key', 'AGE-SECRET-KEY-1', '[A-Z0-9]{50,70}'],
  ['age key', 'AGE-PLUGIN-', '[A-Z0-9]{1,20}-1[A-Z0-9]{40,600}'],
  ['minisign key', 'RWRTY0Iy', '[\\w+/=]{100,300}'],
  ['Nostr key', 'nsec1', '[a-z0-9]{58}'],
  ['BIP-32 key', 'xprv yprv zprv tprv', alphanumeric(100, 120)],
  ['JSON Web Token', 'eyJ', '[\\w-]{10,1500}\\.eyJ[\\w-]{10,4000}\\.[\\w-]{16,1500}'],
]

const TOPICS: Readonly<Record<string, readonly Row[]>> = {
  'Tokens: code hosting, packages, builds': CODE,
  'Tokens: AI services': AI,
  'Tokens: clouds and operations': CLOUD,
  'Tokens: messaging, payment, others': SERVICES,
  'Other forms': KEYS,
}

export const TOKEN_RULES: readonly TokenRule[] = Object.entries(TOPICS).flatMap(([topic, rows]) =>
  rows.map(([service, prefixes, body]) => ({
    topic,
    service,
    prefixes: prefixes.split(' '),
    body,
  })),
)
