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
  l1 = [var.password, var.name]
  l2 = length(var.name)
}

resource "terraform_data" "r3" {
  for_each = toset(formatlist("%s!", var.items))
  input = "p-${var.options.first}"
  triggers_replace = ["p-${trimspace(" ${tostring(var.size)} ")}", 1]
}

resource "terraform_data" "r4" {
  for_each = toset((length(keys(terraform_data.r3)) > 0 ? tolist(split("-", "alpha")) : tolist([])))
  input = keys(terraform_data.r3)
}

resource "terraform_data" "r5" {
  for_each = { for i, x in tolist(toset([var.options.first, "set"])) : "k${i}" => x }
  input = tostring(length(each.value))
}

locals {
  l6 = sum([local.l2, 1])
  l7 = tolist([var.password, jsonencode({ name = "${"beta"}-${local.l6}", size = (local.l6 + 0) })])
  l8 = 0 > local.l2
  l9 = !(length(keys(terraform_data.r3)) > 0)
}

module "m10" {
  source = "./a"
  for_each = { for k, v in tomap({ a = "alpha", c = var.options.first }) : k => upper(v) }
  name = trimspace(" ${each.key} ")
  enabled = true
  items = values(var.options.tags)
  options = { first = "f-${one(["alpha"])}", other = 1 }
}

module "m11" {
  source = "./a"
  name = tostring(local.l2 * 2)
  enabled = contains(tolist(["l"]), var.options.first)
  labels = { for k, v in var.options.tags : "${k}-x" => v if k != "b" }
  password = substr("${var.name}-long", 0, 3)
}

resource "terraform_data" "r12" {
  count = 3
  input = length(keys(terraform_data.r5)) > 0
}

locals {
  l13 = { for k, r in terraform_data.r4 : k => r.id }
  l14 = sort(tolist(local.l1))
}

output "o15" {
  value = tostring(sum([length(terraform_data.r12), 1]))
}

output "o16" {
  value = var.size
}

output "o17" {
  value = local.l8
}

output "o18" {
  value = [for k, v in { a = var.options.first } : "${k}=${v}"]
}

output "o19" {
  value = merge(zipmap(["a", "d"], [var.name, ""]), { b = ((!(local.l9) ? { v = var.options.first } : { v = "Grüße" }).v) })
}

