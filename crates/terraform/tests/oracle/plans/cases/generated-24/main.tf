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
}

resource "terraform_data" "r2" {
  for_each = toset(values(var.labels))
  input = sort(tolist(local.l1))
}

locals {
  l3 = (var.size * 2 + max((var.size + var.size), length({ for k, r in terraform_data.r2 : k => r.id })))
  l4 = sum([local.l3, 1])
}

module "m5" {
  source = "./a"
  name = format("%s/%03d", upper(jsonencode(var.items)), length({ a = var.options.first }))
  size = length(format("%s/%03d", var.name, local.l3))
  enabled = var.enabled
  labels = { for k, v in { a = one([var.options.first]) } : "${k}-x" => v if k != "b" }
}

module "m6" {
  source = "./a"
  for_each = toset(split("-", var.options.first))
  size = length(sort(tolist(var.items)))
  items = slice(concat(["s", join("-", [{ v = var.options.first }, { v = each.value }][*].v)], [join("-", local.l1)]), 0, 2)
  labels = { a = replace(var.options.first, "a", "o"), b = try(var.labels["zz"], var.options.first) }
  password = upper(module.m5.o7)
}

module "m7" {
  source = "./b"
  count = min(3, sum([0, 1]))
  size = sum([length(var.items), 1]) % 3
  enabled = can(zipmap(["a", "d"], [var.options.first, var.options.first]).a)
  labels = merge({ for k, v in (var.enabled ? tomap(var.labels) : tomap({ e = var.options.first })) : "${k}-x" => v if k != "b" }, { b = tostring(count.index) })
  password = lookup(merge(module.m5.o11, { b = var.options.first }), "a", try(tomap({ a = "1", b = "2" })["zz"], var.options.first))
  options = { first = "f-${(var.enabled ? var.options.first : var.options.first)}", other = 1 }
}

module "m8" {
  source = "./b"
  name = "${substr("${((var.enabled ? { v = var.name } : { v = var.name }).v)}-long", 0, 3)}-${var.size}"
  size = var.size % 3
  enabled = var.enabled
  items = compact([lookup(var.labels, "a", var.options.first), ""])
  labels = var.options.tags
  password = substr("${var.name}-long", 0, 3)
}

resource "terraform_data" "r9" {
  input = length(var.labels)
}

locals {
  l10 = var.items
}

output "o11" {
  value = module.m8.o13
}

output "o12" {
  value = local.l3 * 2
}

output "o13" {
  value = (local.l3 + 2) > 1
}

output "o14" {
  value = formatlist("%s!", module.m7[*].o13)
}

output "o15" {
  value = merge(zipmap(["a", "d"], [var.password, one([terraform_data.r9.id])]), { b = "%{ for x in keys({ for k, m in module.m6 : k => m.o7 }) }<${x}>%{ endfor }" })
  sensitive = true
}

