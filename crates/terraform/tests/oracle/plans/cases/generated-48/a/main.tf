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
  l1 = lookup(var.labels, "a", var.options.first) != null
  l2 = { for i, x in var.items : "k${i}" => x }
  l3 = local.l2
}

resource "terraform_data" "r4" {
  input = replace("", "a", "o")
}

locals {
  l5 = { a = try(local.l3["zz"], terraform_data.r4.id) }
  l6 = [for k, v in zipmap(["a", "d"], [format("%s/%03d", var.password, 0), ((var.enabled ? { v = var.options.first } : { v = var.password }).v)]) : "${k}=${v}"]
  l7 = { for k, v in zipmap(["a", "d"], [terraform_data.r4.input, var.name]) : "${k}-x" => v if k != "b" }
}

module "m8" {
  source = "./a"
  name = tostring(2)
  size = var.size
  labels = zipmap(["a", "d"], [var.options.first, one([terraform_data.r4.input])])
  options = { first = "f-${terraform_data.r4.input}", other = 1 }
}

resource "terraform_data" "r9" {
  count = min(3, length(var.items))
  input = length(["x", "y"])
  triggers_replace = ["p-${upper(module.m8.o13)}", 1]
}

locals {
  l10 = merge(local.l7, { b = terraform_data.r4.input })
  l11 = tolist([jsonencode(var.items), upper(var.name)])
  l12 = max(length(terraform_data.r9), module.m8.o14)
}

output "o13" {
  value = substr("${"%{ for x in module.m8.o16 }<${x}>%{ endfor }"}-long", 0, 3)
}

output "o14" {
  value = length(compact([upper(var.name), ""]))
}

output "o15" {
  value = length(local.l11) > 0
}

output "o16" {
  value = local.l6
  sensitive = true
}

output "o17" {
  value = { a = terraform_data.r4.id, b = var.name }
}

