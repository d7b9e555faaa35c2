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
  l1 = lookup(var.labels, "a", var.options.first)
  l2 = length(sort(tolist(tolist([var.options.first, var.name]))))
}

resource "terraform_data" "r3" {
  count = min(3, 2)
  input = { for k, v in var.labels : k => upper(v) }
  triggers_replace = [jsonencode({ name = upper(var.password), size = count.index % 3 }), 1]
}

resource "terraform_data" "r4" {
  for_each = { a = var.options.first, b = local.l1 }
  input = flatten([[], ["${local.l1}-${local.l2}"]])
  triggers_replace = [format("%s/%03d", "${var.password}-${local.l2}", (length(terraform_data.r3) + var.size)), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l5 = keys({ for k, r in terraform_data.r4 : k => r.id })
  l6 = jsonencode(keys(terraform_data.r4))
}

resource "terraform_data" "r7" {
  for_each = { a = "p-${local.l1}", b = var.options.first }
  input = var.size > length([for k, v in { for k, r in terraform_data.r4 : k => r.id } : "${k}=${v}"])
}

locals {
  l8 = max(local.l2, local.l2) % 3
  l9 = local.l2
  l10 = local.l8
}

output "o11" {
  value = jsonencode({ name = format("%s/%03d", lookup({ for k, r in terraform_data.r4 : k => r.id }, "a", var.options.first), local.l9 * 2), size = length(terraform_data.r3) })
}

output "o12" {
  value = local.l2
}

output "o13" {
  value = (!((var.enabled || var.enabled)) && var.enabled)
}

output "o14" {
  value = slice(concat(["s", "beta"], keys(terraform_data.r7)), 0, 2)
}

output "o15" {
  value = var.options.tags
}

