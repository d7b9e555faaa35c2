variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = max(0, var.size) > sum([var.size, 1])
  l2 = try(var.labels["zz"], one([(local.l1 ? var.options.first : var.name)]))
  l3 = length((local.l1 ? tomap(var.labels) : tomap({ e = var.name })))
  l4 = tolist(toset([one([var.password]), "set"]))
}

resource "terraform_data" "r5" {
  for_each = toset(tolist(toset([var.options.first, "set"])))
  input = { for i, x in keys((var.enabled ? tomap(var.labels) : tomap({ e = var.password }))) : "k${i}" => x }
}

locals {
  l6 = "alpha"
  l7 = jsonencode({ name = lookup(merge({ for k, r in terraform_data.r5 : k => r.id }, { b = var.password }), "a", "${var.password}-${var.size}"), size = var.size % 3 })
}

module "m8" {
  source = "./a"
  for_each = { for k, v in { for k, v in var.options.tags : k => upper(v) } : k => upper(v) }
  name = element(concat(["z"], reverse([for k, v in { for k, r in terraform_data.r5 : k => r.id } : "${k}=${v}"])), 1)
  size = (length(var.items) + sum([2 % 3, 1]))
  enabled = length(flatten([values(var.options.tags), [coalesce(local.l6, "none")]])) > 0
  items = concat(tolist(toset(["", "set"])), compact([local.l6, ""]))
  labels = { for k, v in tomap({ a = each.key, c = var.options.first }) : "${k}-x" => v if k != "b" }
}

resource "terraform_data" "r9" {
  for_each = var.labels
  input = [for k, v in { for k, m in module.m8 : k => m.o11 } : "${k}=${v}"]
}

locals {
  l10 = "%{ for x in flatten([var.items, [replace("", "a", "o")]]) }<${x}>%{ endfor }"
}

output "o11" {
  value = jsonencode({ name = replace(local.l2, "a", "o"), size = max(local.l3 * 2, local.l3) })
}

output "o12" {
  value = sum([sum([(var.size + local.l3), 1]), 1])
}

output "o13" {
  value = contains(distinct(tolist(var.items)), trimspace(" ${local.l2} "))
}

output "o14" {
  value = concat(compact([local.l10, ""]), [var.name, local.l2])
}

output "o15" {
  value = { for i, x in reverse(var.items) : "k${i}" => x }
}

