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
  l1 = [for k, v in { for k, v in { a = var.name } : k => upper(v) } : "${k}=${v}"]
  l2 = length(var.password) * 2 % 3
  l3 = var.items
  l4 = length(var.name)
}

resource "terraform_data" "r5" {
  input = var.size

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  count = 1
  input = zipmap(["a", "d"], [join("-", reverse(var.items)), "p-${var.options.first}"])
}

resource "terraform_data" "r7" {
  for_each = toset([for k, v in zipmap(["a", "d"], [var.options.first, var.options.first]) : "${k}=${v}"])
  input = each.value
}

locals {
  l8 = [for k, v in { a = terraform_data.r5.id } : "${k}=${v}"]
  l9 = var.name
  l10 = ((false ? { v = "" } : { v = "beta" }).v)
  l11 = distinct(tolist([]))
}

module "m12" {
  source = "./a"
  for_each = (var.enabled ? tomap(var.options.tags) : tomap({ e = (var.enabled ? trimspace(" ${var.options.first} ") : one([var.options.first])) }))
  labels = { for k, v in var.options.tags : k => upper(v) }
  password = jsonencode({ name = "beta", size = local.l2 })
}

module "m13" {
  source = "./a"
  for_each = tomap({ a = "1", b = "2" })
  size = length(terraform_data.r6)
  enabled = !(var.enabled)
  labels = (var.options.first == each.value ? tomap({ for k, v in var.labels : k => upper(v) }) : tomap({ e = "Grüße" }))
  password = join("-", flatten([local.l3, [terraform_data.r5.id]]))
}

resource "terraform_data" "r14" {
  for_each = var.options.tags
  input = sort(tolist(terraform_data.r6[*].id))
}

locals {
  l15 = (max(var.size, var.size) + (terraform_data.r5.input + length(terraform_data.r6)))
  l16 = !((var.enabled || var.enabled))
  l17 = zipmap(["a", "d"], [(contains(var.items, terraform_data.r5.id) ? upper("Grüße") : ((local.l16 ? { v = var.options.first } : { v = "" }).v)), format("%s/%03d", var.password, local.l4)])
}

output "o18" {
  value = "${var.options.first}-${length(local.l8)}"
}

output "o19" {
  value = var.size
}

output "o20" {
  value = var.enabled
}

output "o21" {
  value = tolist(toset([var.name, "set"]))
}

output "o22" {
  value = { for k, v in { for k, m in module.m12 : k => m.o10 } : k => upper(v) }
}

