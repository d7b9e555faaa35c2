# Blocks of Terraform resources that may be written once.

# list of blocks → what the first of them holds at a place; the place of the list where nothing is written.
def first_block(f): if . == null then . else (.[0] | f) end;

# attribute → whether nothing is named by it.
def names_nothing: . == null or ((any(refs; true) | not) and . == "");
