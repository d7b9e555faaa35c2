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
  l1 = jsonencode({ name = var.password, size = 1 })
}

resource "terraform_data" "r2" {
  count = var.enabled ? 1 : 0
  input = jsonencode({ name = lookup(var.labels, "a", var.options.first), size = length(var.items) })
  triggers_replace = [coalesce("p-${var.options.first}", "none"), 1]
}

locals {
  l3 = contains([], "beta")
  l4 = sum([(can(var.options.tags.a) ? var.size * 2 : length(terraform_data.r2[*].id)), 1])
  l5 = var.name != null
  l6 = can(var.options.tags.a)
}

module "m7" {
  source = "./a"
  for_each = { for k, v in var.options.tags : "${k}-x" => v if k != "b" }
  size = var.size
  items = [for x in slice(concat(["s", each.key], var.items), 0, 2) : x if x != format("%s/%03d", var.options.first, length(terraform_data.r2))]
  labels = var.options.tags
  password = "beta"
}

resource "terraform_data" "r8" {
  input = sum([(length(terraform_data.r2[*].id) > 0 ? max(var.size, local.l4) : length({})), 1])

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l9 = { for k, m in module.m7 : k => m.o10 }
  l10 = { for k, v in { for k, v in { for k, v in var.labels : "${k}-x" => v if k != "b" } : k => upper(v) } : k => upper(v) }
  l11 = terraform_data.r8.output % 3
}

output "o12" {
  value = "${local.l1}-${max(7, local.l4)}"
  sensitive = true
}

output "o13" {
  value = sum([(terraform_data.r8.output + local.l4), 1])
}

output "o14" {
  value = var.enabled
}

output "o15" {
  value = distinct(tolist(terraform_data.r2[*].id))
}

output "o16" {
  value = zipmap(["a", "d"], ["Grüße", var.name])
}

