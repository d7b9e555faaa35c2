# Policies of AWS.

# What may stand alone or in a list.
def one_or_more: if type == "array" then .[] else select(. != null) end;

# The statements that allow something of the policies that a resource holds under a key.
def allowing_statements:
  document | .Statement | one_or_more | select(.Effect == "Allow");
