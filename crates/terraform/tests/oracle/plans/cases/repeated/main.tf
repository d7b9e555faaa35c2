variable "names" {
  default = ["b", "a", "c"]
}

variable "users" {
  type = map(object({ admin = optional(bool, false), groups = optional(list(string), []) }))
  default = {
    ann = { admin = true, groups = ["x", "y"] }
    bob = { groups = ["x"] }
    cid = {}
  }
}

locals {
  memberships = { for pair in flatten([for user, u in var.users : [for group in u.groups : { user = user, group = group }]]) : "${pair.user}/${pair.group}" => pair }
  by_group    = { for key, pair in local.memberships : pair.group => pair.user... }
}

resource "terraform_data" "count" {
  count = length(var.names)
  input = var.names[count.index]
}

resource "terraform_data" "set" {
  for_each = toset(var.names)
  input    = "${each.key}=${each.value}"
}

resource "terraform_data" "map" {
  for_each         = local.memberships
  input            = each.value
  triggers_replace = [each.key, try(terraform_data.user[each.value.user].id, "admin")]
}

resource "terraform_data" "user" {
  for_each = { for name, user in var.users : name => user if !user.admin }
  input    = each.value.groups
}

resource "terraform_data" "admin" {
  for_each = { for name, user in var.users : name => user if user.admin }
  input    = upper(each.key)
}

resource "terraform_data" "none" {
  count = 0
  input = "never"
}

resource "terraform_data" "empty" {
  for_each = {}
  input    = each.key
}

resource "terraform_data" "maybe" {
  count = contains(var.names, "a") ? 1 : 0
  input = "maybe"
}

resource "terraform_data" "chained" {
  for_each = terraform_data.set
  input    = each.value.input
}

resource "terraform_data" "string_keys" {
  for_each = { "a.b/c d" = 1, "quote\"d" = 2, "ü" = 3, "1" = 4, "$${x}" = 5 }
  input    = each.value
}

resource "terraform_data" "text_count" {
  count = "2"
  input = count.index + 1
}

output "values" {
  value = {
    first    = terraform_data.count[0].input
    splat    = terraform_data.count[*].input
    legacy   = terraform_data.count.*.input
    set      = terraform_data.set["a"].input
    values   = values(terraform_data.set)[*].input
    maybe    = one(terraform_data.maybe[*].input)
    none     = one(terraform_data.none[*].input)
    empty    = terraform_data.empty
    length   = length(terraform_data.user)
    keys     = keys(terraform_data.string_keys)
    by_group = local.by_group
    each     = { for k, v in terraform_data.map : k => v.input.group }
    try      = try(terraform_data.count[7].input, "past the end")
    ids      = terraform_data.count[*].id
  }
}
