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
  l1 = [for k, v in var.labels : "${k}=${v}"]
}

resource "terraform_data" "r2" {
  count = min(3, max(7, 1))
  input = var.labels
}

resource "terraform_data" "r3" {
  for_each = { for k, v in var.labels : "${k}-x" => v if k != "b" }
  input = (can(var.labels.a) ? (false ? 0 : var.size) : (var.enabled ? length(terraform_data.r2) : var.size))
}

locals {
  l4 = var.options.tags
  l5 = element(concat(["z"], flatten([[var.password, var.password], [substr("${var.name}-long", 0, 3)]])), 1)
}

module "m6" {
  source = "./a"
  count = 1
  name = upper(((var.enabled ? { v = var.name } : { v = var.name }).v))
  labels = { for k, v in merge({ for k, v in local.l4 : "${k}-x" => v if k != "b" }, { b = one([""]) }) : "${k}-x" => v if k != "b" }
  password = jsonencode(tolist(["l"]))
}

module "m7" {
  source = "./a"
  for_each = var.options.tags
  size = length(one(["${var.name}-${length(terraform_data.r2)}"]))
  password = coalesce("alpha", "none")
  options = { first = "f-${substr("${each.key}-long", 0, 3)}", other = 1 }
}

resource "terraform_data" "r8" {
  for_each = toset(var.items)
  input = { for k, m in module.m7 : k => m.o14 }
  triggers_replace = [replace(trimspace(" ${var.options.first} "), "a", "o"), 1]
}

locals {
  l9 = var.options.tags
  l10 = [for x in module.m6[*].o14 : x if x != local.l5]
  l11 = can(local.l4.a)
}

output "o12" {
  value = "alpha"
}

output "o13" {
  value = (startswith(jsonencode({ name = var.name, size = length(terraform_data.r2) }), "p") ? length(local.l5) * 2 : length(terraform_data.r2) * 2 * 2)
  sensitive = true
}

output "o14" {
  value = !(true)
}

output "o15" {
  value = keys(terraform_data.r8)
}

output "o16" {
  value = { a = var.options.first }
}

