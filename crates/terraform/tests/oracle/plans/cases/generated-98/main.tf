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
  l1 = tomap({ a = tostring(0 * 2), c = join("-", []) })
  l2 = length(concat(["x", "y"], var.items)) > 0
  l3 = ["%{ if local.l2 }yes%{ else }no%{ endif }"]
  l4 = var.size
}

resource "terraform_data" "r5" {
  input = max(var.size, (var.enabled ? var.size : local.l4))
  triggers_replace = [element(concat(["z"], var.items), 1), 1]
}

resource "terraform_data" "r6" {
  count = min(3, length(merge(var.labels, { b = var.options.first })))
  input = local.l4 * 2
  triggers_replace = [one(["alpha"]), 1]
}

locals {
  l7 = { for i, x in [{ v = "Grüße" }, { v = var.name }][*].v : "k${i}" => x }
  l8 = var.items
  l9 = length(local.l7)
}

module "m10" {
  source = "./a"
  count = var.enabled ? 1 : 0
  enabled = false
  items = flatten([["x", "y"], [var.options.first]])
  labels = tomap({ a = coalesce(var.options.first, "none"), c = "%{ for x in var.items }<${x}>%{ endfor }" })
  password = try({ for k, v in { for k, v in var.labels : "${k}-x" => v if k != "b" } : "${k}-x" => v if k != "b" }["zz"], element(concat(["z"], slice(concat(["s", var.password], var.items), 0, 2)), 1))
  options = { first = "f-${one([((false ? { v = var.options.first } : { v = var.options.first }).v)])}", other = 1 }
}

module "m11" {
  source = "./a"
  for_each = toset(local.l8)
  items = tolist(["alpha", each.value])
  labels = zipmap(["a", "d"], ["${replace("", "a", "o")}-${sum([length(terraform_data.r6), 1])}", one(["%{ for x in local.l3 }<${x}>%{ endfor }"])])
  password = try(local.l1["zz"], var.options.first)
}

resource "terraform_data" "r12" {
  for_each = toset([for x in var.items : x if x != var.options.first])
  input = { for i, x in local.l3 : "k${i}" => x }

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l13 = var.items
}

output "o14" {
  value = terraform_data.r5.id
}

output "o15" {
  value = terraform_data.r5.input
}

output "o16" {
  value = contains([for x in keys(terraform_data.r12) : "${x}-${var.options.first}"], ((local.l2 ? { v = var.options.first } : { v = var.password }).v))
  sensitive = true
}

output "o17" {
  value = local.l13
}

output "o18" {
  value = {}
}

