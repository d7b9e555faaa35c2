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
  l1 = (var.enabled ? tomap(var.options.tags) : tomap({ e = ((var.enabled ? { v = substr("${var.password}-long", 0, 3) } : { v = var.options.first }).v) }))
  l2 = keys(merge(local.l1, { b = var.password }))
  l3 = upper(var.name)
}

resource "terraform_data" "r4" {
  count = var.enabled ? 1 : 0
  input = var.options.tags
  triggers_replace = [trimspace(" ${var.options.first} "), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r5" {
  for_each = (var.enabled ? tomap(var.labels) : tomap({ e = var.options.first }))
  input = (!((var.enabled || var.enabled)) ? length(values(var.options.tags)) : var.size)
}

locals {
  l6 = var.size
  l7 = one(["%{ for x in formatlist("%s!", keys(terraform_data.r5)) }<${x}>%{ endfor }"])
  l8 = length({}) % 3 % 3
}

module "m9" {
  source = "./a"
  count = min(3, length(terraform_data.r4))
  name = "p-${local.l3}"
  size = length(keys(var.labels))
  enabled = can(var.options.tags.a)
  labels = zipmap(["a", "d"], [var.options.first, var.options.first])
  password = element(concat(["z"], terraform_data.r4[*].id), 1)
}

module "m10" {
  source = "./a"
  for_each = toset([for x in var.items : x if x != join("-", var.items)])
  enabled = var.enabled
  items = [for x in keys(terraform_data.r5) : x if x != each.key]
  labels = { for k, v in var.options.tags : k => upper(v) }
  options = { first = "f-${each.value}", other = 1 }
}

resource "terraform_data" "r11" {
  for_each = tomap({ a = var.options.first, c = var.options.first })
  input = split("-", each.value)
  triggers_replace = [coalesce(var.options.first, "none"), 1]
}

locals {
  l12 = tolist([var.name, "beta"])
  l13 = local.l6
}

output "o14" {
  value = jsonencode(local.l2)
  sensitive = true
}

output "o15" {
  value = sum([length(terraform_data.r4), 1])
}

output "o16" {
  value = var.enabled
}

output "o17" {
  value = terraform_data.r4[*].id
}

output "o18" {
  value = { for k, r in terraform_data.r11 : k => r.id }
}

