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
  l2 = (true ? var.size : var.size)
  l3 = var.options.tags
  l4 = local.l3
}

resource "terraform_data" "r5" {
  for_each = toset(var.items)
  input = zipmap(["a", "d"], [jsonencode(var.items), "Grüße"])
  triggers_replace = [var.name, 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  count = 1
  input = length(["x", "y"])
  triggers_replace = [lookup({ a = var.password }, "a", one([var.name])), 1]
}

locals {
  l7 = var.size
  l8 = var.enabled
  l9 = { for k, r in terraform_data.r5 : k => r.id }
  l10 = local.l1
}

resource "terraform_data" "r11" {
  input = length("p-${join("-", keys(terraform_data.r5))}")
}

locals {
  l12 = [for x in [for x in var.items : "${x}-${var.password}"] : "${x}-${"${terraform_data.r11.id}-${local.l2}"}"]
  l13 = substr("${terraform_data.r11.id}-long", 0, 3)
  l14 = max(terraform_data.r11.output, var.size)
}

output "o15" {
  value = substr("${var.password}-long", 0, 3)
  sensitive = true
}

output "o16" {
  value = sum([local.l7, 1])
}

output "o17" {
  value = (terraform_data.r11.id != null && local.l14 > local.l2)
}

output "o18" {
  value = concat(keys(local.l9), terraform_data.r6[*].id)
}

output "o19" {
  value = { a = replace(var.password, "a", "o") }
  sensitive = true
}

