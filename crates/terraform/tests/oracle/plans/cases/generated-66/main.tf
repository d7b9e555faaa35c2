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
  l1 = jsonencode([var.password])
  l2 = var.options.tags
  l3 = contains(compact([var.password, ""]), coalesce(var.options.first, "none"))
  l4 = var.enabled
}

resource "terraform_data" "r5" {
  for_each = toset(reverse(var.items))
  input = upper(((local.l3 ? { v = var.password } : { v = var.options.first }).v))
}

resource "terraform_data" "r6" {
  for_each = merge({}, { b = upper("p-${var.options.first}") })
  input = upper(var.password)
}

locals {
  l7 = local.l3
}

module "m8" {
  source = "./a"
  for_each = toset(keys(terraform_data.r6))
  name = "%{ for x in [{ v = var.name }, { v = var.name }][*].v }<${x}>%{ endfor }"
  size = length((var.enabled ? tomap(var.options.tags) : tomap({ e = var.options.first })))
  items = [trimspace(" ${each.key} "), var.options.first]
  password = jsonencode(formatlist("%s!", keys(terraform_data.r5)))
  options = { first = "f-${try({ for k, v in { a = "m" } : "${k}-x" => v if k != "b" }["zz"], each.key)}", other = 1 }
}

resource "terraform_data" "r9" {
  input = element(concat(["z"], tolist(["l"])), 1)
  triggers_replace = [one([var.name]), 1]
}

locals {
  l10 = reverse(formatlist("%s!", values(terraform_data.r6)[*].input))
  l11 = var.options.tags
  l12 = (local.l4 || (true && can(tomap({ a = "1", b = "2" }).a)))
  l13 = ""
}

output "o14" {
  value = local.l1
  sensitive = true
}

output "o15" {
  value = max(max(var.size, var.size), (local.l12 ? var.size : var.size))
}

output "o16" {
  value = var.size > var.size
}

output "o17" {
  value = keys(terraform_data.r5)
}

output "o18" {
  value = merge({ for k, m in module.m8 : k => m.o12 }, { b = var.name })
  sensitive = true
}

