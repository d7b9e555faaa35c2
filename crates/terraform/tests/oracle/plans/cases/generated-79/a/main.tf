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
  l1 = { a = var.options.first }
  l2 = sum([var.size, 1])
}

resource "terraform_data" "r3" {
  for_each = { for k, v in local.l1 : "${k}-x" => v if k != "b" }
  input = merge(var.labels, { b = (((var.enabled && var.enabled) ? { v = upper(each.value) } : { v = element(concat(["z"], var.items), 1) }).v) })
}

resource "terraform_data" "r4" {
  for_each = tomap({ a = var.options.first, c = "beta" })
  input = (max(1, 0) + var.size)
}

resource "terraform_data" "r5" {
  input = jsonencode({ name = "Grüße", size = local.l2 })
  triggers_replace = [jsonencode(keys({ for k, r in terraform_data.r3 : k => r.id })), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l6 = var.options.tags
}

resource "terraform_data" "r7" {
  input = can(var.options.tags.a)
}

locals {
  l8 = keys(terraform_data.r3)
  l9 = length(tolist(toset([terraform_data.r5.id, "set"]))) > 0
  l10 = { for k, v in var.labels : k => upper(v) }
  l11 = ((var.enabled ? { v = terraform_data.r5.id } : { v = terraform_data.r7.id }).v)
}

output "o12" {
  value = one([var.options.first])
}

output "o13" {
  value = length(keys({ a = terraform_data.r7.id, b = terraform_data.r5.id }))
}

output "o14" {
  value = (var.size > var.size && startswith(var.password, "p"))
  sensitive = true
}

output "o15" {
  value = [for x in keys(terraform_data.r3) : "${x}-${terraform_data.r5.input}"]
}

output "o16" {
  value = (local.l9 ? tomap(local.l10) : tomap({ e = var.password }))
  sensitive = true
}

