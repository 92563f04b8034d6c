/**
 * Globs of files that usually hold secrets, by topic. They are compared without regard to case.
 *
 * `*` matches within a name, `#` the same without dots, `?` one character, `{a,b}` either. `<data>`
 * stands for the extension of a data file. A glob with a `/` names the last folders as well; one
 * that ends in `/` matches all files below that folder.
 */
export interface NameRule {
  readonly topic: string
  /** Those that README.md lists */
  readonly shown: readonly string[]
  readonly more: readonly string[]
  /** Whether an example is meant as well: a key in `example.pem` is a key. */
  readonly coversExamples?: boolean
}

/** Extensions that `<data>` stands for. Source code about credentials usually contains none. */
export const DATA_EXTENSIONS =
  'json jsonc json5 yaml yml toml ini cfg conf config txt csv tsv xml properties plist enc'

const globs = (list: string): readonly string[] => list.trim().split(/\s+/)

export const NAME_RULES: readonly NameRule[] = [
  {
    topic: 'Environment files',
    shown: globs(`
      .env .env.* .envrc *.env .dev.vars .flaskenv .secrets
    `),
    more: globs(`
      .env* *.env.{<data>,local,prod,production,staging,dev,development,test,ci} .dev.vars.*
      env.{local,prod,production,stage,staging,dev,development} .secrets.* .envs/ dotenv
      *.postman_environment.json .doppler/ .vault{-,_}pass* {vault,vault_,vault-,ansible-vault-}pass{,word}{,.txt}
    `),
  },
  {
    topic: 'Keys, certificates, signing',
    coversExamples: true,
    shown: globs(`
      *.pem *.key *.p12 *.pfx *.jks *.keystore *.mobileprovision *.ppk id_rsa id_ed25519 .ssh/ .gnupg/
    `),
    more: globs(`
      *.{p8,p7b,p7c,p7s,pkcs12,crt,cer,der,csr,jceks,bks,truststore,pvk,spc,snk,asc,gpg,pgp,keytab}
      *.{provisionprofile,certsigningrequest,keychain,keychain-db,keyring,macaroon,publishsettings}
      *.{gpgkey,kbx,jwk,jwks,agekey,nk,creds} id_{rsa,dsa,ecdsa,ed25519}{,_sk}{,{-,_,.}#}
      *{-,_,.}{rsa,dsa,ecdsa,ed25519} ssh_host_*_key{,.pub} known_hosts authorized_keys{,2} .shosts .rhosts
      {private,privkey,secret,signing,deploy,ssh,age,wg}{,-,_}key{,.<data>} {,.}privkey{,.<data>} privatekey key{,pair,ring,store}
      age/keys.txt age-key.txt age-keys.txt secring.* otr.private_key .pki/ minisign.key *.seckey .eyaml/
      encrypted_data_bag_secret {key,keystore,signing,release,upload-keystore}.properties krb5cc_*
    `),
  },
  {
    topic: 'Credentials by name',
    shown: globs(`
      credentials *credential*.json *secret*.yaml *password*.txt service-account*.json token.json client_secret*.json auth.json *firebase-adminsdk*.json
    `),
    more: globs(`
      secrets.# creds.json key.json
      *{credential,secret,service{,-,_}account,password,passwd,passphrase}*.<data>
      *{api,access,private,secret,account,encryption,signing}{,-,_}key{,s}{,{-,_,.}*}.<data>
      *{access,refresh,auth,api,bearer,bot,oauth,id,github,gh,gitlab,npm,slack}{,-,_}token{,s}{,{-,_}#}{,.<data>}
      {credential{,s},secret,password{,s},passwd,shadow,gshadow}{,-} {,*{-,_,.}}creds{,{-,_}#}{,.<data>}
      secrets secrets.# #{-,_,.}secrets #{-,_,.}secrets.# *.secret{,s}.{exs,rb,php,py}
      {.,}token token{.txt,.json,.pickle,.yaml,.yml} {.,}api{,-,_}key{,s} .{access,auth}{-,_}token
      {auth,oauth,oauth_creds,creds,key,keyfile,passwd,logins,userlist,users_export}.{json,txt}
      *{gcp,gcloud,google,gce,gcs,sa,firebase,vertex,bigquery}{-,_}{key,keys,auth,sa,cred,creds}*.json
      *{credentials,passwords,secrets}.h pc-api-*.json gha-creds-*.json *_accesskeys.csv accesskeys.csv
      rootkey.csv *{recovery,backup}{-,_,?}codes*.{txt,json,csv,md} secret_token.rb *.kaggle.json kaggle.json
    `),
  },
  {
    topic: 'Package managers and builds',
    shown: globs(`
      .npmrc .yarnrc.yml .pypirc pip.conf gradle.properties .m2/settings.xml .gem/credentials nuget.config
    `),
    more: globs(`
      {.,_}{npmrc,pypirc,yarnrc,bunfig.toml} npmrc .yarnrc.yaml .pnpmrc pnpm/rc .pnpm/rc pip.ini .pip/ pypoetry/auth.toml
      .condarc uv/credentials/ .cargo/credentials.toml .nuget/ .m2/settings*.xml .gradle/ local.properties settings-security.xml
      .ivy2/ .sbt/ credentials.sbt .bundle/config .composer/ .hex/ hex.config .pub-cache/ .luarocks/upload_config.lua
      .pause .cabal/config .renviron .cpan/ .twine google-services.json googleservice-info.plist
      agconnect-services.json sentry.properties .sentryclirc .artifactory/ .jfrog/ .mavenrc
    `),
  },
  {
    topic: 'Clouds and deployment',
    shown: globs(`
      .aws/ .azure/ .config/gcloud/ .kube/ .docker/config.json kubeconfig *.tfstate *.tfvars .netrc .git-credentials
    `),
    more: globs(`
      .config/gh/hosts.yml wg0.conf local.settings.json
      *.{tfvars.json,tfplan,tfstate.*,pkrvars.hcl,kubeconfig,cscfg,pubxml,pubxml.user,azurepubxml,rdp,har}
      {kubeconfig,kube-config,kube_config,kube.config}{,.<data>,{-,_}#} k3s.yaml rke2.yaml {.,}talos{,/}config admin.conf
      etc/kubernetes/*.conf .terraformrc terraform.rc .terraform.d/ credentials.tfrc.json .terraform/terraform.tfstate
      .pulumi/ {.,}dockercfg .dockerconfigjson docker-config.json helm/registry/config.json
      helm/repositories.yaml {.,_}netrc .git/credentials .config/git/credentials .config/{hub,gh/*,glab-cli/*}
      .boto .gsutil/ .gcloud/ .oci/ .aliyun/ .tccli/ .bluemix/ .ibmcloud/ .linode-cli .config/linode-cli doctl/config.yaml
      hcloud/cli.toml scw/config.yaml .vultr-cli.yaml .fly/config.yml .railway/ com.vercel.cli/auth.json .vercel/auth.json
      .netlify/config.json {.config,preferences}/netlify/config.json .wrangler/config/* configstore/firebase-tools.json .supabase/ .databrickscfg .snowsql/
      .snowflake/ .dbt/profiles.yml .huggingface/ huggingface/{token,stored_tokens} .streamlit/secrets.toml .heroku/
      .s3cfg .s3curl .mc/config.json {.,}passwd-s3fs {.,}rclone.conf .vault-token .tsh/ .teleport/ .chef/ knife.rb
      .ansible/galaxy_token .circleci/cli.yml .codex/auth.json .claude.json .gemini/oauth_creds.json .config/openai*
      github-copilot/{hosts,apps,oauth}.json .continue/config.{json,yaml} .aider.conf.yml .cloudflared/ .ngrok2/
      ngrok.yml {,.}remote-sync.json .deployment-config.json deployment-config.json serviceconfiguration.*.cscfg
      .tugboat .trc .jupyter/ jupyter_{notebook,server}_config.{json,py} .storage/auth* .config/op/ .exports .extra .localrc .httr-oauth
    `),
  },
  {
    topic: 'Application settings',
    shown: globs(`
      wp-config.php appsettings.*.json application-*.{yml,properties} local.settings.json config/database.yml parameters.yml master.key
    `),
    more: globs(`
      wp-config{-,_,.}*.php application-*.yaml {,.}local{_,-,.,}settings.{py,php,json,inc} settings{_,-,.}local.{py,php,json,inc} profiles.{yml,yaml} localsettings.php
      sites/*/settings{,.local}.php app/etc/{env.php,local.xml} config.inc.php parameters.{yaml,php} database.{yml,yaml}
      config/{production,prod,staging,stage,local}.{json,json5,yaml,yml,toml} config/runtime.secret.exs connectionstrings.config
      microsoft/usersecrets/ typo3conf/localconfiguration.php settings.inc.php *.config.secret.* omniauth.rb carrierwave.rb
      jenkins.plugins.*.xml hudson.util.secret .idea/{webservers,datasources,datasources.local}.xml .idea/datasources/ .erlang.cookie
    `),
  },
  {
    topic: 'Databases, mail, file transfer, VPN',
    shown: globs(`
      .pgpass .my.cnf .mylogin.cnf .htpasswd .msmtprc .ftpconfig sftp-config.json *.ovpn wg0.conf *.nmconnection
    `),
    more: globs(`
      {.,}my.cnf {_,}mylogin.cnf {.,_,}pgpass{,.conf} {.,}pg_service.conf _my.cnf .mongo{,sh}rc.js {.,}ht{passwd,digest}
      .dbeaver-data-sources*.xml {data-sources,credentials-config}.json robomongo.json .robo3t/ .redisclirc userlist.txt
      .{msmtp,fetchmail,getmail,offlineimap,mbsync,isync,esmtp,mutt,neomutt,lftp,curl,wget,ldap,mail,netmd}rc {mutt,neomutt,lftp}rc
      .mutt/ sasl_passwd{,.db} .authinfo* _authinfo .smbcredentials* smbcredentials* {.,}smbpasswd ldap.secret
      .vscode/{sftp,ftp-sync}.json sftp.json .ftppass ftpsync.settings {filezilla,sitemanager,recentservers}.xml winscp.ini
      proftpdpasswd .wgetrc wg*.conf wireguard/*.conf wireguard/*.key *.{tblk,pcf,openvpn,mobileconfig,remmina}
      {ipsec,chap,pap}{.,-}secrets swanctl.conf system-connections/ wpa_supplicant*.conf *vpn*.conf hostapd.conf .vnc/
      openvpn/auth.txt openconnect*.conf tailscaled.state .xauthority .iceauthority ventrilo_srv.ini purple/accounts.xml servlist_.conf .irssi/config etc/passwd
    `),
  },
  {
    topic: 'Histories, browsers, wallets',
    coversExamples: true,
    shown: globs(`
      .bash_history .zsh_history .python_history .psql_history .viminfo
      cookies.txt logins.json *.kdbx .password-store/ *.agilekeychain bitwarden*.json wallet.dat keystore/UTC--*
    `),
    more: globs(`
      .node_repl_history fish_history
      .*{history,histfile,_hist} .history .zhistory *_history consolehost_history.txt nushell/history.* .lesshst
      .*{_,-,.}history.* repl_history.jl .dbshell .wget-hsts .recently-used* .histfile* atuin/history.db .erlang-history* .sh_history* *.history *.historynew *-history *.shada
      cookies cookies.{sqlite,json} *.cookies cookie.jar cookies.jar {login,web}?data key{3,4}.db signons.sqlite
      *.{kdb,kwl,kwallet,tpm,gnucash,opvault,1pux,1pif,psafe3,enpassdb,walletx,wallet,2fas,bek,fve,dayone} {bitwarden,lastpass,dashlane,1password,keepass,nordpass,proton{,?}pass}*.{csv,json,xml,txt}
      {chrome,firefox,edge,brave,safari}?passwords*.csv login.keyring keyrings/ .gopass/ .lastpass/ {andotp,aegis}*.json
      {,*{-,_}}mnemonic{,s}{,{-,_}*}.{txt,json,md} seed.txt {seed,recovery}?phrase{,s}{,.txt,.json,.md} wallet*.json keystore.json
      utc--* .electrum/ .ethereum/ .bitcoin/ bitcoin.conf lnd.conf .lnd/ .config/solana/ solana/id.json .brownie/accounts/
      .near-credentials/ .foundry/keystores/ .sui/ .aptos/ .recon-ng/
    `),
  },
]
