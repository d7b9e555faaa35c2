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
  l1 = keys(var.labels)
  l2 = "Grüße"
}

resource "terraform_data" "r3" {
  count = min(3, length(var.items))
  input = max(var.size % 3 * 2, (var.size + var.size) * 2)
  triggers_replace = [(count.index > count.index ? var.options.first : replace(var.options.first, "a", "o")), 1]
}

resource "terraform_data" "r4" {
  for_each = { for k, v in { for i, x in keys(var.labels) : "k${i}" => x } : k => upper(v) }
  input = { for k, v in { a = "%{ for x in var.items }<${x}>%{ endfor }" } : "${k}-x" => v if k != "b" }
}

locals {
  l5 = can(var.options.tags.a)
  l6 = [coalesce(var.password, "none")]
}

resource "terraform_data" "r7" {
  count = min(3, sum([length(terraform_data.r3), 1]))
  input = keys(terraform_data.r4)
  triggers_replace = ["%{ for x in local.l6 }<${x}>%{ endfor }", 1]
}

locals {
  l8 = zipmap(["a", "d"], ["${jsonencode(keys(terraform_data.r4))}-${(local.l5 ? length(terraform_data.r3) : length(terraform_data.r3))}", var.name])
  l9 = slice(concat(["s", var.options.first], (startswith(local.l2, "p") ? tolist(keys(var.options.tags)) : tolist([]))), 0, 2)
  l10 = length(terraform_data.r7) * 2 > length(terraform_data.r7)
  l11 = var.name
}

output "o12" {
  value = upper(var.password)
  sensitive = true
}

output "o13" {
  value = (sum([var.size, 1]) + var.size)
}

output "o14" {
  value = "p-${((local.l10 ? { v = local.l2 } : { v = var.name }).v)}" == coalesce(trimspace(" ${var.password} "), "none")
  sensitive = true
}

output "o15" {
  value = local.l1
}

output "o16" {
  value = merge({ a = "%{ if local.l5 }yes%{ else }no%{ endif }", b = upper("") }, { b = "%{ for x in [{ v = "alpha" }, { v = local.l11 }][*].v }<${x}>%{ endfor }" })
}

