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
  l1 = var.options.first
  l2 = (var.enabled ? tomap(var.labels) : tomap({ e = local.l1 }))
  l3 = { a = var.password }
}

resource "terraform_data" "r4" {
  for_each = toset((length(var.items) > 0 ? tolist(var.items) : tolist([])))
  input = contains(distinct(tolist(var.items)), "p-${each.key}")
  triggers_replace = [join("-", var.items), 1]
}

resource "terraform_data" "r5" {
  for_each = toset(keys({ a = var.options.first, b = local.l1 }))
  input = local.l2
}

locals {
  l6 = [jsonencode({ name = var.password, size = var.size }), upper(var.name)]
  l7 = tomap({ a = element(concat(["z"], [var.password, "alpha"]), 1), c = trimspace(" ${"${local.l1}-${var.size}"} ") })
  l8 = tomap({ a = "1", b = "2" })
  l9 = length(var.name)
}

module "m10" {
  source = "./a"
  size = (false ? var.size : var.size)
  labels = var.labels
  password = var.options.first
}

module "m11" {
  source = "./a"
  for_each = toset(concat(keys(terraform_data.r5), keys(terraform_data.r5)))
  name = try(merge({ a = each.value, b = var.name }, { b = "%{ if module.m10.o17 }yes%{ else }no%{ endif }" })["zz"], var.name)
  size = (startswith(format("%s/%03d", local.l1, local.l9), "p") ? length({ a = var.name }) : length({ a = each.value, b = var.options.first }))
  labels = { for k, v in local.l8 : k => upper(v) }
  password = "%{ for x in local.l6 }<${x}>%{ endfor }"
  options = { first = "f-${"Grüße"}", other = 1 }
}

resource "terraform_data" "r12" {
  count = min(3, 2 % 3)
  input = local.l2
}

locals {
  l13 = length({ for i, x in [local.l1] : "k${i}" => x })
  l14 = { a = tostring(max(length(terraform_data.r12), local.l9)), b = upper(upper(module.m10.o15)) }
  l15 = terraform_data.r12[*].id
  l16 = merge(local.l14, { b = var.name })
}

output "o17" {
  value = jsonencode(local.l6)
  sensitive = true
}

output "o18" {
  value = local.l13 * 2 % 3
}

output "o19" {
  value = module.m10.o17
}

output "o20" {
  value = flatten([concat(local.l6, local.l15), [join("-", keys(terraform_data.r4))]])
  sensitive = true
}

output "o21" {
  value = { a = module.m10.o15, b = var.options.first }
}

