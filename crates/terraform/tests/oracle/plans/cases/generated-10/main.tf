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
  l1 = var.enabled
}

resource "terraform_data" "r2" {
  for_each = { a = "beta" }
  input = var.items
}

resource "terraform_data" "r3" {
  input = local.l1
}

resource "terraform_data" "r4" {
  input = "${replace(var.password, "a", "o")}-${(var.size + var.size)}" != null
}

locals {
  l5 = { a = terraform_data.r4.id }
  l6 = length(trimspace(" ${terraform_data.r4.id} "))
}

module "m7" {
  source = "./a"
  name = (contains(var.items, var.options.first) ? substr("${var.name}-long", 0, 3) : lookup(local.l5, "a", ""))
  size = max(sum([local.l6, 1]), (local.l6 + var.size))
  enabled = (var.enabled || var.enabled)
  items = (var.enabled ? tolist(keys(terraform_data.r2)) : tolist([]))
  labels = { a = var.options.first }
  password = var.password
}

module "m8" {
  source = "./a"
  size = max(var.size, 7)
  enabled = (var.enabled || var.enabled)
  items = var.items
  labels = { for k, v in { for k, v in var.labels : k => upper(v) } : "${k}-x" => v if k != "b" }
  password = try({ for k, v in { for k, r in terraform_data.r2 : k => r.id } : k => upper(v) }["zz"], ((terraform_data.r3.input ? { v = var.name } : { v = var.password }).v))
}

resource "terraform_data" "r9" {
  for_each = toset(keys(terraform_data.r2))
  input = sort(tolist((var.enabled ? tolist(module.m8.o17) : tolist([]))))
}

locals {
  l10 = var.size % 3
  l11 = sum([module.m8.o15 % 3, 1])
  l12 = ((var.password == terraform_data.r4.id && (local.l1 && terraform_data.r4.input)) || startswith((terraform_data.r3.output ? var.options.first : module.m8.o14), "p"))
  l13 = sum([1, 1])
}

output "o14" {
  value = "%{ if length(keys(terraform_data.r2)) > 0 }yes%{ else }no%{ endif }"
}

output "o15" {
  value = (local.l12 ? 1 : length({}))
  sensitive = true
}

output "o16" {
  value = !(module.m8.o16)
}

output "o17" {
  value = keys(module.m8.o18)
}

output "o18" {
  value = { for k, v in tomap({ a = module.m8.o14, c = module.m8.o14 }) : "${k}-x" => v if k != "b" }
  sensitive = true
}

