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
  l1 = max(var.size, length(lookup(var.options.tags, "a", "beta")))
  l2 = local.l1 % 3
  l3 = compact(["%{ for x in var.items }<${x}>%{ endfor }", ""])
  l4 = var.password
}

resource "terraform_data" "r5" {
  input = (var.enabled ? tomap(tomap({ a = format("%s/%03d", var.password, local.l2), c = local.l4 })) : tomap({ e = jsonencode(keys(var.labels)) }))
}

resource "terraform_data" "r6" {
  for_each = toset([{ v = var.options.first }, { v = format("%s/%03d", "p-${var.options.first}", sum([1, 1])) }][*].v)
  input = local.l1
}

locals {
  l7 = local.l1
}

resource "terraform_data" "r8" {
  input = { for k, v in terraform_data.r5.output : k => upper(v) }
}

locals {
  l9 = { for i, x in local.l3 : "k${i}" => x }
  l10 = max(7, local.l1)
  l11 = merge({ for i, x in local.l3 : "k${i}" => x }, { b = lookup({ for k, v in var.options.tags : "${k}-x" => v if k != "b" }, "a", jsonencode({ name = local.l4, size = local.l1 })) })
}

output "o12" {
  value = tostring(var.size)
}

output "o13" {
  value = local.l2
}

output "o14" {
  value = contains(local.l3, lookup(tomap({ a = "Grüße", c = var.options.first }), "a", one([var.options.first])))
}

output "o15" {
  value = split("-", try((var.enabled ? tomap(tomap({ a = "1", b = "2" })) : tomap({ e = var.options.first }))["zz"], upper(var.options.first)))
}

output "o16" {
  value = { a = (contains(keys(terraform_data.r6), "beta") ? "%{ if var.enabled }yes%{ else }no%{ endif }" : terraform_data.r8.id) }
}

