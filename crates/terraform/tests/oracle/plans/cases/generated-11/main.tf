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
  l1 = sort(tolist([var.name, var.name]))
}

resource "terraform_data" "r2" {
  count = min(3, sum([1, 1]))
  input = { for k, v in var.labels : "${k}-x" => v if k != "b" }
  triggers_replace = ["p-${""}", 1]
}

locals {
  l3 = compact([substr("${var.options.first}-long", 0, 3), ""])
  l4 = var.enabled
  l5 = length([jsonencode({ name = var.password, size = length(terraform_data.r2) })]) > 0
  l6 = 7 > length(terraform_data.r2) % 3
}

module "m7" {
  source = "./a"
  count = min(3, length(var.options.tags))
  enabled = (local.l4 || local.l6)
  labels = { a = var.options.first }
}

module "m8" {
  source = "./a"
  name = ((startswith(var.name, "p") ? { v = var.name } : { v = var.name }).v)
  size = (can(var.options.tags.a) ? length("Grüße") : var.size)
  items = [for x in var.items : "${x}-${""}"]
  labels = {}
  password = jsonencode({ name = var.name, size = var.size })
  options = { first = "f-${"Grüße"}", other = 1 }
}

resource "terraform_data" "r9" {
  input = sum([sum([module.m8.o13, 1]), 1])
}

locals {
  l10 = { for k, v in zipmap(["a", "d"], [var.name, upper(terraform_data.r9.id)]) : k => upper(v) }
  l11 = can({ for k, v in local.l10 : "${k}-x" => v if k != "b" }.a)
  l12 = module.m8.o13
}

output "o13" {
  value = replace(substr("${"%{ for x in module.m8.o15 }<${x}>%{ endfor }"}-long", 0, 3), "a", "o")
  sensitive = true
}

output "o14" {
  value = terraform_data.r9.input % 3
  sensitive = true
}

output "o15" {
  value = !((!(local.l4) && !(module.m8.o14)))
  sensitive = true
}

output "o16" {
  value = flatten([var.items, [((var.password != null ? { v = format("%s/%03d", var.name, terraform_data.r9.output) } : { v = try(local.l10["zz"], var.name) }).v)]])
  sensitive = true
}

output "o17" {
  value = { a = module.m8.o12 }
}

