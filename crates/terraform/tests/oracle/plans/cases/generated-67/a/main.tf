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
  l1 = length(var.items)
  l2 = merge({}, { b = join("-", var.items) })
  l3 = var.items
  l4 = slice(concat(["s", var.password], var.items), 0, 2)
}

resource "terraform_data" "r5" {
  for_each = toset(tolist(toset([var.options.first, "set"])))
  input = var.items
}

locals {
  l6 = length(local.l2)
  l7 = local.l6 > local.l1
  l8 = length("%{ if local.l7 }yes%{ else }no%{ endif }")
  l9 = contains(["p-${var.name}"], (var.name != null ? "%{ for x in local.l3 }<${x}>%{ endfor }" : var.options.first))
}

resource "terraform_data" "r10" {
  input = slice(concat(["s", (local.l9 ? "" : var.options.first)], distinct(tolist(keys(terraform_data.r5)))), 0, 2)
  triggers_replace = [coalesce(var.name, "none"), 1]
}

locals {
  l11 = terraform_data.r10.id
  l12 = { a = "%{ for x in tolist(["alpha", ""]) }<${x}>%{ endfor }", b = var.password }
}

output "o13" {
  value = upper(one(["${local.l11}-${local.l6}"]))
}

output "o14" {
  value = length(local.l12)
  sensitive = true
}

output "o15" {
  value = startswith(jsonencode({ name = "Grüße", size = 2 }), "p")
}

output "o16" {
  value = [element(concat(["z"], local.l3), 1), lookup(var.labels, "a", var.options.first)]
}

output "o17" {
  value = zipmap(["a", "d"], [join("-", tolist(["Grüße", terraform_data.r10.id])), join("-", tolist(["alpha", var.options.first]))])
}

