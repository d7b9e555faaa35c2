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
  l2 = zipmap(["a", "d"], [var.password, ""])
}

resource "terraform_data" "r3" {
  count = min(3, length(tolist(toset([var.options.first, "set"]))))
  input = var.name == var.name
}

locals {
  l4 = formatlist("%s!", ["${var.options.first}-${length(terraform_data.r3)}"])
  l5 = (true ? var.size : var.size)
}

module "m6" {
  source = "./a"
  for_each = zipmap(["a", "d"], [(var.enabled ? var.options.first : var.options.first), "%{ if var.enabled }yes%{ else }no%{ endif }"])
  name = element(concat(["z"], (can(tomap({ a = "1", b = "2" }).a) ? tolist(tolist(["l"])) : tolist([]))), 1)
  enabled = contains(var.items, "alpha")
  items = distinct(tolist(slice(concat(["s", var.options.first], var.items), 0, 2)))
  labels = (true ? tomap(var.labels) : tomap({ e = each.key }))
  password = substr("${element(concat(["z"], tolist(["l"])), 1)}-long", 0, 3)
}

module "m7" {
  source = "./a"
  count = var.enabled ? 1 : 0
  name = format("%s/%03d", var.name, var.size)
  size = (count.index + local.l5) * 2
  enabled = var.enabled
  items = compact(["%{ for x in tolist(toset([var.options.first, "set"])) }<${x}>%{ endfor }", ""])
}

resource "terraform_data" "r8" {
  count = min(3, (var.enabled ? length(terraform_data.r3) : 2))
  input = { a = (var.enabled ? var.options.first : var.password) }
}

locals {
  l9 = false
  l10 = one([(local.l9 ? "Grüße" : var.password)]) == var.name
  l11 = sum([local.l5, 1]) > length(var.name)
}

output "o12" {
  value = jsonencode({ name = trimspace(" ${var.password} "), size = local.l5 * 2 })
  sensitive = true
}

output "o13" {
  value = local.l5 * 2
}

output "o14" {
  value = jsonencode(module.m7[*].o12) == jsonencode({ name = var.password, size = 7 })
  sensitive = true
}

output "o15" {
  value = tolist(toset([coalesce(var.name, "none"), "set"]))
}

output "o16" {
  value = (var.enabled ? tomap(var.options.tags) : tomap({ e = try({ for k, v in { for k, m in module.m6 : k => m.o12 } : "${k}-x" => v if k != "b" }["zz"], var.name) }))
  sensitive = true
}

