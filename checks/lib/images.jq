# Questions about container images: references, tags, digests, registries.

# container → its image reference; nothing where there is none, or where a placeholder of some other tool stands in its place.
def image_reference:
  .image | select(type == "string" and (test("[$<{]") | not));

# image → whether a digest decides which content is pulled. Digests of registered algorithms must have their full length.
def pinned:
  image_parts.digest
  | . != null
    and (test("^(sha256|blake3):[0-9a-f]{64}$|^sha512:[0-9a-f]{128}$") or (test("^(sha256|sha512|blake3):") | not));

# image → whether its publisher may move what it names: neither a digest nor a tag other than these.
def floating($tags):
  image_parts
  | .digest == null and (.tag == null or (.tag as $tag | any($tags[]; . == $tag)));

# image → the names by which its repository may be written, with and without the default registry.
def repository_names:
  image_parts
  | if .registry == "docker.io" then
      (.repository | ltrimstr("library/"))
      | ., "docker.io/" + ., (select(test("/") | not) | "library/" + ., "docker.io/library/" + .)
    else .registry + "/" + .repository end;

# image → whether it comes from one of these registries or repositories (`ghcr.io`, `ghcr.io/shop`, `shop/*`), or has one
# of these tags (`ghcr.io/shop/web:1.4`). A prefix ends at a slash, so that `ghcr.io/shop` is not
# `ghcr.io/shop-of-somebody-else`.
def from_repository($prefixes):
  image_parts.tag as $tag
  | [repository_names | ., (select($tag != null) | . + ":" + $tag)] as $names
  | any(
      $prefixes[] | rtrimstr("*") | rtrimstr("/");
      . as $prefix | any($names[]; . == $prefix or startswith($prefix + "/"))
    );

# container → whether its image comes from one of these registries or repositories, or is one of these images.
def runs_image_of($prefixes): any(image_reference; from_repository($prefixes));
