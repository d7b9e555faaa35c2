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
  l1 = [try(merge(var.options.tags, { b = var.options.first })["zz"], var.options.first)]
  l2 = { for k, v in merge(var.labels, { b = try(var.labels["zz"], var.options.first) }) : "${k}-x" => v if k != "b" }
  l3 = var.labels
}

resource "terraform_data" "r4" {
  input = { for k, v in { for k, v in var.labels : k => upper(v) } : "${k}-x" => v if k != "b" }
}

resource "terraform_data" "r5" {
  input = [for k, v in terraform_data.r4.input : "${k}=${v}"]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l6 = tolist(toset([upper(terraform_data.r5.id), "set"]))
  l7 = max(var.size, var.size)
  l8 = var.enabled
}

module "m9" {
  source = "./a"
  for_each = { for k, v in merge({ for k, v in var.labels : "${k}-x" => v if k != "b" }, { b = var.options.first }) : k => upper(v) }
  name = each.key
  password = each.key
  options = { first = "f-${"beta"}", other = 1 }
}

module "m10" {
  source = "./a"
  name = lookup(merge({ a = var.options.first, b = var.name }, { b = ((var.enabled ? { v = var.name } : { v = "" }).v) }), "a", jsonencode({ name = jsonencode(local.l1), size = max(local.l7, var.size) }))
  enabled = length((var.enabled ? tomap(terraform_data.r4.input) : tomap({ e = "alpha" }))) > length(try(var.options.tags["zz"], var.options.first))
  items = split("-", var.options.first)
  labels = zipmap(["a", "d"], [tostring(7), format("%s/%03d", "Grüße", 0)])
  password = jsonencode({ name = (local.l8 ? "" : var.name), size = local.l7 })
  options = { first = "f-${try({ a = var.options.first, b = var.options.first }["zz"], tostring(7))}", other = 1 }
}

resource "terraform_data" "r11" {
  count = min(3, 0)
  input = max((local.l8 ? count.index : var.size), module.m10.o18) % 3

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l12 = can({ for k, v in terraform_data.r4.output : k => upper(v) }.a)
}

output "o13" {
  value = var.name
}

output "o14" {
  value = length(module.m10.o20)
}

output "o15" {
  value = local.l7 % 3 > module.m10.o18
}

output "o16" {
  value = (var.enabled ? tolist(terraform_data.r11[*].id) : tolist([]))
}

output "o17" {
  value = merge(var.options.tags, { b = terraform_data.r4.id })
}

