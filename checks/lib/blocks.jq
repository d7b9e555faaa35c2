# Blocks of Terraform resources that may be written once.

# list of blocks → what the first of them holds at a place; the place of the list where nothing is written.
def first_block(f): if . == null then . else (.[0] | f) end;

# attribute → whether nothing is named by it.
def names_nothing: . == null or ((any(refs; true) | not) and . == "");

# list of blocks → the block; a missing list stays a missing place, so that `.site_config | the_block | .ftps_state` is a
# place with the block and without it.
def the_block: if . == null then . else .[0] end;

# Whether a value says false; a missing one does not.
def is_off: . == false or . == "false";
