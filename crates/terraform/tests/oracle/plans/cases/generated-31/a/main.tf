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
  l1 = { for k, v in zipmap(["a", "d"], [var.name, tostring(var.size)]) : "${k}-x" => v if k != "b" }
}

resource "terraform_data" "r2" {
  count = var.enabled ? 1 : 0
  input = compact([lookup(local.l1, "a", var.options.first), ""])
}

locals {
  l3 = sort(tolist(keys(var.options.tags)))
  l4 = max(max(length(terraform_data.r2), var.size), length(var.name))
}

resource "terraform_data" "r5" {
  input = length(var.options.first)
  triggers_replace = [upper(var.name), 1]
}

locals {
  l6 = ((contains(terraform_data.r2[*].id, var.options.first) || can(var.labels.a)) ? tolist(var.items) : tolist([]))
  l7 = tostring(length(terraform_data.r2))
  l8 = (false ? terraform_data.r5.id : "alpha")
  l9 = zipmap(["a", "d"], [var.options.first, local.l7])
}

output "o10" {
  value = local.l7
}

output "o11" {
  value = var.size
}

output "o12" {
  value = startswith(jsonencode(concat(local.l6, terraform_data.r2[*].id)), "p")
}

output "o13" {
  value = sort(tolist(tolist(toset([local.l7, "set"]))))
}

output "o14" {
  value = ((var.enabled || var.enabled) ? tomap(tomap({ a = local.l7, c = var.options.first })) : tomap({ e = format("%s/%03d", local.l7, terraform_data.r5.input) }))
}

