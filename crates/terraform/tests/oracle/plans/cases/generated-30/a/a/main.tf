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
  l1 = var.name
  l2 = zipmap(["a", "d"], ["%{ for x in var.items }<${x}>%{ endfor }", replace(var.password, "a", "o")])
  l3 = length(local.l2)
}

resource "terraform_data" "r4" {
  for_each = toset(split("-", ""))
  input = try({ a = var.options.first, b = tostring(7) }["zz"], format("%s/%03d", "", local.l3))
  triggers_replace = [substr("${var.password}-long", 0, 3), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r5" {
  input = local.l1
}

resource "terraform_data" "r6" {
  input = (length(values(terraform_data.r4)[*].input) + max(local.l3, local.l3))
}

locals {
  l7 = (can(local.l2.a) ? tomap(var.labels) : tomap({ e = one([var.options.first]) }))
  l8 = zipmap(["a", "d"], [var.name, var.options.first])
  l9 = flatten([reverse(values(terraform_data.r4)[*].input), [terraform_data.r6.id]])
}

resource "terraform_data" "r10" {
  input = merge({ for i, x in slice(concat(["s", terraform_data.r6.id], values(terraform_data.r4)[*].input), 0, 2) : "k${i}" => x }, { b = format("%s/%03d", format("%s/%03d", var.name, terraform_data.r6.input), (terraform_data.r6.input + terraform_data.r6.input)) })
}

locals {
  l11 = local.l7
  l12 = (false || can(merge(terraform_data.r10.output, { b = terraform_data.r5.input }).a))
}

output "o13" {
  value = join("-", [for k, v in terraform_data.r10.output : "${k}=${v}"])
  sensitive = true
}

output "o14" {
  value = max(local.l3, terraform_data.r6.output)
  sensitive = true
}

output "o15" {
  value = local.l12
  sensitive = true
}

output "o16" {
  value = (var.enabled ? tolist(flatten([keys(terraform_data.r4), [""]])) : tolist([]))
}

output "o17" {
  value = tomap({ a = one([var.options.first]), c = one(["beta"]) })
}

