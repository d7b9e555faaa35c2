// What is Scantling's business: most YAML and JSON is not, and starts no server.

/** What is known of a document before a server is there. */
export interface Candidate {
  language: string;
  path: string;
  /** Its first lines. */
  beginning: string;
}

/** How many lines of a document are looked at. */
export const BEGINNING = 200;

const LANGUAGES = ['terraform', 'terraform-vars', 'opentofu', 'opentofu-vars', 'helm'];
const NAMES = /[/\\](Chart\.ya?ml|kustomization\.ya?ml|Kustomization|scantling\.yaml|[^/\\]+\.(tf|tofu|tfvars)(\.json)?)$/;
const VERSION = /(?:^|[{,])[\s-]*"?apiVersion"?\s*:/m;
const KIND = /(?:^|[{,])[\s-]*"?kind"?\s*:/m;

/** Whether a document holds what Scantling reads. */
export function isOurs(candidate: Candidate): boolean {
  const { language, path, beginning } = candidate;
  if (LANGUAGES.includes(language) || NAMES.test(path)) {
    return true;
  }
  return VERSION.test(beginning) && KIND.test(beginning);
}
