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
  l1 = element(concat(["z"], var.items), 1) != null
  l2 = var.items
}

resource "terraform_data" "r3" {
  count = 2
  input = (var.enabled ? count.index : var.size)
  triggers_replace = [var.options.first, 1]
}

resource "terraform_data" "r4" {
  count = 0
  input = merge(var.options.tags, { b = tostring(var.size) })
}

resource "terraform_data" "r5" {
  count = 2
  input = ((contains(terraform_data.r3[*].id, var.password) ? { v = upper(var.name) } : { v = var.options.first }).v) != null
}

locals {
  l6 = length(terraform_data.r4)
  l7 = { a = var.password, b = var.name }
}

module "m8" {
  source = "./a"
  name = var.name
  enabled = length(terraform_data.r5) > length(terraform_data.r3)
  password = "${format("%s/%03d", var.options.first, 0)}-${var.size % 3}"
}

resource "terraform_data" "r9" {
  input = 1

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l10 = length(terraform_data.r3[*].id)
  l11 = { for k, v in module.m8.o19 : "${k}-x" => v if k != "b" }
  l12 = (local.l1 && module.m8.o16 > (local.l1 ? 7 : local.l6))
  l13 = { for k, v in module.m8.o19 : k => upper(v) }
}

output "o14" {
  value = "p-${var.options.first}"
}

output "o15" {
  value = length(var.password)
  sensitive = true
}

output "o16" {
  value = length(terraform_data.r4) > length(terraform_data.r9.id)
}

output "o17" {
  value = terraform_data.r4[*].id
}

output "o18" {
  value = var.labels
}

