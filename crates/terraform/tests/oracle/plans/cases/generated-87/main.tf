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
  l1 = { a = var.password }
  l2 = !(var.enabled)
  l3 = var.items
}

resource "terraform_data" "r4" {
  for_each = toset(local.l3)
  input = local.l3
  triggers_replace = [each.value, 1]
}

locals {
  l5 = lookup(merge(local.l1, { b = var.options.first }), "a", join("-", keys(terraform_data.r4)))
  l6 = (jsonencode({ name = local.l5, size = var.size }) == var.name ? 0 * 2 : var.size * 2)
}

module "m7" {
  source = "./a"
  count = 3
  name = substr("${var.options.first}-long", 0, 3)
  size = sum([count.index, 1])
  enabled = contains(keys(terraform_data.r4), lookup(var.options.tags, "a", var.options.first))
  password = "p-${var.name}"
}

resource "terraform_data" "r8" {
  count = min(3, 1)
  input = { for i, x in [var.options.first, local.l5] : "k${i}" => x }

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l9 = length({ for i, x in local.l3 : "k${i}" => x })
  l10 = merge(var.labels, { b = var.options.first })
  l11 = zipmap(["a", "d"], [var.name, var.password])
  l12 = var.items
}

output "o13" {
  value = "p-${var.name}"
}

output "o14" {
  value = sum([(can(var.options.tags.a) ? sum([var.size, 1]) : length(var.items)), 1])
}

output "o15" {
  value = length(slice(concat(["s", jsonencode({ name = local.l5, size = var.size })], tolist(toset([var.password, "set"]))), 0, 2)) > 0
  sensitive = true
}

output "o16" {
  value = values((local.l2 ? tomap(var.options.tags) : tomap({ e = var.options.first })))
}

output "o17" {
  value = zipmap(["a", "d"], [var.name, lookup({}, "a", "alpha")])
}

