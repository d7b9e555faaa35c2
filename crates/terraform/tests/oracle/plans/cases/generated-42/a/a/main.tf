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
  l1 = { for k, v in var.labels : k => upper(v) }
  l2 = slice(concat(["s", join("-", var.items)], distinct(tolist(["x", "y"]))), 0, 2)
  l3 = length(var.labels)
  l4 = local.l3 % 3
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = local.l3
}

resource "terraform_data" "r6" {
  input = (true ? tolist(terraform_data.r5[*].id) : tolist([]))

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r7" {
  input = length(flatten([var.items, [var.password]])) > 0
}

locals {
  l8 = local.l4 % 3
  l9 = terraform_data.r7.id
}

resource "terraform_data" "r10" {
  input = (sum([local.l8, 1]) + local.l4)
}

locals {
  l11 = local.l2
  l12 = terraform_data.r10.input
  l13 = 1
}

output "o14" {
  value = terraform_data.r6.id
}

output "o15" {
  value = length([{ v = var.options.first }, { v = "alpha" }][*].v)
}

output "o16" {
  value = contains(local.l2, "alpha")
}

output "o17" {
  value = reverse([{ v = tostring(local.l12) }, { v = var.name }][*].v)
}

output "o18" {
  value = var.labels
}

