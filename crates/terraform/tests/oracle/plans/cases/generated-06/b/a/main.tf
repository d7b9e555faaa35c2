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
  l1 = flatten([var.items, [var.password]])
}

resource "terraform_data" "r2" {
  count = var.enabled ? 1 : 0
  input = (var.enabled ? 7 : var.size)

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r3" {
  for_each = zipmap(["a", "d"], [var.options.first, var.options.first])
  input = { a = "p-${each.key}", b = lookup(tomap({ a = "1", b = "2" }), "a", var.name) }
}

locals {
  l4 = (startswith(var.password, "p") ? 0 : var.size % 3)
  l5 = !(var.enabled)
  l6 = zipmap(["a", "d"], [replace(var.options.first, "a", "o"), substr("${var.options.first}-long", 0, 3)])
}

resource "terraform_data" "r7" {
  for_each = toset(concat(keys(terraform_data.r3), var.items))
  input = "p-${var.options.first}"
  triggers_replace = [(((var.enabled && local.l5) || startswith(var.password, "p")) ? substr("${"${each.value}-${var.size}"}-long", 0, 3) : jsonencode({ name = (var.enabled ? var.name : var.name), size = length(terraform_data.r2[*].id) })), 1]
}

locals {
  l8 = (startswith(var.password, "p") || local.l5)
  l9 = coalesce(var.password, "none")
  l10 = split("-", element(concat(["z"], keys(terraform_data.r3)), 1))
}

output "o11" {
  value = "${one([replace("Grüße", "a", "o")])}-${length(var.options.first) % 3}"
}

output "o12" {
  value = length(var.name)
}

output "o13" {
  value = !(false)
}

output "o14" {
  value = tolist([var.name, var.password])
  sensitive = true
}

output "o15" {
  value = { for k, r in terraform_data.r3 : k => r.id }
}

