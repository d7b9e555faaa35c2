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
  l1 = var.enabled
}

resource "terraform_data" "r2" {
  count = 1
  input = false
}

resource "terraform_data" "r3" {
  for_each = toset(split("-", var.options.first))
  input = length(var.labels)
  triggers_replace = ["${var.options.first}-${length(terraform_data.r2)}", 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r4" {
  for_each = { a = "alpha" }
  input = var.name
}

locals {
  l5 = !(startswith(format("%s/%03d", "alpha", var.size), "p"))
  l6 = length(terraform_data.r2)
}

resource "terraform_data" "r7" {
  input = var.password

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l8 = length([]) > 0
  l9 = { for k, v in { for k, r in terraform_data.r3 : k => r.id } : k => upper(v) }
  l10 = false
  l11 = var.items
}

output "o12" {
  value = "%{ for x in sort(tolist([for x in local.l11 : "${x}-${terraform_data.r7.output}"])) }<${x}>%{ endfor }"
  sensitive = true
}

output "o13" {
  value = length({ for k, v in var.options.tags : "${k}-x" => v if k != "b" })
}

output "o14" {
  value = length(var.options.tags) > var.size
}

output "o15" {
  value = values(terraform_data.r4)[*].input
}

output "o16" {
  value = tomap({ a = "1", b = "2" })
}

