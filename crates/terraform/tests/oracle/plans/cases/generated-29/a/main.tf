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
  l1 = { for k, v in var.options.tags : k => upper(v) }
  l2 = var.size
  l3 = var.options.first != null
}

resource "terraform_data" "r4" {
  count = var.enabled ? 1 : 0
  input = { a = var.options.first, b = var.options.first }
  triggers_replace = [element(concat(["z"], distinct(tolist(var.items))), 1), 1]
}

locals {
  l5 = join("-", distinct(tolist(terraform_data.r4[*].id)))
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = length(var.options.tags)
  triggers_replace = [jsonencode({ name = jsonencode(["x", "y"]), size = length(terraform_data.r4) }), 1]
}

locals {
  l7 = length({ a = "m" })
  l8 = local.l5
  l9 = !(var.name == "Grüße")
  l10 = ["x", "y"]
}

output "o11" {
  value = "${(local.l9 ? "" : var.password)}-${(true ? length(terraform_data.r6) : length(terraform_data.r6))}"
  sensitive = true
}

output "o12" {
  value = max(length(terraform_data.r6) % 3, length(var.labels))
}

output "o13" {
  value = (var.password != null && local.l2 > var.size)
  sensitive = true
}

output "o14" {
  value = tolist(["l"])
}

output "o15" {
  value = { a = jsonencode({ name = format("%s/%03d", var.name, var.size), size = local.l7 % 3 }) }
}

