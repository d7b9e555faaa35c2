# What a credential looks like in plain text, by its name and by its value. No message may repeat the value.

# workload → each environment variable of each container, with its name and value.
def environment:
  containers | .env[]?;

# name → whether such a name holds a credential: `DB_PASSWORD`, `stripe.api-key`, `clientSecret`, but not `TOKEN_URL` or
# `PASSWORD_MIN_LENGTH`, because the word that counts stands last, and not `existingSecret`, which names an object.
def names_credential:
  test("(?i)(password|passwd|passphrase|passcode|secret|token|credentials?|(^|[_.-])(pass|pwd)|(api|access|auth|secret|private|signing|encryption|master|account|storage)[_.-]?key|secret[_.-]?key[_.-]?base)([_.-]?[0-9]+)?$")
  and (test("(?i)(^|[_.-])(public|publishable|existing|image[_.-]?pull)") | not);

# text → whether it stands for itself. Not so: switches, references that something else resolves, paths, addresses,
# placeholders, prose.
def literal:
  length > 0
  and (test("(?ix)
    ^\\s*$
    | ^(true|false|yes|no|on|off|y|n|none|null|nil|undefined|default|auto|automatic|enabled|disabled|required|optional
        |basic|bearer|digest|oauth2?|oidc|jwt|hmac|iam|kubernetes|vault|file|env|memory)$
    | [$%]\\( | [$%]\\{ | \\{\\{ | <% | ^\\$[a-z_]
    | ^(ref\\+|vault:|ssm:|kms:|op:|sm:|secret:|file:|env:|akv:|arn:|projects/|enc\\[) | ^[a-z][a-z0-9+.-]*://
    | ^(\\.{0,2}|~)/ | (?-i:^[a-z0-9_.-]+(/[a-z0-9_.-]+)+$)
    | ^<.*>$ | ^\\[.*\\]$ | ^[x*.?_-]+$ | (?-i:^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$)
    | change[_\\ -]?(me|this|it) | replace[_\\ -]?(me|this|with) | ^your | placeholder | redacted | example | dummy
    | ^(todo|tbd|fixme) | insert[_\\ -] | fill[_\\ -]?(me|in) | set[_\\ -]?me | not[_\\ -]?used
    | \\S\\s+\\S
  ") | not);

# text → whether it can be the credential that the name speaks of. Only passwords are plain numbers or end like the name of an object.
def credential_of($name):
  literal
  and (($name | test("(?i)pass|pwd"))
    or (test("^[0-9.]+(ms|[smhd])?$|^[a-z0-9][a-z0-9.-]*-(secrets?|creds|credentials?|tls|certs?|keys?|token|auth)$") | not));

# text → whether it holds a credential whose form gives it away, whatever it is called.
def known_credential:
  test("(?x)
    -----BEGIN\\ ([A-Z0-9]+\\ )*PRIVATE\\ KEY
    | \\b(AKIA|ASIA)[0-9A-Z]{16}\\b
    | \\bgh[pousr]_[0-9A-Za-z]{36} | \\bgithub_pat_[0-9A-Za-z_]{22} | \\bglpat-[0-9A-Za-z_-]{20}
    | \\bxox[abeoprs]-[0-9A-Za-z-]{10} | hooks\\.slack\\.com/services/T[0-9A-Z]+/B[0-9A-Z]+/[0-9A-Za-z]
    | \\b[rs]k_live_[0-9A-Za-z]{16} | \\bAIza[0-9A-Za-z_-]{35} | \\bSG\\.[0-9A-Za-z_-]{16,}\\.[0-9A-Za-z_-]{16}
    | \\bnpm_[0-9A-Za-z]{36} | \\bpypi-AgEIcHlwaS | \\bdop_v1_[0-9a-f]{64} | \\bdckr_pat_[0-9A-Za-z_-]{20}
    | \\bhv[bs]\\.[0-9A-Za-z_-]{20} | \\bsk-(ant|proj)-[0-9A-Za-z_-]{20} | \\bAGE-SECRET-KEY-1[0-9A-Z]{50}
    | \\bhf_[A-Za-z]{30} | \\bshp(at|ca|pa|ss)_[0-9a-f]{32}
    | \\beyJ[0-9A-Za-z_-]{10,}\\.eyJ[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{10}
    | \\b[a-z][a-z0-9+.-]*://[^\\s:/@$<{]*:[^\\s/@$<{%(*]{3,}@
    | \\b(AccountKey|SharedAccessKey)=[0-9A-Za-z+/]{20}
    | ;\\s*([Pp]assword|[Pp]wd|PASSWORD|PWD)\\s*=\\s*[^;\\s$<{%(*]{3}
  ")
  or (test("(?i)^(bearer|basic)\\s+[a-z0-9+/=_.-]{8,}$") and test("[0-9]"));

# text of a configuration file → whether one of its lines sets a credential: `spring.datasource.password=…`, `"apiKey": "…"`.
def sets_credential:
  test("(?i)(passw|passphrase|secret|token|[_.-]?key)[a-z_]*[\"']?[ \\t]*[:=]")
  and any(
    split("\n")[];
    test("(?ix)
      ^\\s*(-\\s+|export\\s+)?[\"']?[a-z0-9_.-]*
      (password|passwd|passphrase|client[_.-]?secret|secret[_.-]?key|api[_.-]?key|access[_.-]?key|private[_.-]?key
        |auth[_.-]?token|access[_.-]?token)
      [\"']?\\s*[:=]\\s*[\"']?[^\\s\"'$<{%(\\[\\#*&!|>,;][^\\s\"']{3,}[\"']?\\s*[,;]?\\s*$
    ")
    and (test("(?ix)
      [:=]\\s*[\"']?(
        true|false|none|null|undefined|default|enabled|disabled|required|optional|string|x+|[0-9.]+
        | (\\.{0,2}|~)/.* | [a-z][a-z0-9+.-]*://.* | [a-z_]+(\\.[a-z_]+)+ | [a-z_.]+\\(.*
        | .*(change[_-]?(me|this)|replace[_-]?(me|this)|placeholder|example|redacted|dummy|your[_-]).*
      )[\"']?\\s*[,;]?\\s*$
    ") | not)
  );
