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
  l1 = { for i, x in [{ v = format("%s/%03d", var.password, var.size) }, { v = "alpha" }][*].v : "k${i}" => x }
  l2 = var.size
  l3 = var.options.first == var.password
}

resource "terraform_data" "r4" {
  input = { a = var.options.first, b = var.password }
  triggers_replace = ["%{ for x in [{ v = "Grüße" }, { v = var.options.first }][*].v }<${x}>%{ endfor }", 1]
}

locals {
  l5 = zipmap(["a", "d"], [var.options.first, var.options.first])
  l6 = tomap({ a = "1", b = "2" })
  l7 = (local.l3 || var.enabled)
}

resource "terraform_data" "r8" {
  input = length(var.password)
}

locals {
  l9 = local.l5
  l10 = lookup(tomap({ a = "1", b = "2" }), "a", var.name) != null
  l11 = local.l7
  l12 = !(local.l10)
}

output "o13" {
  value = var.password
  sensitive = true
}

output "o14" {
  value = max((local.l10 ? terraform_data.r8.input : terraform_data.r8.input), sum([2, 1]))
  sensitive = true
}

output "o15" {
  value = !(contains(var.items, terraform_data.r4.id))
}

output "o16" {
  value = tolist(toset([jsonencode(var.items), "set"]))
}

output "o17" {
  value = ((local.l12 && !(local.l10)) ? tomap({ a = jsonencode({ name = var.password, size = terraform_data.r8.input }), b = var.password }) : tomap({ e = "alpha" }))
  sensitive = true
}

