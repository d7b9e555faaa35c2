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
  l1 = try(zipmap(["a", "d"], [var.password, var.options.first])["zz"], element(concat(["z"], var.items), 1))
  l2 = (length([for x in var.items : "${x}-${var.name}"]) > 0 ? tomap({ for k, v in { a = var.options.first, b = local.l1 } : k => upper(v) }) : tomap({ e = one([substr("${local.l1}-long", 0, 3)]) }))
  l3 = "p-${var.name}"
  l4 = local.l2
}

resource "terraform_data" "r5" {
  input = trimspace(" ${one([trimspace(" ${local.l1} ")])} ")
  triggers_replace = ["%{ for x in var.items }<${x}>%{ endfor }", 1]
}

locals {
  l6 = (var.enabled ? var.size : 7) > (var.enabled ? var.size : var.size)
}

module "m7" {
  source = "./a"
  for_each = toset(reverse(var.items))
  name = tostring(var.size)
  size = max(var.size, var.size) * 2
  enabled = !(var.enabled)
  items = distinct(tolist(var.items))
  labels = tomap({ a = "beta", c = var.options.first })
  password = "%{ for x in [for x in (false ? tolist(var.items) : tolist([])) : "${x}-${terraform_data.r5.output}"] }<${x}>%{ endfor }"
  options = { first = "f-${"p-${element(concat(["z"], sort(tolist(var.items))), 1)}"}", other = 1 }
}

resource "terraform_data" "r8" {
  count = min(3, 0)
  input = ((false ? { v = terraform_data.r5.input } : { v = terraform_data.r5.output }).v)
  triggers_replace = [(var.enabled ? terraform_data.r5.output : terraform_data.r5.id), 1]
}

locals {
  l9 = var.name
  l10 = flatten([tolist(toset(["alpha", "set"])), ["${"alpha"}-${var.size}"]])
  l11 = [terraform_data.r5.input]
  l12 = sum([var.size, 1])
}

output "o13" {
  value = try(terraform_data.r8[0].output, "none")
  sensitive = true
}

output "o14" {
  value = (local.l6 ? length(terraform_data.r8) : length(terraform_data.r8))
}

output "o15" {
  value = can(zipmap(["a", "d"], [local.l3, var.password]).a)
  sensitive = true
}

output "o16" {
  value = concat(local.l11, terraform_data.r8[*].id)
  sensitive = true
}

output "o17" {
  value = { a = local.l1, b = terraform_data.r5.output }
  sensitive = true
}

