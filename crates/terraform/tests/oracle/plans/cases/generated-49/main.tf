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
  for_each = toset([tostring(2)])
  input = "p-${var.options.first}"
}

locals {
  l3 = merge({ a = var.options.first, b = var.options.first }, { b = "${var.name}-${var.size}" })
  l4 = var.name != null
}

module "m5" {
  source = "./a"
  count = min(3, length([]))
  name = var.options.first
  size = sum([(contains(local.l1, var.name) ? count.index % 3 : length(tomap({ a = "1", b = "2" }))), 1])
  items = flatten([sort(tolist(values(terraform_data.r2)[*].input)), ["p-${var.options.first}"]])
  labels = (var.enabled ? tomap(var.labels) : tomap({ e = var.options.first }))
  password = tostring(sum([(var.size + count.index), 1]))
}

module "m6" {
  source = "./a"
  name = var.options.first
  items = concat(values(terraform_data.r2)[*].input, values(terraform_data.r2)[*].input)
  password = (var.size * 2 > length(values(terraform_data.r2)[*].input) ? (contains(keys(terraform_data.r2), var.password) ? substr("${var.password}-long", 0, 3) : "%{ for x in module.m5[*].o9 }<${x}>%{ endfor }") : format("%s/%03d", "%{ for x in keys(terraform_data.r2) }<${x}>%{ endfor }", var.size % 3))
}

resource "terraform_data" "r7" {
  for_each = zipmap(["a", "d"], ["%{ for x in ["x", "y"] }<${x}>%{ endfor }", join("-", [])])
  input = { for k, v in var.labels : k => upper(v) }
}

locals {
  l8 = sum([module.m6.o10, 1]) > max(var.size, module.m6.o10)
  l9 = max((module.m6.o11 ? module.m6.o10 : var.size) % 3, module.m6.o10 * 2 * 2)
  l10 = module.m6.o13
}

output "o11" {
  value = join("-", [{ v = "${var.options.first}-${var.size}" }, { v = element(concat(["z"], module.m5[*].o9), 1) }][*].v)
}

output "o12" {
  value = sum([var.size % 3, 1])
}

output "o13" {
  value = local.l8
}

output "o14" {
  value = tolist([var.options.first, var.options.first])
}

output "o15" {
  value = zipmap(["a", "d"], ["", coalesce(module.m6.o9, "none")])
}

