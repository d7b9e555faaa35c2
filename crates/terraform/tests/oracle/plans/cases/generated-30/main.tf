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
  l1 = length(var.items) > 0
  l2 = local.l1
  l3 = length([for k, v in tomap({ a = var.password, c = var.password }) : "${k}=${v}"]) > 0
}

resource "terraform_data" "r4" {
  for_each = { for k, v in { for i, x in var.items : "k${i}" => x } : k => upper(v) }
  input = each.value
}

locals {
  l5 = { a = replace(substr("${var.password}-long", 0, 3), "a", "o"), b = tostring(length(var.options.first)) }
  l6 = local.l3
}

module "m7" {
  source = "./a"
  name = "p-${var.options.first}"
  enabled = local.l1
  items = split("-", var.options.first)
  labels = { for k, v in tomap({ a = var.options.first, c = "alpha" }) : "${k}-x" => v if k != "b" }
  password = replace(var.options.first, "a", "o")
  options = { first = "f-${jsonencode(keys(terraform_data.r4))}", other = 1 }
}

module "m8" {
  source = "./a"
  count = var.enabled ? 1 : 0
  size = (!(var.options.first != null) ? var.size * 2 : length((local.l1 ? tomap(var.labels) : tomap({ e = var.options.first }))))
  enabled = can(zipmap(["a", "d"], [var.options.first, lookup(var.labels, "a", var.options.first)]).a)
  items = compact([element(concat(["z"], keys(terraform_data.r4)), 1), ""])
  labels = tomap({ a = ((local.l1 ? { v = "Grüße" } : { v = var.options.first }).v), c = var.options.first })
}

module "m9" {
  source = "./b"
  name = upper("alpha")
  enabled = contains(keys(terraform_data.r4), (local.l1 ? "beta" : var.options.first))
  labels = var.options.tags
  options = { first = "f-${var.options.first}", other = 1 }
}

module "m10" {
  source = "./b"
  for_each = toset(var.items)
  size = (var.enabled ? module.m7.o14 : module.m7.o14)
  labels = {}
}

resource "terraform_data" "r11" {
  for_each = toset(["beta"])
  input = sum([sum([module.m9.o14, 1]), 1])
}

locals {
  l12 = distinct(tolist(module.m8[*].o13))
  l13 = [for x in [for k, v in (module.m9.o15 ? tomap({ for k, r in terraform_data.r11 : k => r.id }) : tomap({ e = var.password })) : "${k}=${v}"] : x if x != ((7 > module.m9.o14 ? { v = format("%s/%03d", var.options.first, module.m7.o14) } : { v = lookup(var.labels, "a", module.m9.o13) }).v)]
}

output "o14" {
  value = trimspace(" ${(var.enabled ? "" : var.options.first)} ")
}

output "o15" {
  value = module.m7.o14
}

output "o16" {
  value = local.l3
  sensitive = true
}

output "o17" {
  value = [for k, v in { for k, m in module.m10 : k => m.o13 } : "${k}=${v}"]
}

output "o18" {
  value = module.m9.o17
}

