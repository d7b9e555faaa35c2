# Policies of IAM that a resource holds, and what they allow.

# resource or policy document → the statements that allow something. A document that a resource of the input uses is
# judged where it is used.
def iam_statements:
  (.policy, .inline_policy | strings | allowing_statements),
  (.inline_policy | arrays | .[].policy | allowing_statements);

# statement → whether it is for every resource.
def for_everything: any(.Resource | one_or_more; . == "*");
