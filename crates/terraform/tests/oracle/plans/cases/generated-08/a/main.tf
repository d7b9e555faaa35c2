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
  l1 = var.password
}

resource "terraform_data" "r2" {
  for_each = var.labels
  input = (length("${each.key}-${var.size}") + (var.size + var.size) % 3)
  triggers_replace = [format("%s/%03d", jsonencode({ name = local.l1, size = var.size }), (1 + var.size)), 1]
}

resource "terraform_data" "r3" {
  for_each = toset(tolist([var.options.first, "%{ for x in [for k, v in var.options.tags : "${k}=${v}"] }<${x}>%{ endfor }"]))
  input = values({ for i, x in values(var.options.tags) : "k${i}" => x })
  triggers_replace = [var.options.first, 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l4 = { for k, r in terraform_data.r3 : k => r.id }
  l5 = [{ v = var.password }, { v = "beta" }][*].v
  l6 = [{ v = var.name }, { v = var.options.first }][*].v
  l7 = length(keys({}))
}

resource "terraform_data" "r8" {
  input = concat(keys(terraform_data.r2), keys(terraform_data.r2))
}

locals {
  l9 = var.labels
  l10 = [for x in keys(terraform_data.r3) : x if x != terraform_data.r8.id]
  l11 = ((var.enabled && var.enabled) ? (local.l7 + local.l7) : (var.enabled ? var.size : var.size))
}

output "o12" {
  value = "p-${join("-", [{ v = terraform_data.r8.id }, { v = terraform_data.r8.id }][*].v)}"
}

output "o13" {
  value = local.l7
}

output "o14" {
  value = var.enabled
}

output "o15" {
  value = [{ v = local.l1 }, { v = var.options.first }][*].v
  sensitive = true
}

output "o16" {
  value = tomap({ a = "1", b = "2" })
}

