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
  l1 = concat(sort(tolist(var.items)), [for x in var.items : "${x}-${var.name}"])
  l2 = lookup({ a = "m" }, "a", var.name)
  l3 = (contains(var.items, "beta") ? upper(var.name) : jsonencode({ name = var.password, size = var.size }))
}

resource "terraform_data" "r4" {
  input = tostring(var.size % 3 % 3)
}

resource "terraform_data" "r5" {
  for_each = toset((var.enabled ? tolist([for x in var.items : "${x}-${replace("beta", "a", "o")}"]) : tolist([])))
  input = (true ? tomap(var.labels) : tomap({ e = terraform_data.r4.input }))
  triggers_replace = [each.key, 1]
}

locals {
  l6 = local.l1
  l7 = { for k, v in var.options.tags : k => upper(v) }
  l8 = "%{ for x in sort(tolist(values({ for k, r in terraform_data.r5 : k => r.id }))) }<${x}>%{ endfor }"
  l9 = var.labels
}

resource "terraform_data" "r10" {
  input = 2 * 2 % 3
}

locals {
  l11 = var.labels
  l12 = tolist(["l"])
}

output "o13" {
  value = (false ? terraform_data.r10.id : "Grüße")
}

output "o14" {
  value = (max(1, terraform_data.r10.input) + ((var.enabled || false) ? terraform_data.r10.input : var.size % 3))
}

output "o15" {
  value = contains([for x in compact(["alpha", ""]) : x if x != terraform_data.r4.id], "%{ for x in compact([terraform_data.r10.id, ""]) }<${x}>%{ endfor }")
}

output "o16" {
  value = formatlist("%s!", local.l12)
}

output "o17" {
  value = { a = ((var.enabled ? { v = terraform_data.r4.input } : { v = "" }).v) }
}

