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
  l1 = var.password == upper(var.name)
  l2 = tomap({ a = var.options.first, c = var.password })
  l3 = length(var.items) > 0
}

resource "terraform_data" "r4" {
  count = min(3, length(var.items))
  input = (("beta" == var.password && length(var.items) > 0) ? length(concat(var.items, var.items)) : length(one([var.name])))
  triggers_replace = [jsonencode(var.items), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r5" {
  input = lookup(tomap({ a = "1", b = "2" }), "a", var.name)
  triggers_replace = [trimspace(" ${var.name} "), 1]
}

resource "terraform_data" "r6" {
  input = var.size % 3 * 2 > ((true || true) ? 0 % 3 : 7)
}

locals {
  l7 = { for k, v in { a = "m" } : "${k}-x" => v if k != "b" }
  l8 = (local.l1 ? length(terraform_data.r4) : var.size) > var.size % 3
}

module "m9" {
  source = "./a"
  for_each = { a = "m" }
  name = substr("${one([lookup(var.labels, "a", each.value)])}-long", 0, 3)
  size = max(length(terraform_data.r4), length(terraform_data.r4))
  enabled = !(local.l3)
  items = keys({ a = each.key, b = "${each.value}-${7}" })
  labels = { for k, v in { for i, x in var.items : "k${i}" => x } : k => upper(v) }
  password = "%{ if sum([length(terraform_data.r4), 1]) > var.size * 2 }yes%{ else }no%{ endif }"
}

module "m10" {
  source = "./a"
  count = var.enabled ? 1 : 0
  name = try({ for k, m in module.m9 : k => m.o13 }["zz"], var.options.first)
  size = sum([var.size * 2, 1])
  items = sort(tolist(var.items))
  labels = { a = var.options.first, b = var.options.first }
  password = "alpha"
}

resource "terraform_data" "r11" {
  for_each = { for k, v in (var.enabled ? tomap(var.labels) : tomap({ e = "" })) : k => upper(v) }
  input = coalesce(var.password, "none") != null
}

locals {
  l12 = true
  l13 = { for k, v in var.labels : k => upper(v) }
  l14 = !(contains(keys(terraform_data.r11), terraform_data.r6.id))
  l15 = keys(terraform_data.r11)
}

output "o16" {
  value = "Grüße"
}

output "o17" {
  value = var.size
}

output "o18" {
  value = length(terraform_data.r4) > var.size * 2
}

output "o19" {
  value = keys(local.l7)
}

output "o20" {
  value = local.l7
}

