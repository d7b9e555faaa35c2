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
  l1 = max(0, var.size)
  l2 = { for k, v in merge(zipmap(["a", "d"], [var.options.first, var.password]), { b = var.name }) : "${k}-x" => v if k != "b" }
  l3 = sum([7, 1])
  l4 = { for k, v in { for k, v in local.l2 : "${k}-x" => v if k != "b" } : k => upper(v) }
}

resource "terraform_data" "r5" {
  count = 1
  input = (var.enabled || var.enabled)
  triggers_replace = [jsonencode({ name = ((var.enabled ? { v = (var.enabled ? var.password : var.options.first) } : { v = "Grüße" }).v), size = local.l1 % 3 }), 1]
}

locals {
  l6 = length(terraform_data.r5) % 3
  l7 = length(terraform_data.r5)
}

module "m8" {
  source = "./a"
  count = 0
  name = one([var.options.first])
  size = length(terraform_data.r5)
  items = sort(tolist(sort(tolist(var.items))))
  password = replace(format("%s/%03d", var.options.first, 0), "a", "o")
  options = { first = "f-${var.options.first}", other = 1 }
}

module "m9" {
  source = "./a"
  for_each = merge(var.options.tags, { b = var.options.first })
  items = var.items
  labels = var.labels
  password = upper(var.options.first)
  options = { first = "f-${"%{ if length(var.labels) > (var.enabled ? local.l3 : length(terraform_data.r5)) }yes%{ else }no%{ endif }"}", other = 1 }
}

resource "terraform_data" "r10" {
  count = min(3, length(var.options.first))
  input = var.options.first != null
}

locals {
  l11 = "${lookup({ for k, v in var.labels : k => upper(v) }, "a", var.name)}-${(var.enabled ? var.size : 2) * 2}"
  l12 = { a = "Grüße" }
}

output "o13" {
  value = var.options.first
}

output "o14" {
  value = max((length(tolist(["l"])) + max(local.l3, local.l7)), length(join("-", terraform_data.r5[*].id)))
}

output "o15" {
  value = can({ a = var.name }.a)
}

output "o16" {
  value = tolist(toset(["", "set"]))
}

output "o17" {
  value = merge(zipmap(["a", "d"], [var.options.first, var.name]), { b = tostring(0) })
}

