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
  l1 = "%{ for x in keys({ a = var.options.first }) }<${x}>%{ endfor }"
}

resource "terraform_data" "r2" {
  for_each = toset([for k, v in var.options.tags : "${k}=${v}"])
  input = lookup({ a = "%{ if var.enabled }yes%{ else }no%{ endif }" }, "a", ((var.enabled ? { v = var.password } : { v = upper(each.key) }).v))
}

resource "terraform_data" "r3" {
  for_each = { for k, v in { a = replace(local.l1, "a", "o") } : k => upper(v) }
  input = tomap({ a = "%{ for x in (var.enabled ? tolist(values(terraform_data.r2)[*].input) : tolist([])) }<${x}>%{ endfor }", c = var.name })
  triggers_replace = ["beta", 1]
}

resource "terraform_data" "r4" {
  input = {}
}

locals {
  l5 = var.size
  l6 = formatlist("%s!", [for x in keys(terraform_data.r2) : x if x != "beta"])
}

module "m7" {
  source = "./a"
  name = jsonencode({ name = coalesce(var.name, "none"), size = sum([var.size, 1]) })
  size = (local.l5 + var.size)
  enabled = length([]) > 0
}

resource "terraform_data" "r8" {
  input = var.size % 3

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l9 = var.options.first
  l10 = trimspace(" ${module.m7.o11} ")
}

output "o11" {
  value = jsonencode({ name = local.l9, size = 1 })
}

output "o12" {
  value = length(module.m7.o15)
}

output "o13" {
  value = try({ for k, r in terraform_data.r2 : k => r.id }["zz"], terraform_data.r8.id) == ((var.enabled ? { v = local.l10 } : { v = module.m7.o11 }).v)
  sensitive = true
}

output "o14" {
  value = sort(tolist(var.items))
}

output "o15" {
  value = { a = module.m7.o11 }
  sensitive = true
}

