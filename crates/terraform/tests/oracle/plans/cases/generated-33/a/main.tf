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
  l1 = tolist(toset([var.name, "set"]))
  l2 = var.size * 2
  l3 = lookup(merge(var.options.tags, { b = var.name }), "a", "%{ for x in [] }<${x}>%{ endfor }")
}

resource "terraform_data" "r4" {
  for_each = { for i, x in var.items : "k${i}" => x }
  input = (var.enabled ? var.size : local.l2)
}

locals {
  l5 = local.l2
  l6 = can({ for i, x in var.items : "k${i}" => x }.a)
  l7 = format("%s/%03d", coalesce(format("%s/%03d", var.password, local.l5), "none"), max(local.l5, length(var.options.first)))
  l8 = "%{ if (var.enabled || local.l6) }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r9" {
  input = var.labels

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l10 = slice(concat(["s", try({ for k, v in terraform_data.r9.output : k => upper(v) }["zz"], coalesce(var.name, "none"))], compact([var.options.first, ""])), 0, 2)
  l11 = local.l7
  l12 = !((false || var.enabled))
  l13 = local.l6
}

output "o14" {
  value = jsonencode(local.l1)
}

output "o15" {
  value = max(var.size, (local.l5 + 7) % 3)
}

output "o16" {
  value = local.l6
}

output "o17" {
  value = distinct(tolist(local.l10))
}

output "o18" {
  value = { a = "beta" }
}

