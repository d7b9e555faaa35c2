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
  l1 = jsonencode(var.items)
}

resource "terraform_data" "r2" {
  for_each = { for k, v in var.options.tags : k => upper(v) }
  input = merge(merge(zipmap(["a", "d"], [each.value, local.l1]), { b = var.name }), { b = "%{ if length(var.items) > 0 }yes%{ else }no%{ endif }" })
  triggers_replace = [coalesce(var.password, "none"), 1]
}

resource "terraform_data" "r3" {
  count = min(3, max(2, 1))
  input = count.index > var.size
}

resource "terraform_data" "r4" {
  for_each = { for k, v in var.options.tags : k => upper(v) }
  input = lookup(var.labels, "a", var.name) == "Grüße"

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l5 = { a = local.l1 }
  l6 = length(local.l5)
  l7 = length("%{ for x in slice(concat(["s", var.password], terraform_data.r3[*].id), 0, 2) }<${x}>%{ endfor }")
  l8 = { a = "m" }
}

resource "terraform_data" "r9" {
  for_each = toset(keys(terraform_data.r2))
  input = { for i, x in terraform_data.r3[*].id : "k${i}" => x }
  triggers_replace = [replace(join("-", keys(terraform_data.r2)), "a", "o"), 1]
}

locals {
  l10 = length(merge({ for k, v in local.l5 : k => upper(v) }, { b = lookup(var.options.tags, "a", local.l1) }))
  l11 = jsonencode(sort(tolist(keys(terraform_data.r9))))
  l12 = upper(one([tostring(local.l7)]))
}

output "o13" {
  value = "%{ for x in [var.password, "${local.l11}-${2}"] }<${x}>%{ endfor }"
  sensitive = true
}

output "o14" {
  value = 1
}

output "o15" {
  value = startswith(try(merge(local.l5, { b = var.name })["zz"], var.options.first), "p")
}

output "o16" {
  value = formatlist("%s!", keys(terraform_data.r2))
}

output "o17" {
  value = merge(local.l5, { b = local.l12 })
  sensitive = true
}

