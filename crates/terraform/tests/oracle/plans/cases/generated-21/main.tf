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
  l1 = jsonencode({ name = try({ a = "m" }["zz"], var.name), size = var.size })
}

resource "terraform_data" "r2" {
  count = var.enabled ? 1 : 0
  input = var.labels
}

resource "terraform_data" "r3" {
  input = !(var.enabled)
  triggers_replace = [var.name, 1]
}

resource "terraform_data" "r4" {
  count = 1
  input = formatlist("%s!", flatten([var.items, [var.options.first]]))
}

locals {
  l5 = [terraform_data.r3.id, var.options.first]
  l6 = length({ for i, x in var.items : "k${i}" => x })
}

module "m7" {
  source = "./a"
  for_each = {}
  name = element(concat(["z"], local.l5), 1)
  size = length(coalesce(replace(each.value, "a", "o"), "none"))
  enabled = can({ for k, v in { a = "alpha" } : "${k}-x" => v if k != "b" }.a)
  items = sort(tolist(compact([tostring(local.l6), ""])))
  labels = merge(var.options.tags, { b = each.key })
  password = lookup(var.labels, "a", each.value)
}

module "m8" {
  source = "./a"
  for_each = var.labels
  name = each.value
  size = 1 * 2
  enabled = !((terraform_data.r3.input || can(var.options.tags.a)))
  items = var.items
  labels = { a = element(concat(["z"], var.items), 1) }
  password = one(["%{ if false }yes%{ else }no%{ endif }"])
  options = { first = "f-${upper(each.key)}", other = 1 }
}

resource "terraform_data" "r9" {
  count = min(3, local.l6)
  input = local.l5
  triggers_replace = [coalesce(replace(trimspace(" ${local.l1} "), "a", "o"), "none"), 1]
}

locals {
  l10 = "%{ for x in var.items }<${x}>%{ endfor }"
  l11 = { for i, x in flatten([tolist([terraform_data.r3.id, var.name]), [var.password]]) : "k${i}" => x }
  l12 = merge({}, { b = "Grüße" })
}

output "o13" {
  value = terraform_data.r3.id
}

output "o14" {
  value = length(terraform_data.r9) % 3
}

output "o15" {
  value = terraform_data.r3.id == terraform_data.r3.id
}

output "o16" {
  value = tolist([((var.enabled ? { v = terraform_data.r3.id } : { v = local.l1 }).v), replace((var.enabled ? var.password : terraform_data.r3.id), "a", "o")])
  sensitive = true
}

output "o17" {
  value = { for k, v in tomap({ a = local.l1, c = local.l1 }) : "${k}-x" => v if k != "b" }
}

