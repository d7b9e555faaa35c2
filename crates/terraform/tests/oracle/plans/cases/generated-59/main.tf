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
  l1 = (sum([var.size, 1]) > (0 + var.size) ? var.size : sum([length(var.options.tags), 1]))
  l2 = var.options.tags
  l3 = (length(var.items) + (2 + local.l1))
  l4 = !(var.options.first == var.name)
}

resource "terraform_data" "r5" {
  input = { for i, x in var.items : "k${i}" => x }
  triggers_replace = [try(var.labels["zz"], var.name), 1]
}

resource "terraform_data" "r6" {
  for_each = toset([var.options.first, var.options.first])
  input = var.options.tags
}

locals {
  l7 = var.items
  l8 = flatten([[lookup(terraform_data.r5.input, "a", var.password)], [one([terraform_data.r5.id])]])
}

module "m9" {
  source = "./a"
  name = lookup(merge(zipmap(["a", "d"], [var.name, terraform_data.r5.id]), { b = "p-${"Grüße"}" }), "a", "%{ for x in concat(keys(terraform_data.r6), var.items) }<${x}>%{ endfor }")
  size = sum([1, 1])
  items = concat([for x in local.l7 : x if x != var.options.first], split("-", var.options.first))
  labels = tomap({ a = var.options.first, c = "" })
  password = upper(upper("${"Grüße"}-${local.l1}"))
}

module "m10" {
  source = "./a"
  for_each = { a = var.options.first }
  size = length(keys(zipmap(["a", "d"], [each.value, terraform_data.r5.id])))
  labels = var.labels
}

resource "terraform_data" "r11" {
  for_each = local.l2
  input = { for k, v in { a = module.m9.o14 } : k => upper(v) }
}

locals {
  l12 = "p-${var.options.first}"
}

output "o13" {
  value = format("%s/%03d", jsonencode([for x in keys(terraform_data.r11) : "${x}-${local.l12}"]), sum([sum([var.size, 1]), 1]))
}

output "o14" {
  value = (local.l4 ? var.size : local.l1)
}

output "o15" {
  value = local.l4
}

output "o16" {
  value = split("-", ((!(var.enabled) ? { v = var.name } : { v = var.password }).v))
  sensitive = true
}

output "o17" {
  value = zipmap(["a", "d"], ["p-${join("-", var.items)}", join("-", (true ? tolist(module.m9.o17) : tolist([])))])
  sensitive = true
}

