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
  l1 = zipmap(["a", "d"], ["%{ for x in tolist(["l"]) }<${x}>%{ endfor }", ((var.enabled ? { v = var.password } : { v = var.options.first }).v)])
  l2 = merge({}, { b = var.password })
  l3 = "beta"
}

resource "terraform_data" "r4" {
  for_each = merge((var.enabled ? tomap(var.options.tags) : tomap({ e = (var.enabled ? local.l3 : local.l3) })), { b = trimspace(" ${lookup(tomap({ a = "1", b = "2" }), "a", var.options.first)} ") })
  input = !(length(flatten([var.items, [var.password]])) > 0)
}

locals {
  l5 = (var.enabled ? var.options.first : "%{ for x in [for x in var.items : x if x != ""] }<${x}>%{ endfor }")
  l6 = keys({ for k, v in merge(local.l1, { b = "beta" }) : "${k}-x" => v if k != "b" })
  l7 = can(var.labels.a)
  l8 = jsonencode({ name = join("-", tolist([var.name, var.password])), size = var.size })
}

resource "terraform_data" "r9" {
  count = var.enabled ? 1 : 0
  input = replace(one([upper(var.options.first)]), "a", "o")
}

locals {
  l10 = var.name
  l11 = (var.enabled ? tomap(var.options.tags) : tomap({ e = try(terraform_data.r9[0].output, "none") }))
  l12 = var.enabled
  l13 = reverse(terraform_data.r9[*].id)
}

output "o14" {
  value = "%{ for x in ["x", "y"] }<${x}>%{ endfor }"
}

output "o15" {
  value = length(trimspace(" ${local.l5} "))
}

output "o16" {
  value = !(local.l7)
}

output "o17" {
  value = [for k, v in { for i, x in compact([try(terraform_data.r9[0].output, "none"), ""]) : "k${i}" => x } : "${k}=${v}"]
}

output "o18" {
  value = local.l1
  sensitive = true
}

