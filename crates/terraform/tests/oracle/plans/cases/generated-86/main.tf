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
  l1 = startswith((true ? var.options.first : "beta"), "p")
  l2 = lookup(var.labels, "a", var.name)
  l3 = split("-", local.l2)
}

resource "terraform_data" "r4" {
  for_each = toset(var.items)
  input = var.options.first
}

locals {
  l5 = startswith(var.password, "p")
  l6 = [{ v = upper(coalesce("", "none")) }, { v = jsonencode(keys({ for k, r in terraform_data.r4 : k => r.id })) }][*].v
  l7 = var.name
  l8 = trimspace(" ${"${var.password}-${7}"} ")
}

module "m9" {
  source = "./a"
  count = var.enabled ? 1 : 0
  name = format("%s/%03d", local.l2, count.index)
  size = var.size
  password = "p-${var.options.first}"
}

module "m10" {
  source = "./a"
  count = 0
  items = var.items
  labels = { for k, v in var.labels : "${k}-x" => v if k != "b" }
  password = var.options.first
}

resource "terraform_data" "r11" {
  for_each = var.options.tags
  input = { for k, r in terraform_data.r4 : k => r.id }

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l12 = "%{ if var.size > var.size }yes%{ else }no%{ endif }"
  l13 = false
}

output "o14" {
  value = replace("beta", "a", "o")
}

output "o15" {
  value = sum([var.size, 1])
}

output "o16" {
  value = local.l1
}

output "o17" {
  value = split("-", local.l7)
}

output "o18" {
  value = { for k, r in terraform_data.r4 : k => r.id }
}

