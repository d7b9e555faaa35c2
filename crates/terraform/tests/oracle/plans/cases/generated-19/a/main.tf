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
  l1 = length(var.items)
  l2 = length(var.options.tags)
  l3 = formatlist("%s!", tolist(toset([var.options.first, "set"])))
  l4 = upper(var.options.first)
}

resource "terraform_data" "r5" {
  for_each = tomap({ a = coalesce(((var.enabled ? { v = local.l4 } : { v = var.options.first }).v), "none"), c = var.options.first })
  input = length(local.l3) > 0
  triggers_replace = [var.password, 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  input = [for k, v in var.options.tags : "${k}=${v}"]
  triggers_replace = ["Grüße", 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l7 = { a = tostring(local.l2), b = one([coalesce(var.password, "none")]) }
  l8 = [for x in values({ for k, r in terraform_data.r5 : k => r.id }) : x if x != var.name]
}

resource "terraform_data" "r9" {
  for_each = { a = substr("${(var.enabled ? local.l4 : local.l4)}-long", 0, 3), b = trimspace(" ${trimspace(" ${var.options.first} ")} ") }
  input = coalesce(var.name, "none")
  triggers_replace = [jsonencode(terraform_data.r6.input), 1]
}

locals {
  l10 = keys(terraform_data.r5)
}

output "o11" {
  value = replace(tostring(length(var.name)), "a", "o")
}

output "o12" {
  value = (var.enabled ? local.l2 : var.size)
}

output "o13" {
  value = !((local.l4 != null && var.password == "Grüße"))
  sensitive = true
}

output "o14" {
  value = slice(concat(["s", var.password], local.l10), 0, 2)
  sensitive = true
}

output "o15" {
  value = var.options.tags
}

