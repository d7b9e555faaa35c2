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
  l1 = { for i, x in var.items : "k${i}" => x }
}

resource "terraform_data" "r2" {
  input = "%{ if var.enabled }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r3" {
  for_each = (contains(var.items, (var.enabled ? var.options.first : var.options.first)) ? tomap({ a = lookup(var.options.tags, "a", terraform_data.r2.input), b = terraform_data.r2.input }) : tomap({ e = jsonencode(concat([], var.items)) }))
  input = "beta"
}

resource "terraform_data" "r4" {
  input = [one(["beta"]), format("%s/%03d", var.name, 7)]
  triggers_replace = [jsonencode(split("-", var.password)), 1]
}

locals {
  l5 = { a = "beta", b = terraform_data.r2.output }
  l6 = [for x in slice(concat(["s", terraform_data.r2.id], var.items), 0, 2) : x if x != element(concat(["z"], values(terraform_data.r3)[*].input), 1)]
  l7 = 2
}

module "m8" {
  source = "./a"
  name = "%{ for x in var.items }<${x}>%{ endfor }"
  size = sum([(var.enabled ? local.l7 : var.size), 1]) * 2
  enabled = var.enabled
  items = keys((contains(tolist(["l"]), var.options.first) ? tomap((var.enabled ? tomap(var.options.tags) : tomap({ e = "" }))) : tomap({ e = tostring(7) })))
  options = { first = "f-${try({ a = "m" }["zz"], var.options.first)}", other = 1 }
}

resource "terraform_data" "r9" {
  for_each = toset(values(terraform_data.r3)[*].input)
  input = "p-${each.key}"
}

locals {
  l10 = keys(terraform_data.r3)
}

output "o11" {
  value = "beta"
}

output "o12" {
  value = length(coalesce(module.m8.o12, "none"))
}

output "o13" {
  value = false
}

output "o14" {
  value = [for k, v in { a = terraform_data.r4.id, b = var.options.first } : "${k}=${v}"]
}

output "o15" {
  value = merge({ for k, r in terraform_data.r9 : k => r.id }, { b = module.m8.o12 })
}

