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
  l1 = replace(jsonencode(var.items), "a", "o")
  l2 = can(var.labels.a)
  l3 = tomap({ a = format("%s/%03d", local.l1, var.size), c = var.name })
  l4 = trimspace(" ${var.name} ") != null
}

resource "terraform_data" "r5" {
  count = 2
  input = length([var.password, join("-", [])])
  triggers_replace = [trimspace(" ${"p-${""}"} "), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l6 = local.l3
  l7 = (var.size + sum([length(terraform_data.r5), 1])) % 3
  l8 = local.l7
}

resource "terraform_data" "r9" {
  for_each = toset([])
  input = terraform_data.r5[*].id
  triggers_replace = [substr("${each.key}-long", 0, 3), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l10 = var.enabled
  l11 = local.l7
}

output "o12" {
  value = one([lookup({ a = local.l1 }, "a", (var.enabled ? local.l1 : var.options.first))])
}

output "o13" {
  value = (var.enabled ? length("beta") : length(local.l3))
}

output "o14" {
  value = sum([var.size, 1]) > var.size * 2
}

output "o15" {
  value = [var.password]
  sensitive = true
}

output "o16" {
  value = { for k, v in local.l6 : "${k}-x" => v if k != "b" }
}

