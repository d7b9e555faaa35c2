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
  l1 = zipmap(["a", "d"], ["alpha", var.name])
  l2 = sum([var.size * 2, 1])
  l3 = max(0, var.size)
}

resource "terraform_data" "r4" {
  count = var.enabled ? 1 : 0
  input = var.size % 3
}

locals {
  l5 = sum([length(values(local.l1)), 1])
  l6 = "p-${coalesce(trimspace(" ${var.options.first} "), "none")}"
}

resource "terraform_data" "r7" {
  input = (jsonencode({ name = var.options.first, size = 0 }) != null ? (false ? local.l2 : local.l2) % 3 : sum([length(["x", "y"]), 1]))
}

locals {
  l8 = can(merge({ for k, v in var.labels : "${k}-x" => v if k != "b" }, { b = trimspace(" ${terraform_data.r7.id} ") }).a)
  l9 = var.items
  l10 = { for i, x in var.items : "k${i}" => x }
}

output "o11" {
  value = trimspace(" ${"%{ if (var.enabled || local.l8) }yes%{ else }no%{ endif }"} ")
}

output "o12" {
  value = (terraform_data.r7.input + 7)
}

output "o13" {
  value = !(local.l8)
}

output "o14" {
  value = flatten([local.l9, [var.options.first]])
}

output "o15" {
  value = { a = lookup({}, "a", terraform_data.r7.id) }
}

