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
  l1 = { a = lookup(var.labels, "a", var.password), b = "beta" }
  l2 = can(var.options.tags.a)
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = var.name
}

resource "terraform_data" "r4" {
  count = 3
  input = try(var.options.tags["zz"], "") == try(terraform_data.r3[0].output, "none")

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l5 = var.password == ""
}

resource "terraform_data" "r6" {
  input = length(var.items) > 0
}

locals {
  l7 = one([upper(try(terraform_data.r3[0].output, "none"))])
  l8 = (local.l5 ? length(terraform_data.r4) : 1)
}

output "o9" {
  value = one([replace("${"Grüße"}-${length(terraform_data.r3)}", "a", "o")])
}

output "o10" {
  value = length(var.items)
}

output "o11" {
  value = contains(terraform_data.r3[*].input, var.options.first)
}

output "o12" {
  value = slice(concat(["s", "%{ for x in tolist(["", var.password]) }<${x}>%{ endfor }"], terraform_data.r4[*].id), 0, 2)
  sensitive = true
}

output "o13" {
  value = { for i, x in terraform_data.r4[*].id : "k${i}" => x }
}

