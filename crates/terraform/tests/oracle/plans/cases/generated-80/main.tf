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
  l1 = var.enabled
  l2 = [{ v = "%{ for x in var.items }<${x}>%{ endfor }" }, { v = "Grüße" }][*].v
  l3 = var.size % 3 * 2
  l4 = length(merge({ a = "m" }, { b = var.password }))
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = var.enabled
}

resource "terraform_data" "r6" {
  for_each = {}
  input = { for k, v in { a = each.value, b = "" } : k => upper(v) }
}

locals {
  l7 = (local.l1 ? tomap((local.l4 > 7 ? tomap(tomap({ a = "1", b = "2" })) : tomap({ e = tostring(length(terraform_data.r5)) }))) : tomap({ e = var.options.first }))
}

module "m8" {
  source = "./a"
  for_each = tomap({ a = var.options.first, c = var.options.first })
  enabled = each.key == each.value
  labels = { for i, x in ["x", "y"] : "k${i}" => x }
  password = trimspace(" ${"${coalesce(each.key, "none")}-${(1 + local.l3)}"} ")
}

module "m9" {
  source = "./a"
  size = length(var.options.first)
  enabled = can(tomap({ a = "1", b = "2" }).a)
  password = jsonencode(var.items)
}

resource "terraform_data" "r10" {
  count = var.enabled ? 1 : 0
  input = length(var.password) % 3
}

locals {
  l11 = { for k, v in var.options.tags : "${k}-x" => v if k != "b" }
  l12 = module.m9.o13
}

output "o13" {
  value = var.name
}

output "o14" {
  value = sum([length(tomap({ a = "1", b = "2" })), 1])
}

output "o15" {
  value = module.m9.o14
}

output "o16" {
  value = terraform_data.r10[*].id
}

output "o17" {
  value = local.l7
  sensitive = true
}

