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
  l1 = var.options.tags
  l2 = max(var.size, var.size * 2)
}

resource "terraform_data" "r3" {
  for_each = toset(var.items)
  input = ((var.enabled || false) ? local.l2 % 3 : var.size)
}

resource "terraform_data" "r4" {
  for_each = toset(keys(terraform_data.r3))
  input = 2 > var.size
}

resource "terraform_data" "r5" {
  input = { for k, v in { for i, x in tolist([var.options.first, var.password]) : "k${i}" => x } : "${k}-x" => v if k != "b" }
}

locals {
  l6 = local.l2 > length(var.options.tags)
  l7 = startswith(terraform_data.r5.id, "p")
  l8 = (local.l2 + var.size)
  l9 = var.name
}

resource "terraform_data" "r10" {
  for_each = toset(["%{ if (var.enabled && var.enabled) }yes%{ else }no%{ endif }"])
  input = local.l2 > 1
  triggers_replace = [substr("${each.key}-long", 0, 3), 1]
}

locals {
  l11 = "${var.name}-${max(var.size, local.l8)}"
  l12 = "%{ if var.enabled }yes%{ else }no%{ endif }"
}

output "o13" {
  value = tostring(local.l8)
}

output "o14" {
  value = local.l8 * 2
}

output "o15" {
  value = startswith(var.name, "p")
}

output "o16" {
  value = tolist(toset([coalesce((local.l7 ? local.l9 : var.password), "none"), "set"]))
  sensitive = true
}

output "o17" {
  value = { for i, x in var.items : "k${i}" => x }
}

