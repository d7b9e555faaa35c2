# Blocks of Terraform that may stand once.

# list of blocks → the block; a missing list stays a missing place, so that `.site_config | the_block | .ftps_state` is a
# place with the block and without it.
def the_block: if . == null then . else .[0] end;

# Whether a value says false; a missing one does not.
def is_off: . == false or . == "false";
