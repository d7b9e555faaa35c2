# Machines of Google Cloud.

# machine, template or project → the place of an entry of its metadata, which some write as a block
def metadata_entry($key): .metadata | if type == "array" then .[0] else . end | .[$key];

# machine, template or project → whether an entry of its metadata is switched on. Google takes these words for true.
def metadata_on($key):
  metadata_entry($key) | . != null and (tostring | ascii_downcase | . == "true" or . == "1" or . == "y" or . == "yes");
