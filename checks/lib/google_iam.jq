# Grants of roles of Google Cloud, in all forms in which they are written.

# resource → each grant, with a `role` and its `members` or `member`: the resource itself, the bindings of a policy in a
# text, or the blocks of a policy document, and not the text that they make. A resource that takes its policy from a document says nothing
# by itself.
def grants:
  select(.role != null or .member != null or .members != null),
  (select(.policy_data != null and ([.binding[]?] | length) == 0)
    | select([refs("data.google_iam_policy")] | length == 0)
    | .policy_data | document | .bindings[]?),
  .binding[]?;

# grant → the places that name who gets the role
def grantees: ((.members | arrays | .[]), .member) | strings;

# grant → the places that name who gets the role, but for service accounts that the same configuration makes: their names
# are not known yet
def foreign_grantees: grantees | select(any(refs("google_service_account"); true) | not);

# resource → the places that give everybody on the internet, or everybody with a Google account, a role
def grants_to_everybody:
  grants | foreign_grantees | select(. == "allUsers" or . == "allAuthenticatedUsers");

# resource → the resource, unless it is a policy document that no resource of this kind uses
def used_by($kind): select(.binding == null or any(backrefs($kind); true));

# resource → the resource, unless it is a policy document that no project, folder or organization uses
def used_by_hierarchy:
  select(.binding == null
    or any(backrefs("google_project_iam_policy"), backrefs("google_folder_iam_policy"),
      backrefs("google_organization_iam_policy"); true));

# member → whether it is one of the service accounts that Google makes with a project
def is_default_service_account:
  test("^(serviceAccount:)?([^@]+-compute@developer\\.gserviceaccount\\.com|[^@]+@appspot\\.gserviceaccount\\.com)$");

# text → whether it is one of these names. It is one question, where the text is unknown.
def is_one_of($names):
  . != null and test("^(" + ([$names[] | gsub("\\."; "[.]")] | join("|")) + ")$");
