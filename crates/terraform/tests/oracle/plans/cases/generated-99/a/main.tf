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
  l1 = values(var.options.tags)
  l2 = ((length(local.l1) > 0 ? { v = "alpha" } : { v = format("%s/%03d", var.name, var.size) }).v) == jsonencode(sort(tolist(local.l1)))
  l3 = (length(var.options.tags) + var.size)
}

resource "terraform_data" "r4" {
  count = min(3, (7 + (contains(var.items, "") ? sum([2, 1]) : length(var.options.tags))))
  input = upper(lookup({ for i, x in local.l1 : "k${i}" => x }, "a", tostring(local.l3)))
}

resource "terraform_data" "r5" {
  input = (var.password != null ? 7 % 3 : local.l3)
  triggers_replace = [trimspace(" ${"%{ for x in [var.password, var.password] }<${x}>%{ endfor }"} "), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  for_each = toset([for k, v in { for k, v in var.options.tags : "${k}-x" => v if k != "b" } : "${k}=${v}"])
  input = contains(slice(concat(["s", ""], ["x", "y"]), 0, 2), "p-${"beta"}")
}

locals {
  l7 = "Grüße" != null
  l8 = var.password
  l9 = length(terraform_data.r4) % 3
  l10 = { a = var.name, b = coalesce(try(var.options.tags["zz"], ""), "none") }
}

resource "terraform_data" "r11" {
  input = try(var.options.tags["zz"], try({ for k, r in terraform_data.r6 : k => r.id }["zz"], terraform_data.r5.id))
}

locals {
  l12 = terraform_data.r4[*].id
  l13 = compact([terraform_data.r11.input, ""])
}

output "o14" {
  value = try(terraform_data.r4[0].output, "none")
}

output "o15" {
  value = max((length(terraform_data.r4) + local.l3), length(terraform_data.r4) * 2)
}

output "o16" {
  value = !(local.l2)
}

output "o17" {
  value = keys(var.options.tags)
}

output "o18" {
  value = local.l10
}

