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
  l1 = startswith(one(["p-${var.options.first}"]), "p")
  l2 = try(var.options.tags["zz"], coalesce("beta", "none"))
  l3 = false
  l4 = (local.l3 ? var.size : length(["x", "y"]))
}

resource "terraform_data" "r5" {
  input = tomap({ a = "%{ for x in [for x in var.items : "${x}-${"alpha"}"] }<${x}>%{ endfor }", c = trimspace(" ${""} ") })
}

resource "terraform_data" "r6" {
  input = length({ for i, x in var.items : "k${i}" => x })
  triggers_replace = [join("-", var.items), 1]
}

resource "terraform_data" "r7" {
  count = 3
  input = { a = local.l2 }

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l8 = { a = jsonencode(terraform_data.r7[*].id) }
  l9 = (false ? local.l2 : var.name)
  l10 = var.password == terraform_data.r5.id
  l11 = terraform_data.r6.output * 2
}

module "m12" {
  source = "./a"
  for_each = toset(concat(reverse([for k, v in var.labels : "${k}=${v}"]), values({ for k, v in var.options.tags : k => upper(v) })))
  name = try(terraform_data.r5.output["zz"], terraform_data.r6.id)
  enabled = var.enabled
}

module "m13" {
  source = "./a"
  for_each = var.options.tags
  name = local.l9
  enabled = contains([for k, v in var.labels : "${k}=${v}"], try(var.options.tags["zz"], var.options.first))
  items = [{ v = each.key }, { v = each.value }][*].v
  labels = merge({ a = each.value }, { b = (var.enabled ? var.options.first : each.value) })
}

resource "terraform_data" "r14" {
  input = !(contains(slice(concat(["s", local.l2], terraform_data.r7[*].id), 0, 2), substr("${local.l2}-long", 0, 3)))
}

locals {
  l15 = (1 + terraform_data.r6.output % 3)
  l16 = length(jsonencode([]))
}

output "o17" {
  value = jsonencode({ name = trimspace(" ${var.options.first} "), size = sum([local.l4, 1]) })
}

output "o18" {
  value = 2
}

output "o19" {
  value = can({ a = var.password }.a)
  sensitive = true
}

output "o20" {
  value = reverse(var.items)
}

output "o21" {
  value = { a = "m" }
}

