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
  l1 = split("-", element(concat(["z"], reverse(var.items)), 1))
  l2 = { for k, v in var.options.tags : k => upper(v) }
  l3 = var.options.tags
  l4 = (max(sum([var.size, 1]), length({ a = "m" })) + length({ a = var.options.first, b = "alpha" }))
}

resource "terraform_data" "r5" {
  for_each = toset([{ v = "alpha" }, { v = var.options.first }][*].v)
  input = local.l2
}

resource "terraform_data" "r6" {
  for_each = { for k, v in tomap({ a = var.options.first, c = var.options.first }) : k => upper(v) }
  input = { a = each.key }
  triggers_replace = [element(concat(["z"], (can(var.labels.a) ? tolist([{ v = "" }, { v = var.password }][*].v) : tolist([]))), 1), 1]
}

locals {
  l7 = keys(terraform_data.r6)
  l8 = sum([var.size, 1]) > local.l4
  l9 = var.size > local.l4
}

resource "terraform_data" "r10" {
  count = 0
  input = ((local.l8 ? { v = var.options.first } : { v = trimspace(" ${var.options.first} ") }).v)

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l11 = length(["x", "y"])
  l12 = (var.enabled ? var.size : 2)
}

output "o13" {
  value = try(var.options.tags["zz"], var.password)
  sensitive = true
}

output "o14" {
  value = sum([local.l11, 1])
}

output "o15" {
  value = false
}

output "o16" {
  value = tolist(toset([((local.l9 && local.l9) ? jsonencode(keys(terraform_data.r5)) : tostring(length(terraform_data.r10))), "set"]))
}

output "o17" {
  value = (true ? tomap({ for k, r in terraform_data.r5 : k => r.id }) : tomap({ e = var.name }))
}

