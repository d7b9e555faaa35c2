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
  l1 = "beta"
  l2 = var.enabled
}

resource "terraform_data" "r3" {
  input = zipmap(["a", "d"], [var.password, var.password])

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l4 = 1
}

module "m5" {
  source = "./a"
  for_each = zipmap(["a", "d"], [format("%s/%03d", var.options.first, local.l4), jsonencode(var.items)])
  labels = { a = "alpha", b = each.value }
  options = { first = "f-${jsonencode(["x", "y"])}", other = 1 }
}

module "m6" {
  source = "./a"
  for_each = { for k, v in { a = "m" } : k => upper(v) }
  size = length(reverse(var.items))
  labels = var.labels
  options = { first = "f-${((local.l2 ? { v = each.value } : { v = each.value }).v)}", other = 1 }
}

resource "terraform_data" "r7" {
  input = ["alpha"]
}

locals {
  l8 = length({ for i, x in terraform_data.r7.output : "k${i}" => x }) * 2
  l9 = ((local.l4 + local.l8) + (local.l2 ? var.size : 1)) % 3
  l10 = terraform_data.r7.output
}

output "o11" {
  value = terraform_data.r7.id
}

output "o12" {
  value = length(local.l10)
}

output "o13" {
  value = coalesce(var.name, "none") == tostring(local.l8)
}

output "o14" {
  value = tolist([coalesce(one([var.options.first]), "none"), "%{ for x in [for k, v in var.options.tags : "${k}=${v}"] }<${x}>%{ endfor }"])
}

output "o15" {
  value = { for k, m in module.m5 : k => m.o15 }
}

