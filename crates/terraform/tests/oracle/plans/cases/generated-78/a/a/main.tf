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
  l1 = upper("")
  l2 = var.enabled
  l3 = "p-${"Grüße"}"
  l4 = var.enabled
}

resource "terraform_data" "r5" {
  for_each = var.options.tags
  input = distinct(tolist(var.items))
}

resource "terraform_data" "r6" {
  for_each = toset(keys(terraform_data.r5))
  input = { for k, v in var.options.tags : "${k}-x" => v if k != "b" }

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r7" {
  for_each = var.options.tags
  input = "%{ for x in [{ v = var.name }, { v = local.l1 }][*].v }<${x}>%{ endfor }"
  triggers_replace = [var.options.first, 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l8 = (local.l4 || local.l2)
  l9 = local.l8
  l10 = [{ v = (local.l8 ? local.l3 : local.l3) }, { v = "${var.options.first}-${var.size}" }][*].v
  l11 = var.size
}

resource "terraform_data" "r12" {
  count = 3
  input = var.name
  triggers_replace = [var.options.first, 1]
}

locals {
  l13 = "${format("%s/%03d", coalesce(var.name, "none"), (local.l9 ? var.size : local.l11))}-${var.size * 2}"
  l14 = length([for x in local.l10 : "${x}-${""}"])
  l15 = (!(true) ? tomap({ for k, v in { a = "m" } : k => upper(v) }) : tomap({ e = local.l3 }))
}

output "o16" {
  value = "p-${"beta"}"
}

output "o17" {
  value = sum([sum([length(terraform_data.r12), 1]), 1])
}

output "o18" {
  value = local.l9
}

output "o19" {
  value = keys(terraform_data.r6)
}

output "o20" {
  value = { for k, r in terraform_data.r6 : k => r.id }
}

