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
  l1 = length(var.password)
}

resource "terraform_data" "r2" {
  input = var.labels

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l3 = sum([7, 1]) * 2
  l4 = var.items
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = trimspace(" ${jsonencode({ name = "Grüße", size = local.l1 })} ")
}

locals {
  l6 = (var.enabled ? tomap(merge((var.enabled ? tomap(terraform_data.r2.input) : tomap({ e = var.password })), { b = var.options.first })) : tomap({ e = element(concat(["z"], terraform_data.r5[*].input), 1) }))
  l7 = reverse(var.items)
}

output "o8" {
  value = "alpha"
}

output "o9" {
  value = var.size
}

output "o10" {
  value = length(terraform_data.r5) > 0
}

output "o11" {
  value = reverse(terraform_data.r5[*].id)
}

output "o12" {
  value = local.l6
  sensitive = true
}

