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
  l1 = { for k, v in { for k, v in tomap({ a = var.options.first, c = var.name }) : "${k}-x" => v if k != "b" } : k => upper(v) }
}

resource "terraform_data" "r2" {
  for_each = { for k, v in var.labels : k => upper(v) }
  input = contains(reverse(var.items), "%{ for x in var.items }<${x}>%{ endfor }")
  triggers_replace = [var.name, 1]
}

resource "terraform_data" "r3" {
  input = var.enabled
  triggers_replace = [one([var.options.first]), 1]
}

resource "terraform_data" "r4" {
  for_each = toset([jsonencode({ name = var.options.first, size = 7 }), var.options.first])
  input = (sum([0, 1]) > length(keys(terraform_data.r2)) ? tolist(var.items) : tolist([]))
}

locals {
  l5 = var.options.first
  l6 = terraform_data.r3.output
}

module "m7" {
  source = "./a"
  name = "${try(merge(var.options.tags, { b = var.name })["zz"], var.options.first)}-${var.size}"
  size = (terraform_data.r3.output ? var.size * 2 : max(max(var.size, 1), length(tolist(["l"]))))
  enabled = can({}.a)
  items = [for k, v in var.options.tags : "${k}=${v}"]
  password = upper("%{ for x in keys(terraform_data.r2) }<${x}>%{ endfor }")
  options = { first = "f-${"${local.l5}-${(length(tolist(["l"])) > 0 ? 0 : length(var.options.tags))}"}", other = 1 }
}

module "m8" {
  source = "./a"
  count = min(3, 0)
  items = compact([jsonencode({ name = local.l5, size = count.index }), ""])
  labels = tomap({ a = jsonencode(keys(var.labels)), c = coalesce(local.l5, "none") })
  password = local.l5
  options = { first = "f-${"${upper("%{ if terraform_data.r3.input }yes%{ else }no%{ endif }")}-${count.index}"}", other = 1 }
}

resource "terraform_data" "r9" {
  count = min(3, length(concat(var.items, concat(keys(terraform_data.r4), keys(terraform_data.r2)))))
  input = contains(flatten([module.m8[*].o11, [var.password]]), replace(var.password, "a", "o"))
}

locals {
  l10 = var.options.first
  l11 = ["p-${module.m7.o11}", jsonencode(var.items)]
}

output "o12" {
  value = terraform_data.r3.id
}

output "o13" {
  value = (var.enabled ? 1 : var.size)
}

output "o14" {
  value = var.size > module.m7.o12
}

output "o15" {
  value = sort(tolist(split("-", var.name)))
}

output "o16" {
  value = tomap({ a = local.l5, c = "alpha" })
}

