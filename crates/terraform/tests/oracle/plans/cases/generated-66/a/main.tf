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
  l1 = length(tomap({ a = "1", b = "2" }))
}

resource "terraform_data" "r2" {
  for_each = {}
  input = tomap({ a = element(concat(["z"], var.items), 1), c = join("-", tolist(["l"])) })
}

resource "terraform_data" "r3" {
  input = var.labels
}

locals {
  l4 = merge({ for k, r in terraform_data.r2 : k => r.id }, { b = var.options.first })
  l5 = { for k, v in (var.password != null ? tomap({ a = terraform_data.r3.id, b = terraform_data.r3.id }) : tomap({ e = join("-", var.items) })) : "${k}-x" => v if k != "b" }
  l6 = try({ for i, x in [for k, v in { for k, r in terraform_data.r2 : k => r.id } : "${k}=${v}"] : "k${i}" => x }["zz"], substr("${((var.enabled ? { v = terraform_data.r3.id } : { v = terraform_data.r3.id }).v)}-long", 0, 3))
  l7 = values({ a = "m" })
}

module "m8" {
  source = "./a"
  name = "p-${var.options.first}"
  size = sum([var.size, 1])
  enabled = var.options.first != null
  items = formatlist("%s!", local.l7)
  labels = { for k, v in { a = var.options.first, b = var.options.first } : k => upper(v) }
  password = one([upper(lookup(terraform_data.r3.output, "a", var.password))])
}

resource "terraform_data" "r9" {
  for_each = toset([for k, v in var.labels : "${k}=${v}"])
  input = !(var.enabled)
}

locals {
  l10 = local.l7
  l11 = (module.m8.o11 + local.l1)
}

output "o12" {
  value = format("%s/%03d", var.password, module.m8.o11)
  sensitive = true
}

output "o13" {
  value = 7 % 3
}

output "o14" {
  value = var.enabled
}

output "o15" {
  value = tolist([coalesce(terraform_data.r3.id, "none"), ((length(module.m8.o13) > 0 ? { v = "p-${local.l6}" } : { v = (var.enabled ? "" : module.m8.o10) }).v)])
  sensitive = true
}

output "o16" {
  value = (false ? tomap({ for k, v in { a = var.name, b = local.l6 } : k => upper(v) }) : tomap({ e = var.options.first }))
}

