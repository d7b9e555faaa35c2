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
  l1 = merge(var.labels, { b = format("%s/%03d", var.password, var.size) })
  l2 = ((length(var.items) > 0 && var.options.first != null) ? var.size : max(max(var.size, var.size), length([])))
  l3 = join("-", var.items)
  l4 = local.l2
}

resource "terraform_data" "r5" {
  count = 0
  input = try(var.options.tags["zz"], var.name) != null
}

resource "terraform_data" "r6" {
  for_each = { a = local.l3 }
  input = (local.l2 * 2 + length(var.options.tags)) > (2 * 2 + sum([length(terraform_data.r5), 1]))
  triggers_replace = [var.options.first, 1]
}

resource "terraform_data" "r7" {
  input = false
  triggers_replace = [var.password, 1]
}

locals {
  l8 = length(var.labels)
}

resource "terraform_data" "r9" {
  input = length({ for k, r in terraform_data.r6 : k => r.id }) % 3
  triggers_replace = [one(["p-${element(concat(["z"], ["x", "y"]), 1)}"]), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l10 = terraform_data.r9.output
  l11 = var.name
  l12 = !(terraform_data.r7.input)
}

output "o13" {
  value = format("%s/%03d", substr("${local.l3}-long", 0, 3), 0 % 3)
}

output "o14" {
  value = terraform_data.r9.output
}

output "o15" {
  value = terraform_data.r7.input
}

output "o16" {
  value = [for x in slice(concat(["s", "alpha"], reverse(terraform_data.r5[*].id)), 0, 2) : "${x}-${terraform_data.r7.id}"]
}

output "o17" {
  value = {}
}

