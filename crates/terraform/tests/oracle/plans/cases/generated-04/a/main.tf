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
  l1 = !(var.enabled)
  l2 = var.enabled
  l3 = var.items
  l4 = var.labels
}

resource "terraform_data" "r5" {
  for_each = toset([jsonencode({ name = var.options.first, size = 7 })])
  input = (startswith(var.password, "p") ? var.size : length(var.items)) > length(reverse(local.l3))
}

resource "terraform_data" "r6" {
  for_each = merge(var.labels, { b = "Grüße" })
  input = (var.enabled ? var.name : each.key)
  triggers_replace = [coalesce(one(["p-${each.key}"]), "none"), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r7" {
  input = values(terraform_data.r6)[*].input
}

locals {
  l8 = coalesce("Grüße", "none")
  l9 = { for i, x in keys({ a = local.l8 }) : "k${i}" => x }
  l10 = "%{ if var.enabled }yes%{ else }no%{ endif }"
  l11 = length(formatlist("%s!", split("-", var.password)))
}

resource "terraform_data" "r12" {
  input = max(local.l11, var.size)
}

locals {
  l13 = (contains(var.items, local.l8) || (true || local.l2))
  l14 = try(zipmap(["a", "d"], [local.l10, local.l10])["zz"], "${local.l10}-${var.size}")
  l15 = local.l11
  l16 = { a = jsonencode({ name = var.name, size = local.l15 }) }
}

output "o17" {
  value = substr("${"%{ if var.enabled }yes%{ else }no%{ endif }"}-long", 0, 3)
}

output "o18" {
  value = (local.l11 + local.l11)
  sensitive = true
}

output "o19" {
  value = 1 > var.size
}

output "o20" {
  value = [for k, v in zipmap(["a", "d"], ["${var.options.first}-${terraform_data.r12.input}", "%{ for x in local.l3 }<${x}>%{ endfor }"]) : "${k}=${v}"]
  sensitive = true
}

output "o21" {
  value = zipmap(["a", "d"], [upper(terraform_data.r12.id), terraform_data.r7.id])
}

