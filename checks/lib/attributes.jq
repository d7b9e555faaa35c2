# Attributes of Terraform resources. Terraform converts between text, numbers and truth values where a provider asks for it,
# so that "true" and true, and "22" and 22, are the same.

# Whether a value means true.
def is_on: . == true or . == "true";

# A number that may be written as text.
def as_number: if type == "string" then tonumber else . end;
