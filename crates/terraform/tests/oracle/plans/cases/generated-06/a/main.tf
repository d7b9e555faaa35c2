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
  l1 = keys(var.labels)
  l2 = var.password
  l3 = compact(["Grüße", ""])
  l4 = var.password
}

resource "terraform_data" "r5" {
  count = min(3, max(length({ for k, v in { a = "m" } : "${k}-x" => v if k != "b" }), length(replace(var.options.first, "a", "o"))))
  input = zipmap(["a", "d"], [var.name, one([try(var.options.tags["zz"], local.l2)])])
}

locals {
  l6 = tomap({ a = coalesce(element(concat(["z"], local.l1), 1), "none"), c = "${substr("${var.password}-long", 0, 3)}-${7 % 3}" })
}

module "m7" {
  source = "./a"
  enabled = contains([var.options.first], ((true ? { v = "%{ if false }yes%{ else }no%{ endif }" } : { v = var.options.first }).v))
  items = sort(tolist(values(var.options.tags)))
  labels = { for k, v in { a = "${var.options.first}-${length(terraform_data.r5)}", b = trimspace(" ${var.options.first} ") } : k => upper(v) }
  options = { first = "f-${"${substr("${substr("${var.options.first}-long", 0, 3)}-long", 0, 3)}-${(var.enabled ? (var.enabled ? length(terraform_data.r5) : length(terraform_data.r5)) : length(terraform_data.r5))}"}", other = 1 }
}

module "m8" {
  source = "./a"
  for_each = toset(local.l1)
  name = jsonencode(local.l1)
  enabled = var.enabled
  labels = { a = upper(lookup(var.labels, "a", var.options.first)), b = each.key }
  password = "%{ for x in tolist([var.options.first, module.m7.o16]) }<${x}>%{ endfor }"
  options = { first = "f-${((can(var.labels.a) ? { v = each.value } : { v = each.key }).v)}", other = 1 }
}

resource "terraform_data" "r9" {
  for_each = (length(local.l3) > 0 ? tomap({ a = var.options.first }) : tomap({ e = "${var.options.first}-${length(terraform_data.r5)}" }))
  input = var.size % 3
}

locals {
  l10 = coalesce(replace(local.l4, "a", "o"), "none")
  l11 = concat(["Grüße", var.password], tolist([var.name, var.options.first]))
  l12 = length(upper(upper("beta")))
  l13 = substr("${local.l2}-long", 0, 3)
}

output "o14" {
  value = substr("${local.l13}-long", 0, 3)
  sensitive = true
}

output "o15" {
  value = length({ for k, m in module.m8 : k => m.o16 })
}

output "o16" {
  value = startswith(upper(var.options.first), "p")
}

output "o17" {
  value = formatlist("%s!", split("-", "alpha"))
}

output "o18" {
  value = merge({ a = var.password }, { b = upper(var.name) })
  sensitive = true
}

