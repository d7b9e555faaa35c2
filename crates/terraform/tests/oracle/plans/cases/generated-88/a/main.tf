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
  l1 = flatten([var.items, [""]])
  l2 = local.l1
  l3 = contains(var.items, var.password)
}

resource "terraform_data" "r4" {
  input = { for k, v in { for k, v in tomap({ a = "1", b = "2" }) : "${k}-x" => v if k != "b" } : "${k}-x" => v if k != "b" }
}

resource "terraform_data" "r5" {
  for_each = toset(compact([var.options.first, ""]))
  input = contains(["x", "y"], "")
}

locals {
  l6 = startswith(trimspace(" ${terraform_data.r4.id} "), "p")
}

resource "terraform_data" "r7" {
  for_each = merge({ for i, x in compact([var.options.first, ""]) : "k${i}" => x }, { b = var.options.first })
  input = length(each.value)
}

locals {
  l8 = concat(local.l2, ["x", "y"])
  l9 = can(terraform_data.r4.output.a)
}

output "o10" {
  value = trimspace(" ${terraform_data.r4.id} ")
}

output "o11" {
  value = var.size * 2
}

output "o12" {
  value = contains(keys(terraform_data.r5), var.options.first)
}

output "o13" {
  value = slice(concat(["s", jsonencode({ name = var.name, size = 7 })], split("-", var.password)), 0, 2)
  sensitive = true
}

output "o14" {
  value = { for i, x in [for k, v in var.options.tags : "${k}=${v}"] : "k${i}" => x }
}

