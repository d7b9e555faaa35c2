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
  l1 = tolist([upper(var.options.first), tostring(var.size)])
  l2 = max(var.size, var.size)
  l3 = local.l2
  l4 = var.password == lookup(var.options.tags, "a", var.name)
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = length(var.options.first)
}

resource "terraform_data" "r6" {
  input = trimspace(" ${"alpha"} ")
}

locals {
  l7 = can(var.labels.a)
  l8 = var.labels
  l9 = local.l4
  l10 = local.l1
}

module "m11" {
  source = "./a"
  enabled = length(terraform_data.r5) > length(terraform_data.r6.input) * 2
  labels = tomap({ a = format("%s/%03d", "alpha", length(terraform_data.r5)), c = coalesce(terraform_data.r6.input, "none") })
  password = terraform_data.r6.output
  options = { first = "f-${terraform_data.r6.input}", other = 1 }
}

resource "terraform_data" "r12" {
  input = module.m11.o15
  triggers_replace = ["p-${"Grüße"}", 1]
}

locals {
  l13 = tostring(sum([var.size, 1]) * 2)
  l14 = zipmap(["a", "d"], [coalesce(module.m11.o11, "none"), element(concat(["z"], local.l1), 1)])
  l15 = jsonencode({ name = lookup(tomap({ a = "1", b = "2" }), "a", module.m11.o11), size = sum([var.size, 1]) })
  l16 = (((true ? { v = local.l13 } : { v = module.m11.o11 }).v) == coalesce(module.m11.o11, "none") || !(module.m11.o12 > module.m11.o12))
}

output "o17" {
  value = "${"${local.l13}-${local.l2}"}-${length(terraform_data.r5)}"
}

output "o18" {
  value = length(module.m11.o11)
}

output "o19" {
  value = local.l9
  sensitive = true
}

output "o20" {
  value = [for k, v in { a = "m" } : "${k}=${v}"]
}

output "o21" {
  value = { for k, v in terraform_data.r12.input : "${k}-x" => v if k != "b" }
}

