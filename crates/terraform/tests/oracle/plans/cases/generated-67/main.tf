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
  l1 = (var.enabled ? var.size : 7)
  l2 = var.labels
}

resource "terraform_data" "r3" {
  for_each = local.l2
  input = { a = upper(var.password), b = coalesce(each.key, "none") }
  triggers_replace = [join("-", values(tomap({ a = "1", b = "2" }))), 1]
}

resource "terraform_data" "r4" {
  for_each = toset(tolist(toset([jsonencode({ name = var.options.first, size = 1 * 2 }), "set"])))
  input = { a = upper("beta"), b = upper(each.key) }
}

locals {
  l5 = local.l2
  l6 = { for k, v in var.labels : "${k}-x" => v if k != "b" }
}

module "m7" {
  source = "./a"
  count = min(3, length([replace(var.options.first, "a", "o"), "${var.options.first}-${1}"]))
  size = (false ? 7 : var.size)
  labels = { for k, v in local.l5 : "${k}-x" => v if k != "b" }
}

module "m8" {
  source = "./a"
  name = jsonencode({ name = tostring(var.size), size = 2 })
  labels = { for i, x in [] : "k${i}" => x }
}

resource "terraform_data" "r9" {
  for_each = toset(flatten([keys(terraform_data.r3), [var.options.first]]))
  input = slice(concat(["s", upper(tostring(module.m8.o14))], compact([trimspace(" ${"Grüße"} "), ""])), 0, 2)
}

locals {
  l10 = merge(local.l5, { b = "Grüße" })
  l11 = ["x", "y"]
  l12 = local.l1
  l13 = {}
}

output "o14" {
  value = "${"${"%{ for x in module.m8.o16 }<${x}>%{ endfor }"}-${length(local.l11)}"}-${local.l1}"
}

output "o15" {
  value = max(((var.enabled || var.enabled) ? local.l12 * 2 : (module.m8.o14 + 0)), length(trimspace(" ${var.options.first} ")))
  sensitive = true
}

output "o16" {
  value = (contains(flatten([keys(terraform_data.r3), [module.m8.o13]]), jsonencode(keys(terraform_data.r4))) || tostring(var.size) != null)
}

output "o17" {
  value = [{ v = module.m8.o13 }, { v = var.name }][*].v
}

output "o18" {
  value = (var.enabled ? tomap((module.m8.o15 ? tomap(local.l13) : tomap({ e = var.password }))) : tomap({ e = var.options.first }))
  sensitive = true
}

