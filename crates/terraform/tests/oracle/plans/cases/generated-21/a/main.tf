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
  l1 = (var.enabled ? tolist(var.items) : tolist([]))
  l2 = ["x", "y"]
  l3 = (true && can(merge(var.labels, { b = var.name }).a))
}

resource "terraform_data" "r4" {
  input = join("-", var.items)
  triggers_replace = [upper(var.options.first), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r5" {
  input = [join("-", var.items), trimspace(" ${var.password} ")]
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = replace(terraform_data.r5.id, "a", "o")
}

locals {
  l7 = { a = var.options.first }
  l8 = jsonencode(reverse(values(var.options.tags)))
  l9 = zipmap(["a", "d"], [try(terraform_data.r6[0].output, "none"), try(var.labels["zz"], terraform_data.r5.id)])
  l10 = var.enabled
}

resource "terraform_data" "r11" {
  count = 1
  input = local.l1

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l12 = (var.password == terraform_data.r5.id ? jsonencode(terraform_data.r6[*].input) : (var.enabled ? terraform_data.r5.id : terraform_data.r4.input))
  l13 = tomap({ a = "1", b = "2" })
  l14 = tomap({ a = var.options.first, c = local.l12 })
  l15 = { for k, v in local.l14 : k => upper(v) }
}

output "o16" {
  value = "p-${var.name}"
}

output "o17" {
  value = length(try(terraform_data.r6[0].output, "none"))
}

output "o18" {
  value = local.l10
}

output "o19" {
  value = values(zipmap(["a", "d"], [var.options.first, ""]))
}

output "o20" {
  value = zipmap(["a", "d"], [upper(coalesce(var.options.first, "none")), terraform_data.r4.output])
}

