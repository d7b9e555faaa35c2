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
  l1 = startswith(coalesce(trimspace(" ${""} "), "none"), "p")
  l2 = var.password
  l3 = var.size
}

resource "terraform_data" "r4" {
  for_each = toset(concat(var.items, concat(flatten([var.items, ["alpha"]]), var.items)))
  input = var.options.first != null
}

resource "terraform_data" "r5" {
  input = var.enabled
}

resource "terraform_data" "r6" {
  for_each = toset(keys(var.labels))
  input = var.options.tags
}

locals {
  l7 = terraform_data.r5.output
}

resource "terraform_data" "r8" {
  input = ["x", "y"]
  triggers_replace = [element(concat(["z"], (var.enabled ? tolist(keys(terraform_data.r4)) : tolist([]))), 1), 1]
}

locals {
  l9 = distinct(tolist([for x in terraform_data.r8.output : x if x != var.options.first]))
  l10 = (var.size + local.l3)
  l11 = keys({ for i, x in [{ v = terraform_data.r8.id }, { v = var.name }][*].v : "k${i}" => x })
  l12 = local.l10 > length(var.options.first)
}

output "o13" {
  value = ((local.l1 ? { v = "Grüße" } : { v = var.options.first }).v)
}

output "o14" {
  value = length(var.password)
  sensitive = true
}

output "o15" {
  value = (can({ a = terraform_data.r8.id, b = terraform_data.r5.id }.a) && ((var.enabled && local.l1) || (var.enabled && terraform_data.r5.input)))
}

output "o16" {
  value = keys(var.options.tags)
}

output "o17" {
  value = { for k, r in terraform_data.r6 : k => r.id }
}

