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
  l1 = sort(tolist(var.items))
}

resource "terraform_data" "r2" {
  for_each = toset(distinct(tolist(concat(tolist(toset([var.options.first, "set"])), [{ v = "beta" }, { v = var.options.first }][*].v))))
  input = join("-", ["x", "y"])
}

resource "terraform_data" "r3" {
  input = var.size
  triggers_replace = [(var.enabled ? var.password : var.options.first), 1]
}

resource "terraform_data" "r4" {
  for_each = toset([for x in [for k, v in tomap({ a = var.options.first, c = var.options.first }) : "${k}=${v}"] : "${x}-${replace(jsonencode(local.l1), "a", "o")}"])
  input = values({ for k, r in terraform_data.r2 : k => r.id })
}

locals {
  l5 = length(values(terraform_data.r2)[*].input)
  l6 = terraform_data.r3.output > length(substr("${var.password}-long", 0, 3))
}

module "m7" {
  source = "./a"
  labels = ((var.enabled && var.enabled) ? tomap({ for k, v in { for k, v in var.options.tags : "${k}-x" => v if k != "b" } : k => upper(v) }) : tomap({ e = replace(trimspace(" ${var.options.first} "), "a", "o") }))
}

module "m8" {
  source = "./a"
  for_each = toset(reverse(local.l1))
  name = jsonencode({ name = each.value, size = terraform_data.r3.output })
  size = length(keys(terraform_data.r2))
  enabled = contains([each.key, "alpha"], each.value)
}

resource "terraform_data" "r9" {
  for_each = (((var.enabled && var.enabled) || can(var.options.tags.a)) ? tomap({ for k, v in tomap({ a = "1", b = "2" }) : "${k}-x" => v if k != "b" }) : tomap({ e = lookup(var.labels, "a", var.options.first) }))
  input = max(sum([var.size, 1]), length(terraform_data.r3.id))
  triggers_replace = [var.options.first, 1]
}

locals {
  l10 = { for k, r in terraform_data.r2 : k => r.id }
  l11 = join("-", keys(terraform_data.r9))
  l12 = sort(tolist(module.m7.o12))
  l13 = [{ v = terraform_data.r3.id }, { v = module.m7.o9 }][*].v
}

output "o14" {
  value = replace(try({ a = "m" }["zz"], terraform_data.r3.id), "a", "o")
}

output "o15" {
  value = module.m7.o10
}

output "o16" {
  value = (length(local.l12) > 0 && (local.l6 && false))
  sensitive = true
}

output "o17" {
  value = split("-", "%{ if module.m7.o11 }yes%{ else }no%{ endif }")
}

output "o18" {
  value = merge({ for k, r in terraform_data.r9 : k => r.id }, { b = local.l11 })
}

