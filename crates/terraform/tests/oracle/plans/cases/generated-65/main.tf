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
  l1 = "${"${var.options.first}-${length([])}"}-${length(var.items) % 3}"
  l2 = var.items
  l3 = (contains(var.items, (false ? var.password : var.options.first)) ? tomap({ for k, v in var.labels : "${k}-x" => v if k != "b" }) : tomap({ e = "beta" }))
}

resource "terraform_data" "r4" {
  input = "${(var.enabled ? var.name : var.options.first)}-${var.size * 2}"
}

resource "terraform_data" "r5" {
  for_each = toset(slice(concat(["s", "alpha"], var.items), 0, 2))
  input = ((var.enabled || var.enabled) ? var.options.first : var.password)
}

locals {
  l6 = false
}

module "m7" {
  source = "./a"
  count = var.enabled ? 1 : 0
  size = max(length(tolist([terraform_data.r4.output, "beta"])), (contains(keys(terraform_data.r5), terraform_data.r4.input) ? count.index : var.size))
  enabled = !(length((local.l6 ? tolist(local.l2) : tolist([]))) > 0)
  options = { first = "f-${tostring(sum([count.index, 1]))}", other = 1 }
}

module "m8" {
  source = "./a"
  count = min(3, length(((var.enabled || local.l6) ? tomap((local.l6 ? tomap(var.options.tags) : tomap({ e = local.l1 }))) : tomap({ e = "%{ if local.l6 }yes%{ else }no%{ endif }" }))))
  size = length(compact([terraform_data.r4.id, ""])) % 3
  items = (local.l6 ? tolist(keys(terraform_data.r5)) : tolist([]))
  labels = { a = ((!(var.enabled) ? { v = try(var.labels["zz"], var.options.first) } : { v = tostring(count.index) }).v), b = var.options.first }
}

resource "terraform_data" "r9" {
  count = 3
  input = distinct(tolist(module.m7[*].o12))
  triggers_replace = [terraform_data.r4.input, 1]
}

locals {
  l10 = (can(var.options.tags.a) && coalesce("beta", "none") != null)
  l11 = local.l1
  l12 = { for k, v in { a = (var.enabled ? "beta" : terraform_data.r4.input), b = (true ? local.l1 : terraform_data.r4.input) } : k => upper(v) }
}

output "o13" {
  value = one([terraform_data.r4.id])
}

output "o14" {
  value = length(var.labels)
}

output "o15" {
  value = length(slice(concat(["s", replace(local.l11, "a", "o")], values(local.l3)), 0, 2)) > 0
  sensitive = true
}

output "o16" {
  value = [trimspace(" ${"%{ if local.l6 }yes%{ else }no%{ endif }"} ")]
}

output "o17" {
  value = { a = element(concat(["z"], [var.password]), 1), b = (local.l6 ? terraform_data.r4.input : ((var.enabled ? { v = "alpha" } : { v = local.l11 }).v)) }
  sensitive = true
}

