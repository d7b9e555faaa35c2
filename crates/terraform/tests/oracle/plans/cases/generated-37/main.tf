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
  l1 = split("-", var.options.first)
  l2 = var.enabled
}

resource "terraform_data" "r3" {
  for_each = toset(tolist(toset([substr("${upper(var.options.first)}-long", 0, 3), "set"])))
  input = var.enabled
}

locals {
  l4 = substr("${var.name}-long", 0, 3)
  l5 = (length(var.items) > 0 ? local.l4 : "${local.l4}-${length(var.options.first)}")
}

module "m6" {
  source = "./a"
  size = (var.size + var.size)
  enabled = startswith(one([var.options.first]), "p")
  items = var.items
  password = local.l5
}

resource "terraform_data" "r7" {
  input = upper(module.m6.o14)

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l8 = keys(terraform_data.r3)
  l9 = lookup(merge(module.m6.o18, { b = "beta" }), "a", "alpha")
  l10 = false
  l11 = { for k, v in { a = "${terraform_data.r7.input}-${var.size}", b = coalesce(module.m6.o14, "none") } : k => upper(v) }
}

output "o12" {
  value = terraform_data.r7.output
}

output "o13" {
  value = length(local.l9) * 2
  sensitive = true
}

output "o14" {
  value = startswith(format("%s/%03d", substr("${terraform_data.r7.id}-long", 0, 3), var.size), "p")
}

output "o15" {
  value = formatlist("%s!", module.m6.o17)
}

output "o16" {
  value = merge({ for k, v in { a = "Grüße" } : k => upper(v) }, { b = format("%s/%03d", local.l9, (local.l2 ? module.m6.o15 : module.m6.o15)) })
  sensitive = true
}

