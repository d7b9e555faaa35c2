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
  l1 = length(var.items) > 0
  l2 = (var.options.first != null ? var.size : var.size * 2) > (var.enabled ? length("alpha") : length(var.labels))
}

resource "terraform_data" "r3" {
  input = startswith(var.name, "p")
  triggers_replace = [jsonencode({ name = lookup(var.options.tags, "a", var.options.first), size = (2 + var.size) }), 1]
}

resource "terraform_data" "r4" {
  input = var.size * 2
  triggers_replace = [join("-", var.items), 1]
}

locals {
  l5 = [for x in sort(tolist(var.items)) : "${x}-${tostring(terraform_data.r4.input)}"]
  l6 = contains([var.password], var.name)
}

module "m7" {
  source = "./a"
  for_each = var.options.tags
  name = "%{ for x in var.items }<${x}>%{ endfor }"
  size = length(jsonencode({ name = terraform_data.r4.id, size = terraform_data.r4.input }))
  items = concat(var.items, var.items)
  labels = { for k, v in var.labels : "${k}-x" => v if k != "b" }
  options = { first = "f-${upper(element(concat(["z"], var.items), 1))}", other = 1 }
}

module "m8" {
  source = "./a"
  enabled = coalesce(jsonencode(tolist(["l"])), "none") != null
  labels = zipmap(["a", "d"], [var.options.first, var.options.first])
  password = upper(var.options.first)
}

resource "terraform_data" "r9" {
  input = local.l5
  triggers_replace = [element(concat(["z"], module.m8.o15), 1), 1]
}

locals {
  l10 = zipmap(["a", "d"], [lookup({ for k, m in module.m7 : k => m.o12 }, "a", var.name), one([var.options.first])])
  l11 = terraform_data.r9.output
  l12 = (var.options.first != null && local.l2)
  l13 = length([for x in local.l5 : "${x}-${try(var.labels["zz"], "alpha")}"]) > 0
}

output "o14" {
  value = coalesce(module.m8.o12, "none")
}

output "o15" {
  value = terraform_data.r4.input
}

output "o16" {
  value = startswith(element(concat(["z"], [for k, v in local.l10 : "${k}=${v}"]), 1), "p")
}

output "o17" {
  value = terraform_data.r9.input
}

output "o18" {
  value = (0 > module.m8.o13 ? tomap(zipmap(["a", "d"], ["Grüße", var.options.first])) : tomap({ e = module.m8.o12 }))
}

