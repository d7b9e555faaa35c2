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
  l1 = split("-", var.name)
  l2 = var.options.first
  l3 = keys(var.labels)
}

resource "terraform_data" "r4" {
  input = "%{ for x in var.items }<${x}>%{ endfor }" != null
  triggers_replace = [trimspace(" ${"${trimspace(" ${local.l2} ")}-${(var.size + var.size)}"} "), 1]
}

resource "terraform_data" "r5" {
  input = { for i, x in formatlist("%s!", ["x", "y"]) : "k${i}" => x }
}

locals {
  l6 = { a = upper(join("-", var.items)) }
}

resource "terraform_data" "r7" {
  input = max(var.size, (terraform_data.r4.input ? var.size : var.size))
}

locals {
  l8 = { for i, x in concat(local.l1, local.l3) : "k${i}" => x }
  l9 = ((var.size + var.size) + terraform_data.r7.output)
}

output "o10" {
  value = (contains(local.l1, var.options.first) ? (var.enabled ? terraform_data.r7.id : var.password) : join("-", local.l3))
  sensitive = true
}

output "o11" {
  value = length(var.options.tags)
}

output "o12" {
  value = contains([for x in var.items : x if x != "Grüße"], jsonencode(local.l3))
}

output "o13" {
  value = [terraform_data.r5.id, var.password]
  sensitive = true
}

output "o14" {
  value = { a = terraform_data.r4.id }
}

