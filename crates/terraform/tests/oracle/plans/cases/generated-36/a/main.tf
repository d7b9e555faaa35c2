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
  l1 = "${var.name}-${var.size}"
  l2 = var.size % 3
  l3 = { a = "%{ for x in var.items }<${x}>%{ endfor }", b = jsonencode({ name = one([var.name]), size = length(var.options.first) }) }
}

resource "terraform_data" "r4" {
  for_each = var.options.tags
  input = length(var.items)
}

locals {
  l5 = tomap({ a = local.l1, c = var.name })
  l6 = [for k, v in { for k, v in { a = var.name } : k => upper(v) } : "${k}=${v}"]
}

module "m7" {
  source = "./a"
  name = local.l1
  options = { first = "f-${var.options.first}", other = 1 }
}

module "m8" {
  source = "./a"
  count = min(3, max(length([var.options.first]), length(var.options.tags)))
}

resource "terraform_data" "r9" {
  for_each = toset([for x in formatlist("%s!", tolist([var.options.first, var.options.first])) : "${x}-${lookup({ a = var.options.first, b = var.options.first }, "a", trimspace(" ${var.options.first} "))}"])
  input = var.options.tags
  triggers_replace = [element(concat(["z"], formatlist("%s!", keys(terraform_data.r4))), 1), 1]
}

locals {
  l10 = jsonencode(["%{ for x in keys(terraform_data.r9) }<${x}>%{ endfor }", "%{ if var.enabled }yes%{ else }no%{ endif }"])
}

output "o11" {
  value = local.l10
}

output "o12" {
  value = ((0 + local.l2) + length(module.m7.o12)) % 3
}

output "o13" {
  value = module.m7.o8 != null
}

output "o14" {
  value = concat(distinct(tolist([{ v = var.options.first }, { v = module.m7.o8 }][*].v)), compact([try(tomap({ a = "1", b = "2" })["zz"], local.l10), ""]))
}

output "o15" {
  value = merge({ a = var.password }, { b = upper(module.m7.o8) })
  sensitive = true
}

