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
  l1 = (var.name != null ? length(var.options.tags) : length(var.options.tags))
}

resource "terraform_data" "r2" {
  count = min(3, (0 + sum([1, 1])))
  input = 2

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l3 = can(var.labels.a)
  l4 = length("%{ for x in terraform_data.r2[*].id }<${x}>%{ endfor }")
  l5 = { a = var.password }
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = trimspace(" ${var.name} ")
  triggers_replace = ["p-${"alpha"}", 1]
}

locals {
  l7 = trimspace(" ${try(terraform_data.r6[0].output, "none")} ")
  l8 = (can(local.l5.a) || var.enabled)
  l9 = tomap({ a = var.options.first, c = lookup(local.l5, "a", var.options.first) })
  l10 = [for k, v in { for i, x in var.items : "k${i}" => x } : "${k}=${v}"]
}

output "o11" {
  value = var.options.first
}

output "o12" {
  value = (contains(values(local.l9), replace(var.options.first, "a", "o")) ? max(length(var.options.tags), length(terraform_data.r2) % 3) : length(one([var.password])))
  sensitive = true
}

output "o13" {
  value = can(merge({ a = "m" }, { b = var.password }).a)
  sensitive = true
}

output "o14" {
  value = values(tomap({ a = "1", b = "2" }))
}

output "o15" {
  value = tomap({ a = local.l7, c = format("%s/%03d", try(terraform_data.r6[0].output, "none"), local.l1) })
}

