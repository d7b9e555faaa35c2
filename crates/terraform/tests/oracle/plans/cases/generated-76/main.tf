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
  l1 = max(var.size, var.size * 2)
  l2 = var.options.tags
}

resource "terraform_data" "r3" {
  input = one([var.password])
}

resource "terraform_data" "r4" {
  input = var.enabled
  triggers_replace = [jsonencode({ name = upper(terraform_data.r3.id), size = length(var.items) }), 1]
}

locals {
  l5 = lookup(var.options.tags, "a", terraform_data.r4.id)
  l6 = { a = "Grüße" }
  l7 = substr("${terraform_data.r3.input}-long", 0, 3)
  l8 = sum([length(var.items), 1]) % 3
}

module "m9" {
  source = "./a"
  for_each = { a = var.options.first, b = ((var.enabled ? { v = var.options.first } : { v = var.options.first }).v) }
  name = "Grüße"
  size = ((length(var.options.tags) + 0 % 3) + var.size)
  enabled = terraform_data.r4.input
  password = "%{ if true }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r10" {
  for_each = merge(zipmap(["a", "d"], [var.options.first, lookup({}, "a", var.options.first)]), { b = ((terraform_data.r4.input ? { v = coalesce(var.options.first, "none") } : { v = var.options.first }).v) })
  input = (terraform_data.r4.output ? each.key : each.key)
}

locals {
  l11 = !(contains([for x in keys(terraform_data.r10) : x if x != local.l7], lookup(var.labels, "a", terraform_data.r3.input)))
  l12 = { for k, v in { for k, v in var.options.tags : k => upper(v) } : "${k}-x" => v if k != "b" }
  l13 = var.size * 2
}

output "o14" {
  value = local.l5
}

output "o15" {
  value = max(local.l8, local.l1)
}

output "o16" {
  value = local.l11
  sensitive = true
}

output "o17" {
  value = keys(terraform_data.r10)
}

output "o18" {
  value = { for i, x in var.items : "k${i}" => x }
}

