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
  l1 = (var.size % 3 + length(var.options.tags))
  l2 = length(tolist(toset([var.name, "set"])))
  l3 = ["alpha", "Grüße"]
}

resource "terraform_data" "r4" {
  count = 2
  input = local.l3
}

resource "terraform_data" "r5" {
  for_each = { for k, v in tomap({ a = "Grüße", c = trimspace(" ${var.options.first} ") }) : "${k}-x" => v if k != "b" }
  input = { for k, v in { for k, v in { a = "beta", b = var.options.first } : k => upper(v) } : "${k}-x" => v if k != "b" }
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = replace(var.options.first, "a", "o")
  triggers_replace = [var.password, 1]
}

locals {
  l7 = max(local.l1, length(terraform_data.r6)) * 2
  l8 = length(var.options.first)
  l9 = join("-", tolist([element(concat(["z"], local.l3), 1), var.options.first]))
}

resource "terraform_data" "r10" {
  for_each = toset(var.items)
  input = length(terraform_data.r6)
  triggers_replace = [(var.enabled ? tostring(var.size) : "beta"), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l11 = [trimspace(" ${"beta"} "), coalesce("", "none")]
  l12 = tomap({ a = element(concat(["z"], keys(terraform_data.r5)), 1), c = jsonencode({ name = try(terraform_data.r6[0].output, "none"), size = local.l2 }) })
  l13 = zipmap(["a", "d"], [var.options.first, substr("${"p-${var.name}"}-long", 0, 3)])
}

output "o14" {
  value = var.options.first
}

output "o15" {
  value = sum([local.l8, 1])
}

output "o16" {
  value = var.enabled
}

output "o17" {
  value = sort(tolist([for k, v in local.l12 : "${k}=${v}"]))
}

output "o18" {
  value = ("${local.l9}-${length(terraform_data.r4)}" != null ? tomap({ for i, x in [try(terraform_data.r6[0].output, "none"), "beta"] : "k${i}" => x }) : tomap({ e = var.password }))
  sensitive = true
}

