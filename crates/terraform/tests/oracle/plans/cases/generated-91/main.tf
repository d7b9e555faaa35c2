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
  l1 = var.items
  l2 = length(local.l1) > 0
  l3 = try(var.labels["zz"], format("%s/%03d", var.password, var.size))
  l4 = zipmap(["a", "d"], ["%{ for x in ["x", "y"] }<${x}>%{ endfor }", "Grüße"])
}

resource "terraform_data" "r5" {
  for_each = merge(tomap({ a = var.options.first, c = var.options.first }), { b = format("%s/%03d", var.options.first, 1) })
  input = local.l2
  triggers_replace = [lookup(local.l4, "a", each.key), 1]
}

resource "terraform_data" "r6" {
  for_each = local.l4
  input = ("beta" == var.name ? 7 : (local.l2 ? var.size : var.size))
}

resource "terraform_data" "r7" {
  input = local.l3
  triggers_replace = [element(concat(["z"], flatten([flatten([["x", "y"], [var.name]]), ["%{ for x in keys(terraform_data.r5) }<${x}>%{ endfor }"]])), 1), 1]
}

locals {
  l8 = var.options.first
  l9 = (var.enabled ? var.size : var.size)
  l10 = zipmap(["a", "d"], [terraform_data.r7.id, terraform_data.r7.id])
}

module "m11" {
  source = "./a"
  for_each = toset(split("-", trimspace(" ${var.options.first} ")))
  size = sum([0, 1])
  items = [for k, v in merge(var.labels, { b = "" }) : "${k}=${v}"]
  labels = { for i, x in keys(terraform_data.r6) : "k${i}" => x }
}

module "m12" {
  source = "./a"
  for_each = { for k, v in { for k, v in var.options.tags : "${k}-x" => v if k != "b" } : "${k}-x" => v if k != "b" }
  name = "%{ for x in compact([each.value, ""]) }<${x}>%{ endfor }"
  labels = merge({ for k, v in (false ? tomap({}) : tomap({ e = var.options.first })) : "${k}-x" => v if k != "b" }, { b = "" })
}

resource "terraform_data" "r13" {
  for_each = tomap({ a = local.l8, c = "${"alpha"}-${1}" })
  input = tomap({ a = jsonencode({ name = terraform_data.r7.id, size = var.size }), c = var.options.first })
  triggers_replace = [try({ for k, v in (local.l2 ? tomap({ for k, r in terraform_data.r5 : k => r.id }) : tomap({ e = local.l8 })) : "${k}-x" => v if k != "b" }["zz"], terraform_data.r7.id), 1]
}

locals {
  l14 = []
  l15 = length(tolist(["beta", jsonencode(keys(terraform_data.r5))]))
}

output "o16" {
  value = jsonencode(keys(terraform_data.r5))
}

output "o17" {
  value = (length(local.l8) + (local.l2 ? local.l9 : 0)) % 3
}

output "o18" {
  value = !(var.enabled)
}

output "o19" {
  value = reverse(keys(terraform_data.r6))
}

output "o20" {
  value = tomap({ a = var.options.first, c = terraform_data.r7.output })
  sensitive = true
}

