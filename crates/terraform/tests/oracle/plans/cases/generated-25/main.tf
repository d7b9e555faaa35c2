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
  l1 = (var.enabled || var.size > var.size)
}

resource "terraform_data" "r2" {
  for_each = { for k, v in var.options.tags : "${k}-x" => v if k != "b" }
  input = merge(var.labels, { b = var.password })
  triggers_replace = [var.options.first, 1]
}

resource "terraform_data" "r3" {
  for_each = { for k, v in var.options.tags : k => upper(v) }
  input = can({ for k, v in { for k, r in terraform_data.r2 : k => r.id } : k => upper(v) }.a)
  triggers_replace = [jsonencode({ name = coalesce(each.key, "none"), size = max(var.size, var.size) }), 1]
}

resource "terraform_data" "r4" {
  count = min(3, 7)
  input = var.size
  triggers_replace = ["%{ for x in var.items }<${x}>%{ endfor }", 1]
}

locals {
  l5 = { a = var.name, b = var.name }
  l6 = true
}

module "m7" {
  source = "./a"
  for_each = toset(keys(terraform_data.r3))
  labels = var.options.tags
  password = coalesce(join("-", values(local.l5)), "none")
  options = { first = "f-${lookup({ for i, x in [for x in tolist(["l"]) : x if x != each.value] : "k${i}" => x }, "a", each.value)}", other = 1 }
}

resource "terraform_data" "r8" {
  count = min(3, length(keys(terraform_data.r2)))
  input = count.index * 2
}

locals {
  l9 = { for k, v in { for k, v in (local.l6 ? tomap({ for k, m in module.m7 : k => m.o6 }) : tomap({ e = "Grüße" })) : "${k}-x" => v if k != "b" } : "${k}-x" => v if k != "b" }
  l10 = tolist(toset([var.options.first, "set"]))
  l11 = format("%s/%03d", var.name, var.size)
  l12 = var.size
}

output "o13" {
  value = var.options.first
}

output "o14" {
  value = length(terraform_data.r4)
}

output "o15" {
  value = local.l6
}

output "o16" {
  value = keys(terraform_data.r2)
}

output "o17" {
  value = { for k, m in module.m7 : k => m.o6 }
}

