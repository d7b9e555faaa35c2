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
  l1 = { a = lookup(var.labels, "a", var.password), b = try(var.options.tags["zz"], var.password) }
  l2 = (var.enabled ? var.size : var.size)
  l3 = (((var.enabled || var.enabled) || var.enabled) ? local.l2 : sum([length(var.options.tags), 1]))
}

resource "terraform_data" "r4" {
  input = length(keys({ a = var.password })) > 0
}

locals {
  l5 = { a = var.name }
  l6 = (terraform_data.r4.output ? tomap(var.labels) : tomap({ e = terraform_data.r4.id }))
  l7 = merge({ a = ((true ? { v = var.name } : { v = var.name }).v) }, { b = var.name })
  l8 = local.l3 * 2
}

module "m9" {
  source = "./a"
  count = 3
  name = "%{ if var.enabled }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r10" {
  for_each = toset(keys(zipmap(["a", "d"], [var.options.first, var.options.first])))
  input = var.labels
  triggers_replace = [format("%s/%03d", each.key, length(var.labels)), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l11 = terraform_data.r4.id
  l12 = terraform_data.r4.input
}

output "o13" {
  value = ((var.enabled ? { v = terraform_data.r4.id } : { v = var.options.first }).v)
}

output "o14" {
  value = (local.l2 % 3 + var.size)
}

output "o15" {
  value = terraform_data.r4.id != null
}

output "o16" {
  value = flatten([module.m9[*].o12, [var.options.first]])
}

output "o17" {
  value = { for k, v in local.l1 : k => upper(v) }
  sensitive = true
}

