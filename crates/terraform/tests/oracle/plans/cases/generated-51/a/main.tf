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
  l1 = (var.enabled ? tomap({ for i, x in [var.password, var.password] : "k${i}" => x }) : tomap({ e = var.password }))
  l2 = (2 + var.size)
}

resource "terraform_data" "r3" {
  count = 0
  input = ((true ? { v = var.password } : { v = var.name }).v)
}

resource "terraform_data" "r4" {
  input = length(terraform_data.r3) * 2
}

locals {
  l5 = terraform_data.r4.output
  l6 = tolist([try(terraform_data.r3[0].output, "none"), var.password])
}

resource "terraform_data" "r7" {
  count = 1
  input = try(local.l1["zz"], try(terraform_data.r3[0].output, "none"))
  triggers_replace = [(can({ for i, x in terraform_data.r3[*].id : "k${i}" => x }.a) ? lookup({ a = var.password, b = var.options.first }, "a", lookup(var.labels, "a", "")) : tostring(length("alpha"))), 1]
}

locals {
  l8 = keys(merge(local.l1, { b = "${var.password}-${local.l2}" }))
}

output "o9" {
  value = try(terraform_data.r7[0].output, "none")
  sensitive = true
}

output "o10" {
  value = (var.enabled ? length(var.options.tags) : length(terraform_data.r7))
}

output "o11" {
  value = startswith(var.password, "p")
  sensitive = true
}

output "o12" {
  value = [jsonencode({ name = upper(var.password), size = var.size * 2 })]
  sensitive = true
}

output "o13" {
  value = var.labels
}

