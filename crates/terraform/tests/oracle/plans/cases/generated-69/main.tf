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
  l1 = var.enabled
}

resource "terraform_data" "r2" {
  input = var.name
}

resource "terraform_data" "r3" {
  input = [for x in var.items : "${x}-${terraform_data.r2.input}"]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r4" {
  for_each = toset(flatten([var.items, [lookup({ a = "m" }, "a", var.options.first)]]))
  input = (var.size + var.size) > sum([var.size, 1])
  triggers_replace = [(contains(tolist(["l"]), var.options.first) ? terraform_data.r2.output : coalesce("alpha", "none")), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l5 = tolist(toset(["Grüße", "set"]))
}

module "m6" {
  source = "./a"
  size = length({ for k, r in terraform_data.r4 : k => r.id })
  enabled = local.l1
  items = sort(tolist(flatten([local.l5, [var.options.first]])))
  labels = var.options.tags
}

module "m7" {
  source = "./a"
  items = ((var.enabled && local.l1) ? tolist([{ v = var.options.first }, { v = var.options.first }][*].v) : tolist([]))
  password = terraform_data.r2.id
}

resource "terraform_data" "r8" {
  count = var.enabled ? 1 : 0
  input = module.m6.o15 != null
  triggers_replace = [(can({ a = "m" }.a) ? "p-${module.m7.o15}" : module.m7.o15), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l9 = (module.m6.o17 || var.enabled)
  l10 = "${"%{ for x in var.items }<${x}>%{ endfor }"}-${module.m7.o16 % 3}"
}

output "o11" {
  value = ((var.enabled ? { v = element(concat(["z"], terraform_data.r8[*].id), 1) } : { v = ((local.l9 ? { v = var.password } : { v = var.password }).v) }).v)
  sensitive = true
}

output "o12" {
  value = (module.m7.o17 ? (local.l9 ? module.m6.o16 : module.m6.o16) : (local.l1 ? var.size : module.m6.o16))
}

output "o13" {
  value = var.size > 2 % 3
}

output "o14" {
  value = values({ for k, r in terraform_data.r4 : k => r.id })
}

output "o15" {
  value = { for k, v in tomap({ a = "1", b = "2" }) : k => upper(v) }
}

