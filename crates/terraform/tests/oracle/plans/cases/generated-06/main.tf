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
  l1 = length("alpha")
  l2 = length([]) > 0
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = ((local.l2 || true) || (local.l2 && local.l2))
}

resource "terraform_data" "r4" {
  input = sum([local.l1, 1])
}

locals {
  l5 = [for k, v in zipmap(["a", "d"], [try(var.labels["zz"], var.options.first), "${var.name}-${length(terraform_data.r3)}"]) : "${k}=${v}"]
  l6 = length(local.l5)
  l7 = "%{ for x in compact(["alpha", ""]) }<${x}>%{ endfor }"
}

module "m8" {
  source = "./a"
  for_each = { for k, v in tomap({ a = local.l7, c = "alpha" }) : k => upper(v) }
  name = var.options.first
  size = 7
  enabled = var.enabled
  items = [for x in (var.options.first != null ? tolist([for x in [] : x if x != each.value]) : tolist([])) : "${x}-${try({ for k, v in { a = "m" } : "${k}-x" => v if k != "b" }["zz"], trimspace(" ${var.options.first} "))}"]
  options = { first = "f-${try({ for i, x in var.items : "k${i}" => x }["zz"], "${var.options.first}-${length(["x", "y"])}")}", other = 1 }
}

module "m9" {
  source = "./a"
  name = join("-", [for k, v in var.options.tags : "${k}=${v}"])
  labels = var.options.tags
  password = one(["${var.password}-${max(terraform_data.r4.output, terraform_data.r4.input)}"])
}

module "m10" {
  source = "./b"
  count = var.enabled ? 1 : 0
  name = tostring(length(terraform_data.r3))
  labels = var.labels
}

module "m11" {
  source = "./b"
  for_each = toset(formatlist("%s!", split("-", var.options.first)))
  name = each.key
  size = length(values(var.labels))
  enabled = !((local.l2 && var.enabled))
  items = reverse(var.items)
  options = { first = "f-${var.options.first}", other = 1 }
}

resource "terraform_data" "r12" {
  for_each = var.labels
  input = (tostring(terraform_data.r4.output) == try(module.m9.o18["zz"], var.password) ? length(terraform_data.r3[*].id) : sum([(module.m9.o15 + length(terraform_data.r3)), 1]))
}

locals {
  l13 = 2 > local.l6
  l14 = coalesce(var.name, "none")
  l15 = module.m9.o16
  l16 = var.size
}

output "o17" {
  value = module.m9.o14
  sensitive = true
}

output "o18" {
  value = 2
}

output "o19" {
  value = var.enabled
}

output "o20" {
  value = ["", "%{ for x in flatten([keys(terraform_data.r12), ["alpha"]]) }<${x}>%{ endfor }"]
}

output "o21" {
  value = { for k, v in { for k, v in { a = module.m9.o14, b = var.password } : "${k}-x" => v if k != "b" } : "${k}-x" => v if k != "b" }
  sensitive = true
}

