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
  l1 = concat([for x in var.items : x if x != var.password], formatlist("%s!", var.items))
  l2 = var.labels
  l3 = tolist(toset([((var.enabled ? { v = var.password } : { v = var.password }).v), "set"]))
  l4 = { a = try(local.l2["zz"], var.options.first) }
}

resource "terraform_data" "r5" {
  input = can(var.options.tags.a)
  triggers_replace = [jsonencode(local.l3), 1]
}

resource "terraform_data" "r6" {
  input = { for k, v in local.l4 : "${k}-x" => v if k != "b" }
  triggers_replace = [element(concat(["z"], formatlist("%s!", values(var.options.tags))), 1), 1]
}

locals {
  l7 = (terraform_data.r5.output && var.enabled)
  l8 = split("-", terraform_data.r5.id)
}

module "m9" {
  source = "./a"
  for_each = var.labels
  size = var.size
  enabled = (0 + 0) > sum([2, 1])
  items = values({ a = (var.enabled ? var.options.first : var.options.first), b = replace(each.key, "a", "o") })
}

resource "terraform_data" "r10" {
  count = 2
  input = { a = var.name, b = var.name }
}

locals {
  l11 = (false ? length(terraform_data.r10) % 3 : length(var.options.tags)) * 2
}

output "o12" {
  value = ""
}

output "o13" {
  value = (var.enabled ? local.l11 : var.size)
}

output "o14" {
  value = terraform_data.r5.input
}

output "o15" {
  value = [for x in local.l8 : "${x}-${terraform_data.r5.id}"]
}

output "o16" {
  value = merge({ for k, m in module.m9 : k => m.o11 }, { b = terraform_data.r6.id })
}

